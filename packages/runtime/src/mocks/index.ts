export type { DatedRule } from "./dated-rule.ts";
export type { MockedError, MockedErrors } from "./mock-data.ts";
export type { FindCredentials, MockOptions } from "./mock-options.ts";
export {
  type MockCall,
  type MockedOperation,
  type MockReply,
  mockOperation,
  type OperationMock,
} from "./operation-mock.ts";
export { createRandom, type Random } from "./random.ts";
export { createSample, type SampleHints, type SampleOptions, type SampleTable } from "./sample.ts";
export {
  awsJson1_0Server,
  awsJson1_0ServerQueryCompatible,
  awsJson1_1Server,
  awsJson1_1ServerQueryCompatible,
  type ResponseEnvelope,
  type ServerProtocol,
  type WireError,
} from "./server-protocol.ts";
export { type MockedOperations, mockService, type ServiceMock } from "./service-mock.ts";
