import type { Readable } from 'node:stream';
import { refusal, type Answer } from './answer.ts';

export interface OrgCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Readable;
}

/** The org cannot be reached, or did not begin to answer within the five minutes that Node's `fetch` waits. */
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
    try {
      return await fetch(new URL(path, this.url), {
        method,
        headers: { ...headers, authorization: `Bearer ${this.token}` },
        redirect: 'manual',
        ...(body === undefined ? {} : { body, duplex: 'half' as const }),
      });
    } catch (error) {
      const { cause = error } = error as { cause?: unknown };
      const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
      throw new OrgUnreachable(`The org at ${this.url} does not answer: ${reason}.`, {
        cause: error,
      });
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
