import { CodedError } from '../errors.ts';
import type { MappingSource } from '../mapping/types.ts';
import {
  mostCollections,
  mostRecords,
  sizeOf,
  toItemResults,
  toSubrequest,
} from './collections.ts';
import type { Collection, ItemResult } from './collections.ts';
import { composite, mostSubrequests, wholeError } from './composite.ts';
import type { Subanswer } from './composite.ts';
import { Connection } from './connection.ts';
import type { ConnectionOptions } from './connection.ts';
import { toObjectSchema } from './describe.ts';
import type { DescribedObject } from './describe.ts';
import { mappingQueries, toMappingSource } from './mapping-rows.ts';
import { allRows, queryPath } from './query.ts';
import type { QueryRow } from './query.ts';
import type { SignIn } from './sign-in.ts';

/** The Salesforce org that the sidecar signs in to. Signs in with the first call. */
export class SalesforceOrg {
  readonly #connection: Connection;

  constructor(signIn: SignIn, options: Partial<ConnectionOptions> = {}) {
    this.#connection = new Connection(signIn, options);
  }

  get calls(): number {
    return this.#connection.calls;
  }

  /** @throws CodedError `SF_NOT_DEPLOYED` when the org does not show us one of the types or its fields */
  async readMappings(): Promise<MappingSource> {
    const { stores, mappings, fields, conditions } = mappingQueries;
    const answers = await composite(
      this.#connection,
      [stores, mappings, fields, conditions].map((soql) => ({
        method: 'GET',
        path: queryPath(soql),
      })),
    );
    const rows = [];
    for (const answer of answers) rows.push(await this.#rowsOf(answer));
    const [storeRows = [], mappingRows = [], fieldRows = [], conditionRows = []] = rows;
    return toMappingSource({
      stores: storeRows,
      mappings: mappingRows,
      fields: fieldRows,
      conditions: conditionRows,
    });
  }

  /** One API call per 25 objects. Objects that the org does not have, or does not show us, are left out. */
  async describe(objects: readonly string[]): Promise<ReadonlyMap<string, DescribedObject>> {
    const described = new Map<string, DescribedObject>();
    for (let from = 0; from < objects.length; from += mostSubrequests) {
      const names = objects.slice(from, from + mostSubrequests);
      const answers = await composite(
        this.#connection,
        names.map((name) => ({
          method: 'GET',
          path: `/sobjects/${encodeURIComponent(name)}/describe`,
        })),
      );
      names.forEach((name, index) => {
        const answer = answers[index];
        if (answer === undefined || answer.status === 404) return;
        const error = wholeError(answer);
        if (error !== null)
          throw new CodedError(
            'SF_REFUSED',
            `Salesforce does not describe the object ${name}: ${error.code} (${error.message}).`,
            'Check that the integration user has the permission set Woo_Integration.',
          );
        described.set(name, toObjectSchema(answer.body));
      });
    }
    return described;
  }

  /**
   * One API call for up to five collections of up to 200 records each, in the order given; none when there is
   * nothing to write.
   * @returns one list of results per collection, one result per record
   */
  async write(collections: readonly Collection[]): Promise<readonly (readonly ItemResult[])[]> {
    if (
      collections.length > mostCollections ||
      collections.some((one) => sizeOf(one) > mostRecords)
    )
      throw new RangeError(
        `One call writes ${mostCollections} collections of ${mostRecords} records at most.`,
      );
    const filled = collections.filter((collection) => sizeOf(collection) > 0);
    if (filled.length === 0) return collections.map(() => []);
    const answers = await composite(this.#connection, filled.map(toSubrequest));
    return collections.map((collection) => {
      const answer = answers[filled.indexOf(collection)];
      return answer === undefined ? [] : toItemResults(collection, answer);
    });
  }

  /** All rows, following the pages. */
  async query(soql: string): Promise<readonly QueryRow[]> {
    const first = await this.#connection.request({ method: 'GET', path: queryPath(soql) });
    return allRows(this.#connection, first);
  }

  async #rowsOf(answer: Subanswer): Promise<readonly QueryRow[]> {
    const error = wholeError(answer);
    if (error === null) return allRows(this.#connection, answer.body);
    throw new CodedError(
      'SF_NOT_DEPLOYED',
      `The mappings cannot be read from the org: ${error.code} (${error.message.split('\n').at(-1) ?? ''}).`,
      'Deploy force-app and config/org (sf project deploy start -d force-app -d config/org) and assign the permission set Woo_Integration to the integration user.',
    );
  }
}
