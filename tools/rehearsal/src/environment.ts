import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** Variables that say who we are, where npm and git go, and what runs us. */
const own = /^(?:npm_|git_|github_|actions_|aws_|nx_|init_cwd$|node_auth_token$|vitest)/i;

/**
 * The variables for programs of a rehearsal. npm knows one registry and nobody's tokens; git knows
 * no name to sign with, and does not guess one, as on a machine that was made for a workflow.
 */
export function createEnvironment(
  folder: string,
  registry: string,
  variables: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const npmrc = join(folder, ".npmrc");
  const gitconfig = join(folder, ".gitconfig");
  // npm publishes nothing without a token. Anyone's will do.
  writeFileSync(npmrc, `${registry.replace(/^\w+:/, "")}:_authToken=rehearsal\n`);
  writeFileSync(gitconfig, "[user]\n\tuseConfigOnly = true\n");
  const direct = ["127.0.0.1", "localhost", variables.NO_PROXY ?? variables.no_proxy ?? ""]
    .filter((host) => host !== "")
    .join(",");
  return {
    ...Object.fromEntries(Object.entries(variables).filter(([name]) => !own.test(name))),
    NO_PROXY: direct,
    no_proxy: direct,
    NO_COLOR: "1",
    npm_config_registry: registry,
    npm_config_userconfig: npmrc,
    npm_config_globalconfig: join(folder, ".global-npmrc"),
    npm_config_cache: join(folder, "npm-cache"),
    npm_config_update_notifier: "false",
    GIT_CONFIG_GLOBAL: gitconfig,
    GIT_CONFIG_NOSYSTEM: "1",
  };
}
