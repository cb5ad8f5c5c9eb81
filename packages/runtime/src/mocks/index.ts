export {
  createRequestIds,
  type MockCall,
  type MockedError,
  type MockedOperation,
  mockOperation,
  type OperationMock,
} from "./operation-mock.ts";
export {
  awsJson1_0Server,
  awsJson1_0ServerQueryCompatible,
  awsJson1_1Server,
  awsJson1_1ServerQueryCompatible,
  type ServerProtocol,
  type WireError,
} from "./server-protocol.ts";
