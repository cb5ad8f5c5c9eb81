/** What the Node packages take from npm: AWS's own credential chain, and its reader of the config files. */
export const nodeDependencies: { readonly [name: string]: string } = {
  "@aws-sdk/credential-provider-node": "^3.972.97",
  "@smithy/core": "^3.41.0",
};
