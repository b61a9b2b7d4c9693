import { Connection } from 'jsforce';
import { createOrg, type Org, type OrgOptions } from '../../org.ts';
import { deployTestObjects } from '../objects.ts';

const version = '66.0';
export const root = `/services/data/v${version}`;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or the text where it is none; undefined without a body. */
  readonly body: unknown;
}

export interface SubAnswer {
  readonly httpStatusCode: number;
  readonly referenceId: string;
  readonly body: unknown;
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  return text.startsWith('[') || text.startsWith('{') || text.startsWith('"')
    ? (JSON.parse(text) as unknown)
    : text;
}

/** A listening org with the objects of these tests, asked over HTTP as its administrator. */
export class HttpOrg {
  readonly org: Org;
  readonly url: string;
  readonly conn: Connection;

  private constructor(org: Org, url: string) {
    this.org = org;
    this.url = url;
    this.conn = new Connection({ instanceUrl: url, accessToken: org.adminToken, version });
  }

  static async start(options: OrgOptions = {}): Promise<HttpOrg> {
    const org = createOrg(options);
    deployTestObjects(org.data);
    return new HttpOrg(org, await org.listen(0));
  }

  close(): Promise<void> {
    return this.org.close();
  }

  /** @param path below the host */
  async ask(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.org.adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return {
      status: answer.status,
      headers: answer.headers,
      body: parsed(await answer.text()),
    };
  }

  /** @param path below the version */
  rest(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Reply> {
    return this.ask(method, `${root}${path}`, body, headers);
  }

  async create(object: string, record: object): Promise<string> {
    const { body } = await this.rest('POST', `/sobjects/${object}`, record);
    const { id } = body as { id?: string };
    if (id === undefined) throw new Error(JSON.stringify(body));
    return id;
  }

  async query(soql: string, path = '/query'): Promise<readonly Record<string, unknown>[]> {
    const { body } = await this.rest('GET', `${path}?q=${encodeURIComponent(soql)}`);
    const { records } = body as { records?: readonly Record<string, unknown>[] };
    if (!records) throw new Error(JSON.stringify(body));
    return records;
  }

  async composite(
    compositeRequest: readonly object[],
    more: object = {},
    headers: Record<string, string> = {},
  ): Promise<readonly SubAnswer[]> {
    const call = { collateSubrequests: false, ...more, compositeRequest };
    const { body } = await this.rest('POST', '/composite', call, headers);
    const { compositeResponse } = body as { compositeResponse?: readonly SubAnswer[] };
    if (!compositeResponse) throw new Error(JSON.stringify(body));
    return compositeResponse;
  }
}

/** Code and message of what a call of jsforce was refused with. */
export async function errorOf(work: PromiseLike<unknown>): Promise<unknown> {
  try {
    await work;
    return 'no error';
  } catch (error) {
    return {
      code: (error as { errorCode?: string }).errorCode,
      message: (error as Error).message,
    };
  }
}

/** `errorCode` of the first error of a refused call. */
export const refusalCode = ({ body }: Reply): unknown =>
  Array.isArray(body) ? (body[0] as { errorCode?: unknown }).errorCode : undefined;
