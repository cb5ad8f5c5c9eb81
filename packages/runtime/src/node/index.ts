export { NodeHttpHandler, type NodeHttpHandlerOptions } from "./node-http-handler.ts";
export {
  createNodeTransport,
  type NodeDefaults,
  type NodeRefusals,
  type NodeTransportOptions,
} from "./node-transport.ts";
