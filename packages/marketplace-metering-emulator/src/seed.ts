/** What the emulator knows when it starts. Everything is optional; ids are the caller's to choose. */
export interface Seed {
  readonly products?: readonly Product[];
  readonly customers?: readonly Customer[];
  /** Which customers are subscribed to which products. */
  readonly agreements?: readonly Agreement[];
  /** What `ResolveCustomer` takes. */
  readonly tokens?: readonly RegistrationToken[];
  /** Who signs, where it matters. */
  readonly callers?: readonly Caller[];
}

/** What a seller sells, and meters. */
export interface Product {
  readonly productCode: string;
  /** The account of the seller, which alone may resolve tokens and send batches. */
  readonly sellerAccount: string;
  /** What usage may be of. */
  readonly dimensions: readonly string[];
  /** Which form of metering the service asks for depends on it. `YYYY-MM-DD`, in UTC. */
  readonly createdOn: string;
  /**
   * Where it is set, every operation answers with `DisabledApiException`; of `MeterUsage` that is assumed,
   * for its model does not have that error.
   */
  readonly disabled?: boolean;
  /** The key pairs that sign `RegisterUsage`'s tokens. Default: version 1, made when it is needed. */
  readonly keys?: readonly ProductKey[];
}

/** A key pair of a product, in one of its versions. */
export interface ProductKey {
  /** From 1. */
  readonly version: number;
  /** RSA, in PEM (PKCS #8). Default: a new one. */
  readonly privateKey?: string;
  /** When the version expires or expired: a token signed with it then says so. */
  readonly expiresAt?: string;
}

/** A buyer. */
export interface Customer {
  /** Of AWS, as a string of digits. */
  readonly accountId: string;
  /** What older products call the customer. */
  readonly customerIdentifier?: string;
}

/** That a customer is subscribed to a product, for a time. */
export interface Agreement {
  /** That of a product of the seed. */
  readonly productCode: string;
  /** The account of a customer of the seed. */
  readonly customerAccount: string;
  /** Newer products have one for each agreement. */
  readonly licenseArn?: string;
  /** ISO 8601. Default: ever. */
  readonly startsAt?: string;
  /** The first moment that it does not hold any more. Default: never. */
  readonly endsAt?: string;
}

/** What a buyer brings to the seller's registration page. */
export interface RegistrationToken {
  readonly token: string;
  readonly productCode: string;
  readonly customerAccount: string;
  readonly licenseArn?: string;
  /** ISO 8601. */
  readonly issuedAt: string;
}

/** Where credentials come from, as far as the service tells the places apart. */
export type CredentialSource =
  | "agentCoreExecutionRole"
  | "ec2InstanceRole"
  | "ecsTaskRole"
  | "eksPodIdentity"
  | "eksServiceAccountRole"
  | "longTermKeys"
  | "nodeRole";

/** Who signs a request, by the id of the access key. */
export interface Caller {
  readonly accessKeyId: string;
  readonly accountId: string;
  /** The Region that the software runs in. Default: whichever it calls. */
  readonly region?: string;
  /** What signatures are made with, where they are verified. */
  readonly secretAccessKey?: string;
  /** Default: `longTermKeys`, with which sellers call from anywhere. */
  readonly credentials?: CredentialSource;
  /** The instance, task or pod, each of which meters on its own. Default: the id of the access key. */
  readonly workload?: string;
}
