import type { OrgData } from '../../data/org-data.ts';
import type { ObjectDefinition } from '../../model/schema.ts';
import { createOrg, type Org, type OrgOptions } from '../../org.ts';
import type { OrgUser } from '../../api/sessions.ts';
import { deployTestObjects } from '../objects.ts';
import { assign, putPermissionSet, type TestGrants } from '../permission-sets.ts';
import { root, type Reply } from './http-org.ts';

export interface Described {
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly deletable: boolean;
  readonly fields: readonly Record<string, unknown>[];
}

/** A listening org in which nobody has a permission set, asked over HTTP as one of its users. */
export class RightsOrg {
  readonly org: Org;
  readonly url: string;

  private constructor(org: Org, url: string) {
    this.org = org;
    this.url = url;
  }

  /** @param deploy what is in the org; the objects of these tests when left out */
  static async start(
    options: OrgOptions = {},
    deploy: (org: OrgData) => void = deployTestObjects,
  ): Promise<RightsOrg> {
    const org = createOrg(options);
    deploy(org.data);
    // Those of profiles stay: who has a profile has its permission set.
    org.data.db.run(
      'DELETE FROM PermissionSetAssignment WHERE PermissionSetId NOT IN (SELECT Id FROM PermissionSet WHERE IsOwnedByProfile = 1)',
    );
    return new RightsOrg(org, await org.listen(0));
  }

  close(): Promise<void> {
    return this.org.close();
  }

  get admin(): User {
    return this.user(this.org.adminUsername);
  }

  /** The integration user, with the minimum profile. */
  get integration(): User {
    return this.user(this.org.integrationUsername);
  }

  /** Somebody else, with the profile of that name. */
  person(username: string, profile: string): User {
    const { data } = this.org;
    const profileId = data.db.get('SELECT Id FROM Profile WHERE Name = ?', profile)?.['Id'];
    if (typeof profileId !== 'string') throw new Error(`no profile ${profile}`);
    const name = { LastName: username, Name: username, Alias: 'one', Email: username };
    data.putSystemRow(
      'User',
      { Username: username },
      { ...name, IsActive: true, UserType: 'Standard', ProfileId: profileId },
    );
    return this.user(username);
  }

  private user(username: string): User {
    const user = this.org.sessions.user(username);
    if (!user) throw new Error(`no user ${username}`);
    return new User(this, user, this.org.sessions.issue(user).token);
  }

  /** Deploys a permission set, or replaces it. */
  deploy(name: string, grants: TestGrants): string {
    return putPermissionSet(this.org.data, name, grants);
  }

  /** The id of a permission set that was deployed. */
  permissionSet(name: string): string {
    const id = this.org.data.db.get('SELECT Id FROM PermissionSet WHERE Name = ?', name)?.['Id'];
    if (typeof id !== 'string') throw new Error(`no permission set ${name}`);
    return id;
  }

  /** A record that nobody's rights stand in the way of. */
  insert(type: string, values: Readonly<Record<string, string | number>>): string {
    const { data } = this.org;
    const object = this.object(type);
    const id = data.nextId(object);
    data.insert(object, new Map(Object.entries({ Id: id, IsDeleted: 0, ...values })));
    return id;
  }

  value(type: string, id: string, field: string): unknown {
    return this.org.data.row(this.object(type), id)?.[field];
  }

  private object(name: string): ObjectDefinition {
    const object = this.org.data.object(name);
    if (!object) throw new Error(`no ${name}`);
    return object;
  }
}

/** One who is signed in. */
export class User {
  readonly id: string;
  readonly token: string;
  private readonly at: RightsOrg;

  constructor(at: RightsOrg, user: OrgUser, token: string) {
    this.at = at;
    this.id = user.id;
    this.token = token;
  }

  /**
   * Deploys a permission set and assigns it to this user.
   * @returns the id of the assignment
   */
  grant(grants: TestGrants, name = 'Test_Set'): string {
    return assign(this.at.org.data, this.at.deploy(name, grants), this.id);
  }

  /** Assigns a permission set that was deployed. */
  assign(name: string): this {
    assign(this.at.org.data, this.at.permissionSet(name), this.id);
    return this;
  }

  /** @param path below the version */
  async rest(method: string, path: string, body?: unknown): Promise<Reply> {
    const answer = await fetch(`${this.at.url}${root}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: answer.headers,
      body: text === '' ? undefined : (JSON.parse(text) as unknown),
    };
  }

  query(soql: string): Promise<Reply> {
    return this.rest('GET', `/query?q=${encodeURIComponent(soql)}`);
  }

  /** Values of the first field of each record; throws when the query is refused. */
  async values(soql: string): Promise<readonly unknown[]> {
    const { body } = await this.query(soql);
    const { records } = body as { records?: readonly Record<string, unknown>[] };
    if (!records) throw new Error(JSON.stringify(body));
    return records.map((record) => Object.values(record)[1]);
  }

  async describe(object: string): Promise<Described> {
    return (await this.rest('GET', `/sobjects/${object}/describe`)).body as Described;
  }

  async fieldNames(object: string): Promise<readonly unknown[]> {
    return (await this.describe(object)).fields.map((field) => field['name']);
  }
}

/** Status and code of a refusal, `200` or such for anything else. */
export function outcome({ status, body }: Reply): string {
  const [first] = Array.isArray(body) ? (body as readonly Record<string, unknown>[]) : [];
  const code = first?.['errorCode'];
  return typeof code === 'string' ? `${status} ${code}` : String(status);
}
