import { inQueries } from '../../lib/soql.ts';
import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { issueKey } from '../report/issue-key.ts';

const OBJECT = 'Woo_Sync_Issue__c';

/** What people have decided of conflicts, by the keys of their issues. */
export class Resolutions {
  readonly #byIssue: ReadonlyMap<string, string>;

  constructor(byIssue: ReadonlyMap<string, string>) {
    this.#byIssue = byIssue;
  }

  of({ mapping, key }: Planned, field: OutgoingField): 'woo' | 'salesforce' | null {
    const decided = this.#byIssue.get(conflictKey(mapping, key, field));
    if (decided === 'take_woo') return 'woo';
    return decided === 'take_salesforce' ? 'salesforce' : null;
  }
}

/** Asks for them where conflicts may wait for a person: one query for some hundreds of records. */
export async function resolutions(run: Run, rows: readonly Planned[]): Promise<Resolutions> {
  const keys = rows
    .filter(({ mapping }) => mapping.conflictRule === 'ask')
    .flatMap(({ mapping, key }) =>
      mapping.outgoing
        .filter(({ direction }) => direction === 'both')
        .map((field) => conflictKey(mapping, key, field)),
    );
  return new Resolutions(await decidedOn(run, keys));
}

/** What people have decided of open conflicts, by the keys of their issues; no call for no keys. */
export async function decidedOn(
  run: Run,
  keys: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (keys.length === 0) return new Map();
  const asked = inQueries(
    OBJECT,
    ['Issue_Key__c', 'Resolution__c', 'State__c'],
    new Map([['Issue_Key__c', new Set(keys)]]),
  );
  // That of a conflict before this one stays on its issue, which is closed.
  const found = (await run.org.queries(asked))
    .flat()
    .filter((row) => row['State__c'] !== 'resolved');
  return new Map(found.map((row) => [String(row['Issue_Key__c']), String(row['Resolution__c'])]));
}

export function conflictKey(
  { resource, object }: Planned['mapping'],
  key: string,
  { field }: Pick<OutgoingField, 'field'>,
): string {
  return issueKey(resource, object, key, field);
}
