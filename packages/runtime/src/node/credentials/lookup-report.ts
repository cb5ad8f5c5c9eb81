import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { readMessage } from "../../thrown.ts";

type Variables = { readonly [name: string]: string | undefined };

/** What one link of AWS's chain logs when its turn comes, and what it looks for. */
interface Link {
  readonly marker: RegExp;
  /** What keeps the link from having anything, as far as it can be seen; nothing where it is set up. */
  readonly describe: (variables: Variables) => Finding;
}

interface Finding {
  readonly name: string;
  /** Absent where the link is set up: then what the chain says of it counts. */
  readonly lack?: string | undefined;
}

const links: readonly Link[] = [
  { marker: /::fromEnv|skipping fromEnv/, describe: describeEnvironment },
  { marker: /::from(?:SSO|Ini|Process)/, describe: describeProfile },
  { marker: /::fromTokenFile/, describe: describeWebIdentity },
  { marker: /::remoteProvider/, describe: describeRemote },
];

/**
 * Says which links of the chain were tried and why each had nothing, from what the chain logged and
 * from what stands in the environment. No value that could be a secret gets into the text: of
 * variables only whether they are set, of addresses only the host.
 */
export function describeLookup(log: readonly string[], failure: unknown): string {
  const lines: string[] = [];
  let current: { readonly link: Link; readonly reasons: string[] } | undefined;
  const tried: (typeof current & object)[] = [];
  for (const entry of log) {
    const link = links.find(({ marker }) => marker.test(entry));
    if (link !== undefined && link !== current?.link) {
      current = { link, reasons: [] };
      tried.push(current);
    }
    const reason = /^@smithy\/property-provider (?:->|\(!\)) (.*)$/s.exec(entry)?.[1];
    if (reason !== undefined) current?.reasons.push(reason);
  }
  // A version of the chain that logs otherwise still has these links.
  const all = tried.length > 0 ? tried : links.map((link) => ({ link, reasons: [] }));
  const message = readMessage(failure);
  const isEnd = message === endOfChain;
  for (const [index, { link, reasons }] of all.entries()) {
    const { name, lack } = link.describe(process.env);
    const isLast = index === all.length - 1;
    const said = isLast && !isEnd ? message : reasons.find(isReason);
    lines.push(`${name}: ${lack ?? redact(said ?? "gave nothing")}`);
  }
  if (!isEnd && all.length < links.length) {
    lines.push("what comes after that was not tried, for that one is set up");
  }
  return ["these were tried:", ...lines].join("\n  ");
}

const endOfChain = "Could not load credentials from any providers";

function isReason(text: string): boolean {
  return text !== endOfChain && !text.startsWith("Skipping SSO") && !text.includes("_V1_DISABLED");
}

/** The chain quotes the command of a `credential_process` and what it printed: either may have a secret. */
function redact(reason: string): string {
  const line = reason.trim().replace(/\s+/g, " ");
  return line.startsWith("Command failed") ? "the command of credential_process failed" : line;
}

function describeEnvironment(variables: Variables): Finding {
  const name = "environment";
  if (variables.AWS_PROFILE) return { name, lack: "passed over, for AWS_PROFILE is set" };
  return { name, lack: describeUnset(variables, ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) };
}

function describeProfile(variables: Variables): Finding {
  const files = configFiles(variables);
  const name = `profile ${JSON.stringify(profileOf(variables))} in ${files.join(" and ")}`;
  return files.some((file) => existsSync(file)) ? { name } : { name, lack: "neither file exists" };
}

function describeWebIdentity(variables: Variables): Finding {
  const names = ["AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ROLE_ARN"];
  return { name: "web identity", lack: describeUnset(variables, names) };
}

function describeRemote(variables: Variables): Finding {
  const {
    AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: path,
    AWS_CONTAINER_CREDENTIALS_FULL_URI: url,
    AWS_EC2_METADATA_DISABLED: disabled = "false",
    AWS_EC2_METADATA_SERVICE_ENDPOINT: endpoint = "http://169.254.169.254",
  } = variables;
  if (path) return { name: "container at http://169.254.170.2" };
  if (url) return { name: `container at ${originOf(url)}` };
  const none = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and …_FULL_URI are not set";
  const name = `container: ${none}\n  instance metadata`;
  if (disabled !== "false" && disabled !== "") {
    return { name, lack: "switched off by AWS_EC2_METADATA_DISABLED" };
  }
  return { name: `${name} at ${originOf(endpoint)}` };
}

/** Says why no Region could be had. */
export function describeRegionLookup(failure: unknown): string {
  const variables = process.env;
  const files = configFiles(variables);
  const found = files.filter((file) => existsSync(file));
  const profile = `profile ${JSON.stringify(profileOf(variables))}`;
  const place =
    found.length > 0
      ? `${profile} has none in ${found.join(" and ")}`
      : `neither ${files.join(" nor ")} exists`;
  return `${readMessage(failure)}: AWS_REGION is not set, and ${place}`;
}

function describeUnset(variables: Variables, names: readonly string[]): string | undefined {
  const unset = names.filter((name) => !variables[name]);
  if (unset.length === 0) return undefined;
  return `${unset.join(" and ")} ${unset.length === 1 ? "is" : "are"} not set`;
}

function profileOf({ AWS_PROFILE: profile }: Variables): string {
  return profile || "default";
}

function configFiles(variables: Variables): readonly string[] {
  const home = variables.HOME || variables.USERPROFILE || homedir();
  return [
    variables.AWS_CONFIG_FILE || join(home, ".aws", "config"),
    variables.AWS_SHARED_CREDENTIALS_FILE || join(home, ".aws", "credentials"),
  ];
}

function originOf(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : "an address that is no URL";
}
