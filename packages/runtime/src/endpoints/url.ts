/** The parts of a URL that endpoint rules look at. */
export interface ParsedUrl {
  readonly scheme: string;
  /** Host, and port where the URL names one. */
  readonly authority: string;
  /** The path as it stands in the URL; `/` where there is none. */
  readonly path: string;
  /** The path with a `/` at both ends. */
  readonly normalizedPath: string;
  readonly isIp: boolean;
}

/** Takes an `http` or `https` URL apart. Gives nothing for other text, or with query or fragment. */
export function parseUrl(value: string): ParsedUrl | undefined {
  const [, scheme, host, port = "", path = "/"] = absoluteUrl.exec(value) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  return {
    scheme: scheme.toLowerCase(),
    authority: host + port,
    path,
    normalizedPath: path.endsWith("/") ? path : `${path}/`,
    isIp: host.startsWith("[") || ipAddress.test(host),
  };
}

/** Encodes everything but letters, digits, `-`, `_`, `.` and `~`. */
export function uriEncode(value: string): string {
  return encodeURIComponent(value).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Scheme, user information that is left out, host, port and path. */
const absoluteUrl =
  /^(https?):\/\/(?:[^\s/?#@\\]*@)?(\[[\da-f:.]+\]|[^\s/?#@\\:[\]]+)(:\d+)?(\/[^\s?#]*)?$/i;

const ipAddress = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
