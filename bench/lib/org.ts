import { copyFileSync } from 'node:fs';
import { join } from 'node:path';

import { deployProject } from '../../scripts/lib/deploy.ts';
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

  /** How many records of each object the org holds. */
  async counts(objects: readonly string[]): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const object of objects) counts[object] = await this.count(object);
    return counts;
  }

  /** How many records there are. @param from what comes behind `FROM`: an object, and perhaps a condition */
  async count(from: string): Promise<number> {
    const soql = encodeURIComponent(`SELECT COUNT() FROM ${from}`);
    const response = await fetch(`${this.url}/services/data/v66.0/query?q=${soql}`, {
      headers: { authorization: `Bearer ${this.adminToken}` },
    });
    return (JSON.parse(await textOf(response)) as { totalSize: number }).totalSize;
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

  /** Deploys with the real Salesforce CLI, as an admin would. */
  async deploy(storeUrl: string, home: string, stopped: AbortSignal): Promise<void> {
    const org = await OrgProcess.start(this.#processes, this.#deployed);
    try {
      await deployProject(org, { org: org.url, store: storeUrl }, home, { stopped });
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
