import type { Connection as Jsforce } from 'jsforce/lib/connection.js';
import type { CodedError } from '../../errors/coded-error.ts';
import { type RetryPolicy, withRetry } from '../../lib/retry.ts';
import type { ApexAnswer, ApexCall } from '../../ports/apex-rest.ts';
import type { Quota } from '../../ports/org.ts';
import { checkApexAnswer } from './apex-rest.ts';
import { explained, refusalOf } from './call-errors.ts';
import { apiVersion, CurrentSession } from './current-session.ts';
import { RETRY } from './retry-policy.ts';
import type { SignIn } from './sign-in.ts';
import { Silence, type Unanswered } from './silence.ts';
import { soapCall, type SoapCall } from './soap-call.ts';
import { checkAnswer, DeadlineTransport, errorCode, unexpected } from './transport.ts';

export interface ConnectionOptions {
  /** For one attempt, from the connection to the last byte. */
  readonly deadlineMs: number;
  readonly retry: RetryPolicy;
  /** Hears that the org has taken a request and does not answer. */
  readonly onSilence?: (error: CodedError) => void;
}

const defaults: ConnectionOptions = {
  deadlineMs: 120_000,
  retry: RETRY,
};

export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Behind `/services/data/v66.0`, or a whole path as Salesforce gave it. */
  readonly path: string;
  /** JSON text. */
  readonly json?: string;
  /** Whether the call is sent once; again only where the session had ended, since nothing was carried out then. */
  readonly once?: boolean;
}

/**
 * The org's REST API through jsforce, with what jsforce leaves out: renewal of a session that ended, retries
 * (nearly every call that we make may be repeated: reads, upserts by key, deletes by id), deadlines, and errors
 * that say what to do. `docs/architecture.md` has the list.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #transport: DeadlineTransport;
  readonly #silence: Silence;
  readonly #session: CurrentSession;

  constructor(signIn: SignIn, options: Partial<ConnectionOptions> = {}) {
    this.#options = { ...defaults, ...options };
    this.#silence = new Silence(this.#options.onSilence);
    this.#transport = new DeadlineTransport(this.#options.deadlineMs, this.#silence);
    this.#session = new CurrentSession(signIn, this.#options.deadlineMs, this.#silence);
  }

  /** Since when the org takes requests and answers none; null while it answers. */
  get unanswered(): Unanswered | null {
    return this.#silence.unanswered;
  }

  /** Signs in where nothing has needed it yet. Costs no API call. @throws CodedError as a sign-in */
  signIn(): Promise<void> {
    return this.#session.open();
  }

  /** The org that we signed in to last, by 15 or 18 characters; null before that, and where it was not told. */
  get organizationId(): string | null {
    return this.#session.organizationId;
  }

  /** Requests made to the REST API so far, repeated ones included. */
  get calls(): number {
    return this.#transport.calls;
  }

  /** The same, by what they were made for. */
  get callsFor(): ReadonlyMap<string, number> {
    return this.#transport.callsFor;
  }

  /** What the org said last of its API calls of 24 hours. */
  get usage(): Quota | null {
    return this.#transport.usage;
  }

  /**
   * @returns the parsed answer
   * @throws CodedError
   */
  async request(call: Call): Promise<unknown> {
    return this.#inSession((session) => this.#send(session, call), call.once);
  }

  /**
   * The bytes of a file.
   * @param path behind `/services/data/v66.0`
   * @returns null where there is no such file, or it has more than `most` bytes
   * @throws CodedError
   */
  async bytes(path: string, most: number): Promise<Buffer | null> {
    return this.#inSession((session) => this.#sendForBytes(session, path, most));
  }

  /**
   * Calls an Apex REST class. What the class answered is handed out, whatever its status.
   * @throws CodedError where the org did not let the class answer
   */
  async apexRest(call: ApexCall): Promise<ApexAnswer> {
    return this.#inSession((session) => this.#sendToApex(session, call), call.once);
  }

  /**
   * Calls the SOAP API. Tried once: after a failure it may have been carried out.
   * @returns what jsforce reads of the answer
   * @throws CodedError; `LEAD_TOKEN_REFUSED` where the org takes no token such as ours there
   */
  async soap(call: SoapCall): Promise<unknown> {
    const exchange: Parameters<typeof soapCall>[1] = (request) =>
      this.#silence.watch(new URL(request.url).host, this.#transport.exchange(request));
    return this.#inSession((session) => soapCall(session, exchange, call), true);
  }

  #inSession<T>(send: (session: Jsforce) => Promise<T>, once = false): Promise<T> {
    const { retry } = this.#options;
    return withRetry(once ? { ...retry, attempts: 1 } : retry, () => this.#session.use(send));
  }

  /** Runs `once` until it does not throw a Transient, as often and as patiently as a request is repeated. */
  retrying<T>(once: () => Promise<T>): Promise<T> {
    return withRetry(this.#options.retry, once);
  }

  /** Past jsforce, which hands out neither status nor headers. */
  async #sendToApex(session: Jsforce, { method, path, json }: ApexCall): Promise<ApexAnswer> {
    const answer = await this.#transport.exchange({
      method,
      url: `${session.instanceUrl}/services/apexrest${path}`,
      headers: {
        authorization: `Bearer ${session.accessToken ?? ''}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: json }),
    });
    return checkApexAnswer(new URL(session.instanceUrl).host, answer);
  }

  /** Past jsforce, which makes a text of every answer. */
  async #sendForBytes(session: Jsforce, path: string, most: number): Promise<Buffer | null> {
    const { host } = new URL(session.instanceUrl);
    const answer = await this.#transport.exchangeBytes(
      {
        method: 'GET',
        url: `${session.instanceUrl}/services/data/v${apiVersion}${path}`,
        headers: { authorization: `Bearer ${session.accessToken ?? ''}`, accept: '*/*' },
      },
      most,
    );
    if (answer.statusCode === 200) return answer.bytes;
    const code = errorCode(answer);
    if (answer.statusCode === 404 && code === 'NOT_FOUND') return null;
    checkAnswer(host, answer);
    throw refusalOf(host, code ?? `HTTP_${answer.statusCode}`, '');
  }

  async #send(session: Jsforce, call: Call): Promise<unknown> {
    const { host } = new URL(session.instanceUrl);
    let answer: unknown;
    try {
      answer = await session.request(
        {
          method: call.method,
          url: call.path,
          ...(call.json === undefined
            ? {}
            : // As bytes, for jsforce goes through a text to count them.
              { body: Buffer.from(call.json), headers: { 'content-type': 'application/json' } }),
        },
        { transport: this.#transport },
      );
    } catch (error) {
      throw explained(host, error);
    }
    // jsforce hands out the text where it is not JSON.
    if (typeof answer === 'string')
      throw unexpected(
        host,
        answer.trim() === '' ? 'an empty body' : 'text that is not valid JSON',
      );
    return answer;
  }
}
