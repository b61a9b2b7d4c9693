import { networkFault } from '../lib/network-fault.ts';
import { bytesWithin } from '../lib/read-limited.ts';
import { CodedError } from '../errors/coded-error.ts';
import { Transient } from '../lib/retry.ts';
import type { ApplicationPassword, HttpAnswer } from './types.ts';

export interface WordPressCall {
  readonly method: 'GET' | 'POST';
  readonly query?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer<ArrayBuffer>;
}

export interface WordPressLimits {
  /** From the connection to the last byte. */
  readonly deadlineMs: number;
  /** Bytes of an answer; a longer one is none that was asked for. */
  readonly longestAnswer: number;
}

/**
 * One request to WordPress itself, which takes application passwords and no REST API key: past the client of
 * WooCommerce, which speaks wc/v3 alone.
 * @param credential null to ask as any visitor
 * @param what it is sent to, in the sentence of an error: `The media library of shop.example`
 * @throws CodedError or Transient where there is no answer
 */
export async function askWordPress(
  url: URL,
  credential: ApplicationPassword | null,
  { method, query, headers = {}, body }: WordPressCall,
  { deadlineMs, longestAnswer }: WordPressLimits,
  what: string,
): Promise<HttpAnswer> {
  try {
    const response = await fetch(query ? `${url.href}?${query.toString()}` : url, {
      method,
      headers: { accept: 'application/json', ...loginOf(credential), ...headers },
      ...(body === undefined ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    return {
      status: response.status,
      header: (name) => response.headers.get(name),
      body: (await bytesWithin(response, longestAnswer))?.toString('utf8') ?? '',
    };
  } catch (error) {
    throw unreachable(error, what);
  }
}

function loginOf(credential: ApplicationPassword | null): Readonly<Record<string, string>> {
  if (credential === null) return {};
  const login = `${credential.user}:${credential.password.reveal()}`;
  return { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
}

function unreachable(error: unknown, what: string): CodedError | Transient {
  const { reason, transient } = networkFault(error);
  const outcome = new CodedError(
    'WOO_UNREACHABLE',
    `${what} cannot be reached: ${reason}.`,
    "Check the store's URL, and that the shop is up and reachable from this machine.",
  );
  return transient ? new Transient(outcome) : outcome;
}
