import { cp, mkdir, readFile, realpath, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("..", import.meta.url));

interface Instruction {
  readonly name: string;
  readonly text: string;
}

/** What the Dockerfile makes, as far as that can be had without Docker. */
export interface Image {
  readonly workingDirectory: string;
  readonly variables: { readonly [name: string]: string };
  readonly entryPoint: readonly string[];
}

export async function readDockerfile(): Promise<readonly Instruction[]> {
  const text = await readFile(join(folder, "Dockerfile"), "utf8");
  return text
    .split("\n")
    .filter((line) => line.trim() !== "" && !line.startsWith("#"))
    .map((line) => {
      const [name = "", ...rest] = line.split(" ");
      return { name, text: rest.join(" ") };
    });
}

/** Obeys the instructions in a folder. `npm ci --omit=dev` brings what `dependencies` lists, and no more. */
export async function layOut(root: string): Promise<Image> {
  const ignored = await readIgnored();
  let workingDirectory = "/";
  let entryPoint: readonly string[] = [];
  const variables: { [name: string]: string } = {};
  for (const { name, text } of await readDockerfile()) {
    switch (name) {
      case "WORKDIR":
        workingDirectory = text;
        await mkdir(join(root, text), { recursive: true });
        break;
      case "ENV": {
        const [variable = "", value = ""] = text.split("=");
        variables[variable] = value;
        break;
      }
      case "COPY": {
        const paths = text.split(" ");
        const target = paths.pop() ?? "";
        for (const path of paths) {
          // Whoever copies the example has a lock file of their own.
          if (path === "package-lock.json") continue;
          const to = target.endsWith("/") ? join(target, path) : target;
          await cp(join(folder, path), join(root, workingDirectory, to), {
            recursive: true,
            filter: (source) => !ignored.some((pattern) => pattern.test(source)),
          });
        }
        break;
      }
      case "RUN":
        if (text.startsWith("npm ci --omit=dev")) {
          await installDependencies(join(root, workingDirectory));
          break;
        }
        throw new Error(`RUN ${text}: only npm ci is known here`);
      case "ENTRYPOINT":
        entryPoint = JSON.parse(text) as string[];
        break;
      case "FROM":
      case "USER":
      case "EXPOSE":
        break;
      default:
        throw new Error(`${name} is not known here`);
    }
  }
  return { workingDirectory: join(root, workingDirectory), variables, entryPoint };
}

async function readIgnored(): Promise<readonly RegExp[]> {
  const lines = (await readFile(join(folder, ".dockerignore"), "utf8")).split("\n");
  return lines
    .filter((line) => line.startsWith("src/"))
    .map((line) => new RegExp(`/${line.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}$`));
}

async function installDependencies(target: string): Promise<void> {
  const manifest = JSON.parse(await readFile(join(target, "package.json"), "utf8")) as {
    readonly dependencies: { readonly [name: string]: string };
  };
  for (const name of Object.keys(manifest.dependencies)) {
    const installed = fileURLToPath(import.meta.resolve(`${name}/package.json`));
    const link = join(target, "node_modules", name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(await realpath(dirname(installed)), link);
  }
}
