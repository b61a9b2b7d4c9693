import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/index.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { PassThrough } from 'node:stream';
import { CodedError } from '../../errors/coded-error.ts';
import { purpose, spendCall } from '../../lib/call-purpose.ts';
import { networkFault } from '../../lib/network-fault.ts';
import { bytesWithin } from '../../lib/read-limited.ts';
import { retryAfterMs, Transient } from '../../lib/retry.ts';
import type { Quota } from '../../ports/org.ts';
import { usageIn } from './api-usage.ts';
import { PASSING } from './retry-policy.ts';
import type { Silence } from './silence.ts';

/** Salesforce answered 401: the session is over. */
export class SessionExpired extends Error {
  /** What Salesforce gives as reason, such as `INVALID_SESSION_ID`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`The session was refused (${reason}).`);
    this.name = 'SessionExpired';
    this.reason = reason;
  }
}

/**
 * The way of jsforce's requests onto the wire. Its own waits half an hour, follows redirects to any host with
 * the access token, retries for 15 seconds out of our sight, and takes the process down when an answer is cut
 * in the middle. This one makes one attempt with a deadline over headers and body.
 */
export class DeadlineTransport extends Transport {
  /** Requests made, whatever became of them. */
  calls = 0;
  /** The same, by what they were made for. */
  readonly callsFor = new Map<string, number>();
  /** What the last answer said of the org's API calls; null before it, and where it said nothing. */
  usage: Quota | null = null;
  readonly #deadlineMs: number;
  readonly #silence: Silence;

  constructor(deadlineMs: number, silence: Silence) {
    super();
    this.#deadlineMs = deadlineMs;
    this.#silence = silence;
  }

  override httpRequest(request: HttpRequest): StreamPromise<HttpResponse> {
    const promise = this.#send(request);
    return StreamPromise.create(() => ({ stream: new PassThrough(), promise }));
  }

  async #send(request: HttpRequest): Promise<HttpResponse> {
    const { host } = new URL(request.url);
    const answer = await this.#silence.watch(host, this.exchange(request));
    checkAnswer(host, answer);
    return answer;
  }

  /** One request that counts, and its whole answer, whatever its status: the org may wait for a shop behind it. */
  exchange(request: HttpRequest): Promise<HttpResponse> {
    return this.#counted(() => exchange(request, this.#deadlineMs));
  }

  /** The same for the bytes of a file. */
  exchangeBytes(request: HttpRequest, most: number): Promise<BytesAnswer> {
    return this.#counted(() => exchangeBytes(request, this.#deadlineMs, most));
  }

  async #counted<T extends Pick<HttpResponse, 'headers'>>(make: () => Promise<T>): Promise<T> {
    spendCall();
    this.calls += 1;
    this.callsFor.set(purpose(), (this.callsFor.get(purpose()) ?? 0) + 1);
    const answer = await make();
    this.usage = usageIn(answer.headers['sforce-limit-info']) ?? this.usage;
    return answer;
  }
}

/** An answer that holds a file: its bytes where it came, else the body as text. */
export interface BytesAnswer extends HttpResponse {
  /** Null where there are more than were to be read. */
  readonly bytes: Buffer | null;
}

/**
 * One request and its whole answer, whatever its status.
 * @throws Transient or CodedError `SF_UNREACHABLE`
 */
export function exchange(request: HttpRequest, deadlineMs: number): Promise<HttpResponse> {
  return exchanged(request, deadlineMs, async (response) => ({
    ...headOf(response),
    body: await response.text(),
  }));
}

/** Reads no further than up to `most` bytes; what an error says is text. @throws as `exchange` */
function exchangeBytes(
  request: HttpRequest,
  deadlineMs: number,
  most: number,
): Promise<BytesAnswer> {
  return exchanged(request, deadlineMs, async (response) =>
    response.status === 200
      ? { ...headOf(response), body: '', bytes: await bytesWithin(response, most) }
      : { ...headOf(response), body: await response.text(), bytes: null },
  );
}

async function exchanged<T>(
  request: HttpRequest,
  deadlineMs: number,
  read: (response: Response) => Promise<T>,
): Promise<T> {
  const body = bytesOf(request);
  const headers = new Headers({ accept: 'application/json', ...request.headers });
  // fetch counts for itself.
  headers.delete('content-length');
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers,
      ...(body === null ? {} : { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    });
    return await read(response);
  } catch (error) {
    throw unreachable(new URL(request.url).host, error);
  }
}

function headOf(response: Response): Pick<HttpResponse, 'statusCode' | 'headers'> {
  return { statusCode: response.status, headers: Object.fromEntries(response.headers) };
}

/** The body as bytes: fetch goes through text twice before it sends it. */
function bytesOf({ body }: HttpRequest): Buffer<ArrayBuffer> | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body as Buffer<ArrayBuffer>;
  throw new TypeError('Only text and bytes can be sent to Salesforce.');
}

function unreachable(host: string, error: unknown): CodedError | Transient {
  const { reason, transient } = networkFault(error);
  const outcome = new CodedError(
    'SF_UNREACHABLE',
    `Salesforce at ${host} cannot be reached: ${reason}.`,
    'Check SF_LOGIN_URL, and that this machine may reach that host.',
  );
  return transient ? new Transient(outcome) : outcome;
}

/**
 * Lets through what jsforce understands: JSON, and errors in JSON.
 * @throws SessionExpired, Transient or CodedError; none quotes the body
 */
export function checkAnswer(host: string, answer: HttpResponse): void {
  const { statusCode: status } = answer;
  const type = answer.headers['content-type']?.split(';')[0] ?? 'no content type';
  if (status === 401) throw new SessionExpired(errorCode(answer) ?? `HTTP 401, ${type}`);
  if (PASSING.has(status)) throw unavailable(host, answer);
  if (status === 204) return;
  if (status >= 300 && status < 400 && status !== 300) {
    const location = answer.headers['location'] ?? '';
    const target = URL.canParse(location) ? ` to ${new URL(location).origin}` : '';
    throw unexpected(host, `a redirect${target}; the session is not sent on to another address`);
  }
  if (type !== 'application/json')
    throw unexpected(host, `${type} instead of JSON (HTTP ${status})`);
}

export function unexpected(host: string, what: string): CodedError {
  return new CodedError(
    'SF_UNEXPECTED_ANSWER',
    `${host} answered with ${what}.`,
    'Check that SF_LOGIN_URL is the My Domain address of the org (https://<name>.my.salesforce.com), that the org is not under maintenance, and that no proxy answers in its place.',
  );
}

function unavailable(host: string, answer: HttpResponse): Transient {
  const code = errorCode(answer);
  const outcome = new CodedError(
    'SF_UNAVAILABLE',
    `${host} cannot answer at the moment (HTTP ${answer.statusCode}${code === null ? '' : `, ${code}`}), also after several attempts.`,
    'Wait, and look at status.salesforce.com for the instance of the org.',
  );
  return new Transient(outcome, retryAfterMs(answer.headers['retry-after'] ?? null));
}

/** The error code in Salesforce's usual body, `[{errorCode, message}]`. */
export function errorCode(answer: HttpResponse): string | null {
  try {
    const body: unknown = JSON.parse(answer.body);
    const first: unknown = Array.isArray(body) ? body[0] : body;
    const code =
      typeof first === 'object' && first !== null && 'errorCode' in first ? first.errorCode : null;
    return typeof code === 'string' && /^\w{1,80}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}
