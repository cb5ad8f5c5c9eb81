export {
  type MeteringServer,
  type MeteringServerOptions,
  serveMeteringEmulator,
} from "./metering-server.ts";
export { StateFileError } from "./state-file.ts";
