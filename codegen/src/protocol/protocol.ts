import type { ImportedSymbol } from "../emit/code.ts";
import type { Service } from "../ir/service.ts";
import { ModelError } from "../reader/model-error.ts";
import { awsJson1_0, awsJson1_1 } from "./aws-json.ts";
import type { WireFormat } from "./wire-format.ts";

/** What the emitters need to know of a protocol. */
export interface Protocol {
  /** The trait that a service carries which speaks it. */
  readonly trait: string;
  /** For people: `AWS JSON 1.1`. */
  readonly title: string;
  /** The runtime's implementation, for this service. */
  readonly client: (service: Service) => ImportedSymbol;
  /** The runtime's other side of it, for mocks. */
  readonly server: (service: Service) => ImportedSymbol;
  /** What becomes of each shape on the wire. */
  readonly createFormat: (service: Service) => WireFormat;
}

/** Every protocol that can be generated. A service that speaks several gets the first of them. */
const protocols: readonly Protocol[] = [awsJson1_1, awsJson1_0];

export function selectProtocol(service: Service): Protocol {
  const protocol = protocols.find(({ trait }) => service.protocols.includes(trait));
  if (protocol !== undefined) return protocol;
  const spoken = service.protocols.join(", ") || "no protocol";
  const supported = protocols.map(({ trait }) => trait).join(", ");
  throw new ModelError(
    [service.source, service.id],
    `the service speaks ${spoken}; what can be generated is ${supported}`,
  );
}
