/** Where npm would send a package. */
export interface PublishTarget {
  /** What says so, such as `registry`. */
  readonly setting: string;
  readonly url: string;
}

export interface PublishableManifest {
  readonly name: string;
  readonly publishConfig?: { readonly [key: string]: unknown };
}

/** The settings of npm that send packages somewhere: one for all, and one for each scope. */
export function listSettings(manifests: readonly PublishableManifest[]): readonly string[] {
  const scopes = manifests.flatMap(({ name }) => /^@[^/]+/.exec(name) ?? []);
  return ["registry", ...new Set(scopes.map((scope) => `${scope}:registry`))];
}

/** What the manifests say themselves, which npm prefers to its settings. */
export function listOwnTargets(
  manifests: readonly PublishableManifest[],
): readonly PublishTarget[] {
  return manifests.flatMap(({ name, publishConfig = {} }) =>
    Object.entries(publishConfig)
      .filter(([key]) => key.endsWith("registry"))
      .map(([key, url]) => ({ setting: `publishConfig["${key}"] of ${name}`, url: String(url) })),
  );
}

/** Throws unless npm would send everything to this machine. `undefined` is what npm prints of a setting that it does not have. */
export function refuseForeignTargets(all: readonly PublishTarget[]): void {
  const targets = all.filter(({ url }) => url !== "undefined");
  if (targets.length === 0) throw new ForeignTargetError("npm names no registry to publish to");
  for (const { setting, url } of targets) {
    const { hostname } = URL.canParse(url) ? new URL(url) : { hostname: url };
    if (hostname !== "127.0.0.1" && hostname !== "localhost") {
      throw new ForeignTargetError(
        `${setting} is ${url}; a rehearsal publishes to 127.0.0.1 or localhost, and nowhere else`,
      );
    }
  }
}

/** A rehearsal would have published for others to see. */
export class ForeignTargetError extends Error {
  override readonly name = "ForeignTargetError";
}
