import type { Readable } from 'node:stream';
import { refusal, type Answer } from './answer.ts';

/** How long the org may take to begin its answer, in milliseconds. */
const patience = 60_000;

export interface OrgCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

/** The org cannot be reached, or did not begin to answer in time. */
export class OrgUnreachable extends Error {}

/** Calls the org with the token, which no browser ever sees. */
export class OrgClient {
  readonly url: string;
  private readonly token: string;

  /** @param url the org's address without a path */
  constructor(url: string, token: string) {
    this.url = url;
    this.token = token;
  }

  /** @throws OrgUnreachable */
  async call({ method, path, headers = {}, body }: OrgCall): Promise<Response> {
    const waiting = new AbortController();
    const timer = setTimeout(() => {
      waiting.abort(new Error(`no answer within ${patience / 1000} s`));
    }, patience);
    try {
      return await fetch(new URL(path, this.url), {
        method,
        headers: { ...headers, authorization: `Bearer ${this.token}` },
        redirect: 'manual',
        signal: waiting.signal,
        ...(body === undefined ? {} : { body, duplex: 'half' as const }),
      });
    } catch (error) {
      const { cause = error } = error as { cause?: unknown };
      const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
      throw new OrgUnreachable(`The org at ${this.url} does not answer: ${reason}.`, {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Reads JSON.
   * @throws OrgUnreachable, or Error with the org's own words where it refuses
   */
  async get<T>(path: string): Promise<T> {
    const response = await this.call({ method: 'GET', path });
    const text = await response.text();
    if (response.ok) return JSON.parse(text) as T;
    throw new Error(`The org answered ${response.status} to ${path}: ${text.slice(0, 300)}`);
  }
}

/** What the page is told when the org cannot be reached. */
export const unreachable = (error: OrgUnreachable): Answer =>
  refusal(503, 'ORG_UNREACHABLE', error.message);
