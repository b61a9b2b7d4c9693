import { z } from 'zod';
import type { SfCli } from '../sf.ts';

export interface OrgAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; the text where it is none. */
  readonly body: unknown;
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}

const displayed = z.object({ result: z.object({ instanceUrl: z.url(), username: z.string() }) });
const shown = z.object({ result: z.object({ accessToken: z.string() }) });
const refused = z.object({ name: z.string().optional(), message: z.string() });
const errors = z.array(z.object({ errorCode: z.string(), message: z.string() })).min(1);

/** How long an org may take for one answer. */
const DEADLINE_MS = 120_000;

/**
 * The session that the Salesforce CLI holds of its target org. Calls that carry secrets go straight to the
 * org: the CLI would take them as arguments, which others on the machine see, or from its input, for which it
 * waits ten milliseconds.
 */
export class AdminSession {
  readonly instanceUrl: string;
  readonly username: string;
  readonly #token: string;

  constructor(instanceUrl: string, username: string, token: string) {
    this.instanceUrl = instanceUrl.replace(/\/+$/, '');
    this.username = username;
    this.#token = token;
  }

  /** For a client of its own, such as jsforce. */
  get accessToken(): string {
    return this.#token;
  }

  /** @throws Error where the CLI is signed in to no such org */
  static async open(sf: SfCli): Promise<AdminSession> {
    const { result } = await answerOf(sf, ['org', 'display', '--json'], displayed);
    const token = await answerOf(sf, ['org', 'auth', 'show-access-token', '--json'], shown);
    return new AdminSession(result.instanceUrl, result.username, token.result.accessToken);
  }

  /**
   * @param path below the org's address, such as `/services/data/v66.0/limits`
   * @param body a form or a blob goes as it is, all else as JSON
   */
  async request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    { headers = {}, signal }: RequestOptions = {},
  ): Promise<OrgAnswer> {
    const deadline = AbortSignal.timeout(DEADLINE_MS);
    const isWhole = body instanceof FormData || body instanceof Blob;
    const response = await this.#fetch(path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        accept: 'application/json',
        ...(body === undefined || isWhole ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isWhole ? body : JSON.stringify(body) }),
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
    });
    return {
      status: response.status,
      headers: response.headers,
      body: jsonOf(await response.text()),
    };
  }

  /** @throws Error that names the org where it does not answer, the reason of the signal where somebody aborts that */
  async #fetch(path: string, init: RequestInit & { readonly signal: AbortSignal }) {
    try {
      return await fetch(`${this.instanceUrl}${path}`, init);
    } catch (error) {
      const { reason } = init.signal as { readonly reason: unknown };
      const isLate = reason instanceof DOMException && reason.name === 'TimeoutError';
      if (init.signal.aborted && !isLate) throw error;
      throw new Error(
        `The org at ${this.instanceUrl} does not answer (${causeOf(error)}). Check that it is there and that this machine reaches it, then run this again.`,
        { cause: error },
      );
    }
  }
}

/** Why there was no answer: `fetch failed` alone says nothing. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause ? String(cause.code) : cause.message;
}

/** What Salesforce said was wrong, in one line. */
export function refusalIn({ status, body }: OrgAnswer): string {
  const first = errors.safeParse(body).data?.[0];
  return first ? `${first.errorCode}: ${first.message}` : `HTTP ${status} without a reason`;
}

async function answerOf<T>(sf: SfCli, args: readonly string[], schema: z.ZodType<T>): Promise<T> {
  const { stdout } = await sf.run(args);
  const answer = schema.safeParse(jsonOf(stdout)).data;
  if (answer !== undefined) return answer;
  const { name, message } = refused.safeParse(jsonOf(stdout)).data ?? { message: 'no reason' };
  const { targetOrg } = sf;
  const isUnknown = targetOrg !== undefined && name === 'NoDefaultEnvError';
  const reason = isUnknown ? 'it has no such alias or user name' : message;
  const which = targetOrg === undefined ? 'the target org' : `the target org "${targetOrg}"`;
  const cure =
    targetOrg === undefined
      ? 'Sign in with npx sf org login web, and name the org with --target-org.'
      : `Give a name that npx sf org list shows, or sign in with npx sf org login web --alias ${targetOrg}.`;
  throw new Error(
    `The Salesforce CLI is not signed in to ${which} (sf ${args.slice(0, 2).join(' ')}: ${reason}). ${cure}`,
  );
}

/** Parsed JSON; the text itself where it is none. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return text;
  }
}
