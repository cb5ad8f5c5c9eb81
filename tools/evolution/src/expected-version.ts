export type Bump = "major" | "minor" | "none" | "patch";

/** The version after a release with this bump. Before 1.0, what breaks raises the minor version. */
export function expectedVersion(version: string, bump: Bump): string {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  switch (bump) {
    case "none":
      return version;
    case "patch":
      return `${major}.${minor}.${patch + 1}`;
    case "minor":
      return `${major}.${minor + 1}.0`;
    case "major":
      return major === 0 ? `0.${minor + 1}.0` : `${major + 1}.0.0`;
  }
}
