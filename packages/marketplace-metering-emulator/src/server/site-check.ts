import type { IncomingHttpHeaders } from "node:http";

/**
 * Why a request may not use the control API, or nothing. A browser sends what any page asks for to
 * this machine, too: pages of other sites are refused, and so are hosts that are names of the
 * internet, which may be made to point here.
 */
export function findForeignSite(headers: IncomingHttpHeaders): string | undefined {
  const { host, origin, "sec-fetch-site": site } = headers;
  if (host !== undefined && !isLocalName(readHostname(host))) {
    return `the host ${host} is a name of the internet; use an address, localhost or a name without dots`;
  }
  if (origin !== undefined && origin !== `http://${host}` && origin !== `https://${host}`) {
    return `pages of ${origin} may not use this API`;
  }
  if (site !== undefined && site !== "same-origin" && site !== "none") {
    return "pages of other sites may not use this API";
  }
  return undefined;
}

function readHostname(host: string): string {
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : host;
}

/** Addresses, names of this machine, and names that a network of containers gives. */
function isLocalName(name: string): boolean {
  const isAddress = name.startsWith("[") || /^[0-9.]+$/.test(name);
  return isAddress || !name.includes(".") || /\.(localhost|internal|local|test)$/.test(name);
}
