import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { listen } from "./loopback.ts";

// Where Region and credentials come from on Node: each place for real, on 127.0.0.1 or in files, in
// a process with nothing else in its environment.

type Variables = { readonly [name: string]: string };

const expiration = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
const temporary = (id: string, minutes = 60) => ({
  AccessKeyId: id,
  SecretAccessKey: "open-sesame",
  Token: "token",
  Expiration: expiration(minutes),
});

describe("credentials come from", () => {
  test("the environment", async () => {
    const { keys } = await run({
      AWS_ACCESS_KEY_ID: "AKIDENVIRONMENT",
      AWS_SECRET_ACCESS_KEY: "open-sesame",
    });
    expect(keys).toEqual(["AKIDENVIRONMENT"]);
  });

  test("a profile of the shared files, with its Region", async () => {
    const home = createHome({
      config: "[profile other]\nregion = eu-west-1\n",
      credentials:
        "[other]\naws_access_key_id = AKIDPROFILE\naws_secret_access_key = open-sesame\n",
    });
    const variables = { HOME: home, AWS_PROFILE: "other", AWS_REGION: "" };
    const { keys, regions } = await run(variables);
    expect(keys).toEqual(["AKIDPROFILE"]);
    expect(regions).toEqual(["eu-west-1"]);
  });

  test("a program that the profile names", async () => {
    const text = JSON.stringify({ Version: 1, ...temporary("AKIDPROCESS") });
    const home = createHome({ "answer.json": text });
    const config = join(home, ".aws", "config");
    writeFileSync(
      config,
      `[default]\ncredential_process = cat ${join(home, ".aws", "answer.json")}\n`,
    );
    expect((await run({ HOME: home })).keys).toEqual(["AKIDPROCESS"]);
  });

  test("the container, asked once for parallel calls", async () => {
    const seen: (string | undefined)[] = [];
    const { url } = await serve((request) => {
      seen.push(request.headers.authorization);
      return temporary("AKIDCONTAINER");
    });
    const { keys } = await run(
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/role`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: "key",
      },
      { parallel: 10, rounds: 2 },
    );
    expect(keys).toEqual(Array.from({ length: 20 }, () => "AKIDCONTAINER"));
    expect(seen).toEqual(["key"]);
  });

  test("the container again before they expire", async () => {
    let asked = 0;
    const { url } = await serve(() => {
      asked += 1;
      return temporary(`AKID${asked}`, asked === 1 ? 4 : 60);
    });
    const variables = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/role` };
    const { keys } = await run(variables, { parallel: 1, rounds: 8 });
    expect(keys[0]).toBe("AKID1");
    expect(keys.at(-1)).toBe("AKID2");
    expect(asked).toBe(2);
  });

  test("the instance", async () => {
    const { variables } = await serveInstance();
    expect((await run(variables)).keys).toEqual(["AKIDINSTANCE"]);
  });

  test("a web identity (IRSA)", async () => {
    const { variables, bodies } = await serveWebIdentity();
    expect((await run(variables)).keys).toEqual(["AKIDWEB"]);
    expect(bodies.join("")).toContain("WebIdentityToken=the-token");
  });

  test("a session of IAM Identity Center", async () => {
    const { url } = await serve(() => ({
      roleCredentials: {
        accessKeyId: "AKIDSSO",
        secretAccessKey: "open-sesame",
        sessionToken: "token",
        expiration: Date.now() + 3_600_000,
      },
    }));
    const cached = `${createHash("sha1").update("work").digest("hex")}.json`;
    const home = createHome({
      config:
        "[default]\nsso_session = work\nsso_account_id = 111122223333\nsso_role_name = seller\n" +
        "[sso-session work]\nsso_region = us-east-1\nsso_start_url = https://example.awsapps.com/start\n",
      [`sso/cache/${cached}`]: JSON.stringify({
        accessToken: "access",
        expiresAt: expiration(60),
        region: "us-east-1",
        startUrl: "https://example.awsapps.com/start",
      }),
    });
    expect((await run({ HOME: home, AWS_ENDPOINT_URL_SSO: url })).keys).toEqual(["AKIDSSO"]);
  });
});

describe("where there are none, the error says what was tried", () => {
  test("in an environment that has nothing", async () => {
    const home = createHome({});
    const { errors } = await run({ HOME: home, AWS_EC2_METADATA_DISABLED: "true" });
    const files = ["config", "credentials"].map((file) => join(home, ".aws", file));
    expect(errors).toEqual([
      [
        "ConfigurationError credentials: none could be had: these were tried:",
        "  environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set",
        `  profile "default" in ${files.join(" and ")}: neither file exists`,
        "  web identity: AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN are not set",
        "  container: AWS_CONTAINER_CREDENTIALS_RELATIVE_URI and …_FULL_URI are not set",
        "  instance metadata: switched off by AWS_EC2_METADATA_DISABLED",
      ].join("\n"),
    ]);
  });

  test("with half of what is needed, and a profile that does not exist", async () => {
    const home = createHome({ config: "[default]\nregion = eu-west-1\n" });
    const { errors } = await run({
      HOME: home,
      AWS_ACCESS_KEY_ID: "AKIDENVIRONMENT",
      AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/r",
      AWS_EC2_METADATA_SERVICE_ENDPOINT: "http://127.0.0.1:9",
    });
    const [error = ""] = errors;
    expect(error).toContain("environment: AWS_SECRET_ACCESS_KEY is not set");
    expect(error).toContain("Could not resolve credentials using profile: [default]");
    expect(error).toContain("web identity: AWS_WEB_IDENTITY_TOKEN_FILE is not set");
    expect(error).toContain("instance metadata at http://127.0.0.1:9: gave nothing");
    expect(error).not.toContain("AKIDENVIRONMENT");
  });

  test("with a container that does not answer, whose path may be a secret", async () => {
    const { errors } = await run({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/open-sesame?open=sesame",
    });
    expect(errors[0]).toContain("container at http://127.0.0.1:9: Error: connect ECONNREFUSED");
    expect(errors[0]).not.toContain("sesame");
  });

  test("with a program that fails, whose command and output may be secrets", async () => {
    const home = createHome({
      config: "[default]\ncredential_process = sh -c 'echo open-sesame >&2; exit 1'\n",
    });
    const { errors, printed } = await run({ HOME: home, AWS_EC2_METADATA_DISABLED: "true" });
    expect(errors[0]).toContain("the command of credential_process failed");
    expect(printed).not.toContain("sesame");
  });

  test("with a web identity whose token is not there, behind which nothing is tried", async () => {
    const { errors } = await run({
      AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/r",
      AWS_WEB_IDENTITY_TOKEN_FILE: "/nowhere/token",
    });
    expect(errors[0]).toMatch(
      /web identity: ENOENT: .*\/nowhere\/token.*\n {2}what comes after that was not tried, for that one is set up$/,
    );
  });

  test("with no Region", async () => {
    const home = createHome({});
    const { errors } = await run({ HOME: home, AWS_REGION: "" });
    expect(errors[0]).toMatch(
      /^ConfigurationError region: none could be had: Region is missing: AWS_REGION is not set, and neither .* nor .* exists$/,
    );
  });
});

describe("an error that the credentials may be the reason of", () => {
  const refusal = { type: "AccessDeniedException", operation: "meterUsage" };
  const irsa = "On Amazon EKS it takes an IAM role for the service account (IRSA)";

  test("says so of long-term keys", async () => {
    const { errors, printed } = await run(
      { AWS_ACCESS_KEY_ID: "AKIDLONG", AWS_SECRET_ACCESS_KEY: "open-sesame" },
      refusal,
    );
    const text =
      "The request was signed with credentials of long-term keys, which MeterUsage refuses.";
    expect(errors[0]).toContain(`AccessDeniedException not allowed\n${text} ${irsa}`);
    expect(printed).toContain(text);
  });

  test("says so of EKS Pod Identity", async () => {
    const home = createHome({ "eks-pod-identity-token": "key" });
    const { url } = await serve(() => temporary("AKIDPOD"));
    const { errors } = await run(
      {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/v1/credentials`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(home, ".aws", "eks-pod-identity-token"),
      },
      { ...refusal, operation: "registerUsage", type: "PlatformNotSupportedException" },
    );
    expect(errors[0]).toContain(
      `signed with credentials of EKS Pod Identity, which RegisterUsage refuses. ${irsa}`,
    );
  });

  test("says so of the role of a node, in a cluster alone", async () => {
    const { variables } = await serveInstance();
    const cluster = { ...variables, KUBERNETES_SERVICE_HOST: "10.0.0.1" };
    expect((await run(cluster, refusal)).errors[0]).toContain("the role of the node");
    expect((await run(variables, refusal)).errors).toEqual(["AccessDeniedException not allowed"]);
  });

  test.each([
    ["a web identity", {}],
    ["another error", { type: "InvalidProductCodeException" }],
    ["another operation", { operation: "resolveCustomer" }],
  ])("says nothing where there is %s", async (_name, changes) => {
    const { variables } = await serveWebIdentity();
    const keys = { AWS_ACCESS_KEY_ID: "AKIDLONG", AWS_SECRET_ACCESS_KEY: "open-sesame" };
    const isWeb = Object.keys(changes).length === 0;
    const { errors } = await run(isWeb ? variables : keys, { ...refusal, ...changes });
    expect(errors[0]).toMatch(/^\w+Exception not allowed$/);
  });
});

async function serve(
  answer: (request: IncomingMessage, body: string) => object | string,
  status = 200,
): Promise<{ url: string }> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => {
      body += text;
    });
    request.on("end", () => {
      const answered = answer(request, body);
      response.setHeader("x-aws-ec2-metadata-token-ttl-seconds", "60");
      if (typeof answered === "string") return void response.end(answered);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answered));
    });
  });
  const { port } = await listen(server);
  return { url: `http://127.0.0.1:${port}` };
}

async function serveInstance(): Promise<{ variables: Variables }> {
  const { url } = await serve(({ url: path = "" }) => {
    if (path === "/latest/api/token") return "session";
    if (path.endsWith("/security-credentials/")) return "role";
    return { Code: "Success", ...temporary("AKIDINSTANCE") };
  });
  return { variables: { AWS_EC2_METADATA_SERVICE_ENDPOINT: url } };
}

async function serveWebIdentity(): Promise<{ variables: Variables; bodies: string[] }> {
  const bodies: string[] = [];
  const home = createHome({ token: "the-token" });
  const { url } = await serve((_request, body) => {
    bodies.push(body);
    return `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
      <AccessKeyId>AKIDWEB</AccessKeyId><SecretAccessKey>open-sesame</SecretAccessKey>
      <SessionToken>token</SessionToken><Expiration>${expiration(60)}</Expiration>
    </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`;
  });
  const variables = {
    HOME: home,
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/r",
    AWS_WEB_IDENTITY_TOKEN_FILE: join(home, ".aws", "token"),
    AWS_ENDPOINT_URL_STS: url,
  };
  return { variables, bodies };
}

/** A home folder with files in its `.aws`. */
function createHome(files: { readonly [name: string]: string }): string {
  const home = mkdtempSync(join(tmpdir(), "pawprint-home-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const file = join(home, ".aws", name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  mkdirSync(join(home, ".aws"), { recursive: true });
  return home;
}

interface Plan {
  readonly operation?: string;
  readonly parallel?: number;
  readonly rounds?: number;
  /** The error that the service answers with; none unless it is given. */
  readonly type?: string;
}

interface Outcome {
  /** The access keys and Regions that signed, in the order of the requests. */
  readonly keys: readonly string[];
  readonly regions: readonly string[];
  readonly errors: readonly string[];
  /** What `console.log` makes of the errors. */
  readonly printed: string;
}

const inputs: { readonly [operation: string]: string } = {
  meterUsage: '{ ProductCode: "p", Timestamp: new Date(), UsageDimension: "d" }',
  registerUsage: '{ ProductCode: "p", PublicKeyVersion: 1 }',
  resolveCustomer: '{ RegistrationToken: "t" }',
};

/** Calls the service from a process whose environment has these variables and no others. */
async function run(variables: Variables, plan: Plan = {}): Promise<Outcome> {
  const { operation = "resolveCustomer", parallel = 1, rounds = 1, type } = plan;
  const signers: RegExpExecArray[] = [];
  const { url } = await serve(
    ({ headers }) => {
      const signer = /Credential=(\w+)\/\d+\/([\w-]+)\//.exec(headers.authorization ?? "");
      if (signer !== null) signers.push(signer);
      return type === undefined ? {} : { __type: type, message: "not allowed" };
    },
    type === undefined ? 200 : 400,
  );
  const source = `
    import { MarketplaceMetering } from ${JSON.stringify(import.meta.resolve("@pawprint/marketplace-metering-node"))};
    const metering = new MarketplaceMetering({
      endpoint: ${JSON.stringify(url)},
      maxAttempts: 1,
    });
    const errors = [];
    for (let round = 0; round < ${rounds}; round += 1) {
      const calls = Array.from({ length: ${parallel} }, () => metering.${operation}(${inputs[operation]}));
      for (const { reason } of await Promise.allSettled(calls)) {
        if (reason) {
          errors.push(reason.name + " " + reason.message);
          console.error(reason);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    console.log(JSON.stringify(errors));
  `;
  const home = createHome({});
  const child = spawn(process.execPath, ["--input-type=module", "--eval", source], {
    env: { PATH: process.env.PATH, HOME: home, AWS_REGION: "us-east-1", ...variables },
  });
  let output = "";
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  const [code] = await once(child, "close");
  expect({ code, printed }).toMatchObject({ code: 0 });
  return {
    keys: signers.map(([, key = ""]) => key),
    regions: signers.map(([, , region = ""]) => region),
    errors: JSON.parse(output),
    printed,
  };
}
