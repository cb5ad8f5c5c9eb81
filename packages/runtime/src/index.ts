export type { DocumentType } from "@smithy/types";
export {
  ConfigurationError,
  type InputProblem,
  InvalidInputError,
  isConfigurationError,
  isInvalidInputError,
  isPaginationError,
  isResponseError,
  isServiceError,
  isTransportError,
  isWaiterError,
  PaginationError,
  PawprintError,
  type PawprintErrorOptions,
  ResponseError,
  ServiceError,
  type ServiceErrorClass,
  type ServiceErrorOptions,
  TransportError,
  UnmodeledServiceError,
  WaiterError,
  type WaiterErrorOptions,
} from "./errors.ts";
export type { HttpHandler, HttpRequest, HttpResponse } from "./http-handler.ts";
export type { AttemptContext, CallContext, Interceptor } from "./interceptor.ts";
export type { MetadataBearer, Operation, ResponseMetadata, Service } from "./operation.ts";
export type { CallOptions, TransportOptions } from "./options.ts";
export type { Transport } from "./transport.ts";
export type { Union } from "./union.ts";
export type { Unit } from "./unit.ts";
export type { WaiterOptions, WaiterSuccess } from "./waiter.ts";
