import type { Org } from '../../../local/org/org.ts';
import { at, PORTS } from './places.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Somebody who works in the org, by its REST API. What they ask meets none of the mishaps of the service. */
export class Person {
  readonly #org: Pick<Org, 'sessions'>;
  readonly #username: string;

  constructor(org: Pick<Org, 'sessions'>, username: string) {
    this.#org = org;
    this.#username = username;
  }

  /** All rows, however many. */
  query(soql: string): Promise<readonly Row[]> {
    return this.#rows('query', soql);
  }

  /** Those in the recycle bin too. */
  queryAll(soql: string): Promise<readonly Row[]> {
    return this.#rows('queryAll', soql);
  }

  async #rows(resource: 'query' | 'queryAll', soql: string): Promise<readonly Row[]> {
    const rows: Row[] = [];
    let path: string | null = `/${resource}?q=${encodeURIComponent(soql)}`;
    while (path !== null) {
      const page = (await this.call('GET', path)) as {
        readonly records: readonly Row[];
        readonly nextRecordsUrl?: string;
      };
      rows.push(...page.records);
      path = page.nextRecordsUrl?.replace(/^\/services\/data\/v[\d.]+/, '') ?? null;
    }
    return rows;
  }

  /** @returns the id */
  async create(object: string, fields: Row): Promise<string> {
    const { id } = (await this.call('POST', `/sobjects/${object}`, fields)) as {
      readonly id: string;
    };
    return id;
  }

  async update(object: string, id: string, fields: Row): Promise<void> {
    await this.call('PATCH', `/sobjects/${object}/${id}`, fields);
  }

  async remove(object: string, id: string): Promise<void> {
    await this.call('DELETE', `/sobjects/${object}/${id}`);
  }

  /** @throws Refused where the org does not do it */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    return this.#ask(method, `/services/data/v66.0${path}`, body);
  }

  /** Asks the org for what only the local one has. */
  async control(path: string, body: unknown): Promise<unknown> {
    return this.#ask('POST', `/local/${path}`, body);
  }

  async #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const { sessions } = this.#org;
    const user = sessions.user(this.#username);
    if (!user) throw new Error(`The org has no user ${this.#username}.`);
    const { token } = sessions.issue(user);
    const response = await fetch(`${at(PORTS.org)}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused(`${method} ${path}: ${text.slice(0, 300)}`);
    return text === '' ? null : JSON.parse(text);
  }
}

/** The org does not do what a person asked for, as it may be. */
export class Refused extends Error {}
