import { bytesWithin } from '../../lib/read-limited.ts';
import { CodedError } from '../../errors/coded-error.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import { isLocalHost } from '../../lib/local-host.ts';
import { networkFault } from '../../lib/network-fault.ts';
import { Transient, withRetry, type RetryPolicy } from '../../lib/retry.ts';
import { IMAGE_RETRY, PASSING } from '../retry-policy.ts';

/** Where images of a shop may be fetched from. */
export interface ImageSource {
  /** Of the shop. */
  readonly url: string;
  /** Other hosts, with their port where it is not that of https. */
  readonly imageHosts: readonly string[];
}

export interface ImageFetchOptions {
  /** For one attempt, from the connection to the last byte. */
  readonly deadlineMs: number;
  readonly retry: RetryPolicy;
}

/** Why an image of the shop could not be fetched. Holds its host and nothing else of its address. */
export interface FetchProblem {
  readonly code: ErrorCode;
  readonly message: string;
}

/** So many that none of a batch holds up the others for long. */
const DEFAULTS: ImageFetchOptions = {
  deadlineMs: 20_000,
  retry: IMAGE_RETRY,
};

const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/**
 * Fetches an image that the shop shows. Its address came from the shop, so it is only followed to the shop's own
 * host and to those that an admin has listed, redirects included, and no key is sent there.
 * @param src its address
 * @param most bytes that are read
 */
export async function fetchImage(
  source: ImageSource,
  src: string,
  most: number,
  options: Partial<ImageFetchOptions> = {},
): Promise<Buffer | FetchProblem> {
  const { deadlineMs, retry } = { ...DEFAULTS, ...options };
  try {
    return await withRetry(retry, () => once(source, src, most, AbortSignal.timeout(deadlineMs)));
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { code: error.code, message: error.message };
  }
}

async function once(
  source: ImageSource,
  src: string,
  most: number,
  signal: AbortSignal,
): Promise<Buffer> {
  let url = allowed(source, src, source.url);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const response = await ask(url, signal);
    const to = response.headers.get('location');
    if (!REDIRECTS.has(response.status) || to === null) return read(url, response, most);
    await response.body?.cancel();
    url = allowed(source, to, url.href);
  }
  throw notFetched(url, 'it leads from one address to another without end');
}

/** @throws CodedError where nothing may be fetched from there */
function allowed({ url: shop, imageHosts }: ImageSource, src: string, base: string): URL {
  if (!URL.canParse(src, base)) throw notFetched(new URL(shop), 'the address of an image is none');
  const url = new URL(src, base);
  const own = new URL(shop);
  // A port speaks one protocol: a shop that was asked through a TLS proxy writes https of a port that does not.
  if (url.host === own.host && url.port !== '') url.protocol = own.protocol;
  const hosts = [own.host, ...imageHosts.map((host) => host.toLowerCase())];
  if (!hosts.includes(url.host) || url.username !== '' || url.password !== '') {
    throw new CodedError(
      'SHOP_IMAGE_HOST',
      `It lies at ${url.host}, which is not the shop's host nor one of its image hosts.`,
      'List the host in Image Hosts of the Woo Store record.',
    );
  }
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLocalHost(url.hostname));
  if (!isSafe) throw notFetched(url, 'its address is not https');
  return url;
}

async function ask(url: URL, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', signal, headers: { accept: 'image/*' } });
  } catch (error) {
    throw unreachable(url, error);
  }
}

async function read(url: URL, response: Response, most: number): Promise<Buffer> {
  if (response.status !== 200) {
    await response.body?.cancel();
    const problem = notFetched(url, `it answered with ${response.status}`);
    throw PASSING.has(response.status) ? new Transient(problem) : problem;
  }
  const bytes = await bytesWithin(response, most).catch((error: unknown) => {
    throw unreachable(url, error);
  });
  if (bytes !== null) return bytes;
  throw new CodedError(
    'SHOP_IMAGE_TOO_LARGE',
    `It has more than ${most / 1024 / 1024} MB.`,
    'Upload a smaller image in the shop.',
  );
}

function unreachable(url: URL, error: unknown): CodedError | Transient {
  const { reason, transient } = networkFault(error);
  const problem = notFetched(url, reason);
  return transient ? new Transient(problem) : problem;
}

function notFetched({ host }: URL, why: string): CodedError {
  return new CodedError(
    'SHOP_IMAGE_NOT_FETCHED',
    `It could not be fetched from ${host}: ${why}.`,
    'Open the image in the shop; upload it there again where it is broken.',
  );
}
