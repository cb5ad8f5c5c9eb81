export { explainCredentials, explainRegion } from "./explained-providers.ts";
export {
  type CredentialRefusal,
  type CredentialSource,
  createRefusalExplanation,
} from "./refusal.ts";
