export { NodeHttpHandler, type NodeHttpHandlerOptions } from "./node-http-handler.ts";
export {
  createNodeTransport,
  type NodeDefaults,
  type NodeTransportOptions,
} from "./node-transport.ts";
