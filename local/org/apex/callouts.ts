import { request as overHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as overTls } from 'node:https';
import { isIP } from 'node:net';
import type { UserView } from '../access/user-view.ts';
import type { NamedCredentials, NamedEndpoint, Secret } from '../data/named-credentials.ts';

/** An HTTP request of Apex code. */
export interface Callout {
  readonly method: string;
  /** Such as `callout:Woo_Store/wp-json/wc/v3/orders`. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutSeconds: number;
}

export interface CalloutReply {
  readonly status: number;
  /** Under their names as they were sent: Apex finds them by their case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
}

/** The request had no answer: code meets it as a System.CalloutException. */
export class CalloutException extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CalloutException';
  }
}

/** What the running user may use. */
export interface CalloutRights {
  /** Read on the object UserExternalCredential. */
  readonly readsUserExternalCredentials: boolean;
  /** Whether a permission set grants a principal, such as `Woo_Store-Keys`. */
  principal(name: string): boolean;
}

/** Bytes of an answer that a synchronous callout takes. */
const MAX_ANSWER = 6_000_000;

/** A callout of Apex code run by a user: by named credential only, which alone knows address and keys. */
export async function sendCallout(
  callout: Callout,
  credentials: NamedCredentials,
  rights: CalloutRights,
): Promise<CalloutReply> {
  const [, name = '', path = ''] = /^callout:(\w+)(.*)$/s.exec(callout.endpoint) ?? [];
  const endpoint = credentials.endpoint(name);
  if (!endpoint) throw noAccess('endpoint', 'named', name);
  const secret = secretFor(endpoint, credentials, rights);
  if (!secret) throw noAccess('credential(s)', 'external', endpoint.externalCredential);
  const url = new URL(`${endpoint.url}${path}`);
  if (url.protocol !== 'https:' && !isThisMachine(url.hostname)) {
    throw new CalloutException('Unauthorized endpoint, use https');
  }
  return exchange(url, callout, endpoint.generatesHeader ? secret : undefined);
}

function secretFor(
  { externalCredential, principal }: NamedEndpoint,
  credentials: NamedCredentials,
  rights: CalloutRights,
): Secret | undefined {
  const granted =
    rights.readsUserExternalCredentials && rights.principal(`${externalCredential}-${principal}`);
  return granted ? credentials.secret(externalCredential, principal) : undefined;
}

function noAccess(what: string, kind: string, name: string): CalloutException {
  return new CalloutException(
    `We couldn't access the ${what}. You might not have the required permissions, or the ${kind} credential "${name}" might not exist.`,
  );
}

async function exchange(
  url: URL,
  { method, headers, body, timeoutSeconds }: Callout,
  secret: Secret | undefined,
): Promise<CalloutReply> {
  const sent: Record<string, string> = { ...headers, 'user-agent': 'SFDC-Callout/66.0' };
  if (secret) {
    const pair = Buffer.from(`${secret.username}:${secret.password}`).toString('base64');
    sent['authorization'] = `Basic ${pair}`;
  }
  // A shop on this machine has no certificate: it is called as if through its TLS proxy.
  if (isThisMachine(url.hostname)) sent['x-forwarded-proto'] = 'https';
  const signal = AbortSignal.timeout(timeoutSeconds * 1000);
  try {
    // Not fetch, which copies large bodies through streams.
    const response = await responseTo(url, { method, headers: sent, signal }, body);
    const headers = headersAsSent(response.rawHeaders);
    return { status: response.statusCode ?? 0, headers, body: await bytesOf(response) };
  } catch (error) {
    throw error instanceof CalloutException ? error : new CalloutException(wordsOf(error, signal));
  }
}

/** Names and values in turn, as Node has them; the values of a name that occurs twice as one list. */
function headersAsSent(raw: readonly string[]): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (let at = 0; at < raw.length; at += 2) {
    const [name = '', value = ''] = raw.slice(at, at + 2);
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

/** The head of the answer; its body is still to come. */
function responseTo(
  url: URL,
  options: RequestOptions,
  body: string | null,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? overTls : overHttp;
    send(url, options, resolve)
      .once('error', reject)
      .end(body ?? '');
  });
}

async function bytesOf(response: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_ANSWER) chunks.push(chunk);
  }
  if (size <= MAX_ANSWER) return Buffer.concat(chunks);
  throw new CalloutException(`Exceeded max size limit of ${MAX_ANSWER} with response size ${size}`);
}

function wordsOf(error: unknown, signal: AbortSignal): string {
  if (signal.aborted) return 'Read timed out';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'ENOTFOUND') return 'Unknown host';
  return code === 'ECONNREFUSED' ? 'Connection refused' : 'Unexpected end of file from server';
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** What a user may use for callouts. */
export function calloutRights(view: UserView): CalloutRights {
  const { access } = view;
  const userCredentials = view.object('UserExternalCredential');
  return {
    readsUserExternalCredentials:
      userCredentials !== undefined && access.rights(userCredentials).read,
    principal: (name) => access.mayUsePrincipal(name),
  };
}
