import { CodedError } from '../errors/coded-error.ts';
import type { MappingSource } from '../mapping/model/config-rows.ts';
import type { ApexAnswer, ApexCall } from '../ports/apex-rest.ts';
import {
  type Collection,
  COLLECTION_SIZE,
  COLLECTIONS_PER_CALL,
  type DescribedObject,
  type RecordState,
  type ItemResult,
  type Missing,
  type OrgLimits,
  type Quota,
  type Org,
  type OrgAudit,
  type LeadConversion,
  type OrgLeads,
  PartlyWritten,
} from '../ports/org.ts';
import { goSingly, partsOf, sizeOf, toItemResults, toSubrequests } from './collections.ts';
import { convertLeads } from './convert-leads.ts';
import { describeObjects } from './describe.ts';
import { OrgFiles, savedSchema } from './files.ts';
import { toLimits } from './limits.ts';
import { isReadOnlyIn, readOnly } from './read-only.ts';
import { readMappings } from './read-mappings.ts';
import { composite } from './rest/composite.ts';
import { Connection, type ConnectionOptions } from './rest/connection.ts';
import { userIdIn } from './rest/identity.ts';
import { runQueries } from './rest/queries.ts';
import { allRows, queryPath, type QueryRow } from './rest/query.ts';
import type { SignIn } from './rest/sign-in.ts';
import type { Unanswered } from './rest/silence.ts';
import { unexpected } from './rest/transport.ts';
import { findMergedOrDeleted } from './trace-merged.ts';

/** The Salesforce org that the sidecar signs in to. Signs in with the first call. */
export class SalesforceOrg implements Org, OrgAudit, OrgLeads {
  readonly files: OrgFiles;
  readonly #connection: Connection;
  /** Whether records of an object can be merged, as far as objects were described. */
  readonly #mergeable = new Map<string, boolean>();
  #userId: string | null = null;

  constructor(signIn: SignIn, options: Partial<ConnectionOptions> = {}) {
    this.#connection = new Connection(signIn, options);
    this.files = new OrgFiles(this.#connection, (soql) => this.queries(soql));
  }

  /** Signs in where nothing has needed it yet. Costs no API call. @throws CodedError as a sign-in */
  signIn(): Promise<void> {
    return this.#connection.signIn();
  }

  /** The org itself, by 15 or 18 characters; null before the first sign-in. Costs no call. */
  get organizationId(): string | null {
    return this.#connection.organizationId;
  }

  /** Since when the org takes requests and answers none; null while it answers. Costs no call. */
  get unanswered(): Unanswered | null {
    return this.#connection.unanswered;
  }

  get calls(): number {
    return this.#connection.calls;
  }

  /** API calls by what they were made for (purpose.ts). */
  get callsFor(): ReadonlyMap<string, number> {
    return this.#connection.callsFor;
  }

  /** What the org said last of its API calls of 24 hours; null before it said anything. */
  get usage(): Quota | null {
    return this.#connection.usage;
  }

  /** @throws CodedError `SF_NOT_DEPLOYED` when the org does not show us one of the types or its fields */
  readMappings(): Promise<MappingSource> {
    return readMappings(this.#connection);
  }

  /** One API call per 25 objects. Objects that the org does not have, or does not show us, are left out. */
  async describe(objects: readonly string[]): Promise<ReadonlyMap<string, DescribedObject>> {
    const described = await describeObjects(this.#connection, objects);
    for (const [name, { fields }] of described) {
      this.#mergeable.set(name, fields.has('masterrecordid'));
    }
    return described;
  }

  /**
   * One API call for up to five collections of up to 200 records each, in the order given; none when there is
   * nothing to write.
   * @returns one list of results per collection, one result per record
   * @throws PartlyWritten where the org takes no changes any more
   */
  async write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    if (
      collections.reduce((sum, one) => sum + partsOf(one), 0) > COLLECTIONS_PER_CALL ||
      collections.some((one) => sizeOf(one) > COLLECTION_SIZE)
    )
      throw new RangeError(
        `One call writes ${COLLECTIONS_PER_CALL} collections of ${COLLECTION_SIZE} records at most.`,
      );
    const filled = collections.filter((collection) => sizeOf(collection) > 0);
    if (filled.length === 0) return collections.map(() => []);
    const singly = goSingly(filled);
    const parts = filled.map((one) => toSubrequests(one, singly.has(one)));
    const answers = await composite(this.#connection, parts.flat());
    let from = 0;
    const results = collections.map((collection) => {
      const { length } = parts[filled.indexOf(collection)] ?? [];
      const own = answers.slice(from, (from += length));
      return length === 0 ? [] : toItemResults(collection, own, singly.has(collection));
    });
    if (results.some(isReadOnlyIn)) throw new PartlyWritten(readOnly(), results);
    return results;
  }

  /**
   * The rows of several queries, following their pages: one API call per five queries.
   * @returns one list of rows per query, in order
   */
  queries(soql: readonly string[]): Promise<readonly (readonly QueryRow[])[]> {
    return runQueries(this.#connection, soql);
  }

  /** As `queries`, deleted records included. */
  queriesAll(soql: readonly string[]): Promise<readonly (readonly QueryRow[])[]> {
    return runQueries(this.#connection, soql, 'queryAll');
  }

  /** The id of the user that we are signed in as. One API call, the first time. */
  async userId(): Promise<string> {
    this.#userId ??= userIdIn(await this.#connection.request({ method: 'GET', path: '/' }));
    return this.#userId;
  }

  /**
   * What became of records that were refused as if they were not there, by record id. Those that were merged
   * are followed to the record that is left. One API call, and another per step of merges.
   */
  async recordStates(missing: readonly Missing[]): Promise<ReadonlyMap<string, RecordState>> {
    const unknown = missing.map(({ object }) => object).filter((one) => !this.#mergeable.has(one));
    await this.describe([...new Set(unknown)]);
    return findMergedOrDeleted(
      missing,
      (object) => this.#mergeable.get(object) === true,
      (soql) => runQueries(this.#connection, soql, 'queryAll'),
    );
  }

  /**
   * What the org still takes. One API call. A user without the permission "View Setup and Configuration" learns
   * of the API calls alone, from what every answer says.
   */
  async limits(): Promise<OrgLimits> {
    try {
      return toLimits(await this.#connection.request({ method: 'GET', path: '/limits' }));
    } catch (error) {
      if (!(error instanceof CodedError) || error.code !== 'SF_REFUSED') throw error;
      return { apiCalls: this.#connection.usage, storageMb: null };
    }
  }

  /** Calls an Apex REST class; see `Connection.apexRest`. */
  async apexRest(call: ApexCall): Promise<ApexAnswer> {
    return this.#connection.apexRest(call);
  }

  /** Converts leads, by SOAP: REST has nothing for it. One API call; see `OrgLeads`. */
  convertLeads(conversions: readonly LeadConversion[]): Promise<readonly ItemResult[]> {
    return convertLeads(this.#connection, conversions);
  }

  /** Makes one record. Not repeated when its outcome is unknown. @returns its id */
  async create(object: string, fields: Readonly<Record<string, string>>): Promise<string> {
    const answer = await this.#connection.request({
      method: 'POST',
      path: `/sobjects/${object}`,
      json: JSON.stringify(fields),
      once: true,
    });
    const saved = savedSchema.safeParse(answer);
    if (!saved.success) throw unexpected('Salesforce', `no id of the new ${object}`);
    return saved.data.id;
  }

  /** All rows, following the pages. */
  async query(soql: string): Promise<readonly QueryRow[]> {
    const first = await this.#connection.request({ method: 'GET', path: queryPath(soql) });
    return allRows(this.#connection, first);
  }
}
