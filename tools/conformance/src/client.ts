import type {
  MetadataBearer,
  ServiceErrorClass,
  Transport,
  TransportOptions,
} from "@pawprint/runtime";
import { nameOf } from "./test-model.ts";

/** The packages of one model, loaded. */
export interface GeneratedClient {
  readonly transports: readonly Platform[];
  /** The function of an operation. Throws where the core package exports none. */
  readonly operation: (id: string) => OperationFunction;
  readonly errorClass: (name: string) => ServiceErrorClass | undefined;
}

export interface Platform {
  readonly name: "edge" | "node";
  readonly createTransport: (options: TransportOptions) => Transport;
}

export type OperationFunction = (transport: Transport, input: object) => Promise<MetadataBearer>;

/** What a package exports. */
export interface Module {
  readonly [name: string]: unknown;
}

/** Makes a client of the packages that an engine has loaded: the core package, and one or both others. */
export function describeClient(
  core: Module,
  platforms: { readonly [name in Platform["name"]]?: Module },
): GeneratedClient {
  return {
    transports: (["node", "edge"] as const).flatMap((name) => {
      const module = platforms[name];
      if (module === undefined) return [];
      return [{ name, createTransport: module.createTransport as Platform["createTransport"] }];
    }),
    operation: (id) => {
      const name = nameOf(id);
      const call = core[name.charAt(0).toLowerCase() + name.slice(1)];
      if (typeof call === "function") return call as OperationFunction;
      throw new Error(`the client has no operation ${name}`);
    },
    errorClass: (name) => core[name] as ServiceErrorClass | undefined,
  };
}
