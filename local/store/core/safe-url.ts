import { lookup } from 'node:dns/promises';
import { isIPv4 } from 'node:net';

/** Ports that WordPress fetches from. */
const SAFE_PORTS = new Set(['', '80', '443', '8080']);

/** What the local store may fetch from and deliver to. */
export interface UrlRules {
  /** the shop's own address */
  siteUrl: () => string;
  /** hosts (`127.0.0.1`) or hosts with a port (`127.0.0.1:9001`) that the shop's owner allowed explicitly */
  allowHosts: readonly string[];
}

/**
 * Whether WordPress lets the shop send a request there: http or https, no user in it, a public host or the
 * shop's own, a usual port. What the owner allowed is always safe, as with filters on
 * `http_request_host_is_external` and `http_allowed_safe_ports`.
 */
export async function isSafeUrl(text: string, { siteUrl, allowHosts }: UrlRules): Promise<boolean> {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) {
    return false;
  }
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hostname === '') {
    return false;
  }
  if (allowHosts.includes(url.hostname) || allowHosts.includes(url.host)) {
    return true;
  }
  const site = new URL(siteUrl());
  const sameHost = site.hostname === url.hostname;
  if (!sameHost && (await isLocal(url.hostname))) {
    return false;
  }
  return SAFE_PORTS.has(url.port) || (sameHost && site.port === url.port);
}

/** A host that cannot be found counts as local: WordPress refuses both. IPv6 addresses it does not know. */
async function isLocal(hostname: string): Promise<boolean> {
  if (hostname.startsWith('[')) {
    return true;
  }
  const address = isIPv4(hostname) ? hostname : await addressOf(hostname);
  return address === undefined || /^(0|10|127|172\.(1[6-9]|2\d|3[01])|192\.168)\./.test(address);
}

async function addressOf(hostname: string): Promise<string | undefined> {
  try {
    const { address } = await lookup(hostname, { family: 4 });
    return address;
  } catch (error) {
    if (error instanceof Error && 'code' in error) {
      return undefined;
    }
    throw error;
  }
}
