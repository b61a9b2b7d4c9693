import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { deployProject } from '../../../scripts/lib/install/deploy.ts';
import type { Processes, Server } from './processes.ts';
import { textOf } from './sign-in.ts';

/** API calls that the org counted. */
export interface Requests {
  /** All requests, sign-in included. */
  readonly requests: number;
  /** Calls that write. */
  readonly writes: number;
  /** What Salesforce counts as API calls. */
  readonly billed: number;
  readonly byKind: Readonly<Record<string, number>>;
}

/** A record as SOQL answers it. */
export type Row = Readonly<Record<string, unknown>>;

/** A local org in a process of its own. */
export class OrgProcess {
  readonly url: string;
  readonly adminToken: string;
  readonly integrationUsername: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly #server: Server;

  private constructor(server: Server) {
    const { welcome } = server;
    this.#server = server;
    this.url = said(welcome, /^Local org: (\S+)/m);
    this.adminToken = said(welcome, /SF_ACCESS_TOKEN='([^']+)'/);
    this.integrationUsername = said(welcome, /--on-behalf-of (\S+)/);
    this.clientId = said(welcome, /SF_CLIENT_ID=(\S+)/);
    this.clientSecret = said(welcome, /SF_CLIENT_SECRET=(\S+)/);
  }

  static async start(processes: Processes, file: string): Promise<OrgProcess> {
    const args = ['local/org/main.ts', '--port', '0', '--file', file];
    return new OrgProcess(await processes.serve(args, /\/local\/requests\n/));
  }

  /** Requests since the start or the last reset. */
  async requests(): Promise<Requests> {
    const response = await fetch(`${this.url}/local/requests`);
    return (await response.json()) as Requests;
  }

  async resetRequests(): Promise<void> {
    const response = await fetch(`${this.url}/local/requests/reset`, { method: 'POST' });
    await response.text();
  }

  /** What is not Salesforce: the back door for tests. @param path behind `/local/` */
  async control(method: string, path: string, body: object = {}): Promise<unknown> {
    const response = await fetch(`${this.url}/local/${path}`, {
      method,
      ...(method === 'GET' ? {} : { body: JSON.stringify(body) }),
    });
    return JSON.parse(await textOf(response)) as unknown;
  }

  /** How many records of each object the org holds. */
  async counts(objects: readonly string[]): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const object of objects) counts[object] = await this.count(object);
    return counts;
  }

  /** How many records there are. @param from what comes behind `FROM`: an object, and perhaps a condition */
  async count(from: string): Promise<number> {
    return (await this.#query(`SELECT COUNT() FROM ${from}`)).totalSize;
  }

  /** The rows of a query, 2,000 at most. */
  async query(soql: string): Promise<readonly Row[]> {
    return (await this.#query(soql)).records;
  }

  /** Makes a record, as the administrator does. @returns its id */
  async create(object: string, fields: object): Promise<string> {
    const made = (await this.#asAdmin('POST', `sobjects/${object}`, fields)) as { id: string };
    return made.id;
  }

  /** Saves up to 200 records in one API call, as the administrator does. @param records each with its `id` */
  async update(object: string, records: readonly object[]): Promise<void> {
    const results = (await this.#asAdmin('PATCH', 'composite/sobjects', {
      records: records.map((record) => ({ attributes: { type: object }, ...record })),
    })) as readonly { readonly success: boolean }[];
    if (results.every(({ success }) => success)) return;
    throw new Error(`The org refused changes of ${object}: ${JSON.stringify(results)}`);
  }

  async #query(soql: string): Promise<{ totalSize: number; records: readonly Row[] }> {
    const answer = await this.#asAdmin('GET', `query?q=${encodeURIComponent(soql)}`);
    return answer as { totalSize: number; records: readonly Row[] };
  }

  /** @param path behind the version of the API */
  async #asAdmin(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/services/data/v66.0/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return JSON.parse(await textOf(response)) as unknown;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }
}

/** Orgs with this project deployed and no records: deployed once, then copied. */
export class FreshOrgs {
  readonly #processes: Processes;
  readonly #folder: string;
  #copies = 0;

  /** @param folder where the orgs' files go */
  constructor(processes: Processes, folder: string) {
    this.#processes = processes;
    this.#folder = folder;
  }

  get #deployed(): string {
    return join(this.#folder, 'deployed.sqlite');
  }

  /**
   * Deploys with the real Salesforce CLI, as an admin would.
   * @param addresses of the store, and where outbound messages go
   */
  async deploy(
    { store, endpoint }: { readonly store: string; readonly endpoint: string },
    home: string,
    stopped: AbortSignal,
  ): Promise<void> {
    const org = await OrgProcess.start(this.#processes, this.#deployed);
    try {
      await deployProject(org, { org: org.url, store }, home, { endpoint, stopped });
    } finally {
      await org.stop();
    }
  }

  /** The file of a new copy. */
  copy(): string {
    const file = join(this.#folder, `copy-${(this.#copies += 1)}.sqlite`);
    copyFileSync(this.#deployed, file);
    return file;
  }

  start(): Promise<OrgProcess> {
    return OrgProcess.start(this.#processes, this.copy());
  }
}

function said(welcome: string, pattern: RegExp): string {
  const value = pattern.exec(welcome)?.[1];
  if (value === undefined) {
    throw new Error(`The local org did not say what ${String(pattern)} asks for:\n${welcome}`);
  }
  return value;
}
