export {
  type AnonymousEdgeTransportOptions,
  createEdgeTransport,
  type EdgeTransportOptions,
} from "./edge-transport.ts";
export { FetchHttpHandler, type FetchHttpHandlerOptions } from "./fetch-http-handler.ts";
