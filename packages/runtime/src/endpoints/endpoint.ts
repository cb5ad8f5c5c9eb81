/** What endpoint rules are evaluated with. Names are the rule set's own. */
export interface EndpointParameters {
  readonly [name: string]: boolean | string | readonly string[] | undefined;
}

/** Where a request goes, as the service's endpoint rules say. */
export interface ResolvedEndpoint {
  readonly url: string;
  readonly headers?: { readonly [name: string]: readonly string[] };
  /** Overrides of how to sign, in the order of preference. */
  readonly authSchemes?: readonly AuthScheme[];
}

export interface AuthScheme {
  readonly name: string;
  readonly signingName?: string;
  readonly signingRegion?: string;
  readonly signingRegionSet?: readonly string[];
  readonly disableDoubleEncoding?: boolean;
}
