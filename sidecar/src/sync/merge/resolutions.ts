import { inQueries } from '../../lib/soql.ts';
import type { OutgoingField } from '../../mapping/model/mapping.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { issueKey } from '../report/issue-key.ts';

const OBJECT = 'Woo_Sync_Issue__c';
/** Aspect of issues of edits that did not get into the shop. */
const SHOP = 'shop';

/** What people have decided of conflicts and of edits that did not get into the shop. */
export class Resolutions {
  readonly #byIssue: ReadonlyMap<string, string>;
  readonly #takenBack: ReadonlySet<Planned>;

  /**
   * @param byIssue by the keys of their issues
   * @param takenBack records whose edits did not get into the shop, and give way to what it has
   */
  constructor(byIssue: ReadonlyMap<string, string>, takenBack: ReadonlySet<Planned> = new Set()) {
    this.#byIssue = byIssue;
    this.#takenBack = takenBack;
  }

  of({ mapping, key }: Planned, field: OutgoingField): 'woo' | 'salesforce' | null {
    const decided = this.#byIssue.get(conflictKey(mapping, key, field));
    if (decided === 'take_woo') return 'woo';
    return decided === 'take_salesforce' ? 'salesforce' : null;
  }

  /** Whether what was to go to the shop does not go there, and what the shop has comes back. */
  takesBack(planned: Planned, { direction, field }: OutgoingField): boolean {
    // Of what the shop does not say nothing can come back.
    return direction === 'both' && this.#takenBack.has(planned) && field in planned.row.fields;
  }
}

/**
 * Asks for them where conflicts may wait for a person, or where an issue is open of an edit that did not get into the
 * shop: one query for some hundreds of records.
 */
export async function resolutions(run: Run, rows: readonly Planned[]): Promise<Resolutions> {
  const refused = await refusedEdits(run, rows);
  const keys = rows
    .filter(({ mapping }) => mapping.conflictRule === 'ask')
    .flatMap(({ mapping, key }) =>
      mapping.outgoing
        .filter(({ direction }) => direction === 'both')
        .map((field) => conflictKey(mapping, key, field)),
    );
  const decided = await decidedOn(run, [...keys, ...refused.values()]);
  const takenBack = [...refused].filter(([, issue]) => decided.get(issue) === 'take_woo');
  return new Resolutions(decided, new Set(takenBack.map(([row]) => row)));
}

/** Issues that are open of edits which did not get into the shop, of records that are to be looked at in Salesforce. */
async function refusedEdits(
  run: Run,
  rows: readonly Planned[],
): Promise<ReadonlyMap<Planned, string>> {
  const dirty = rows.filter(({ key }) => run.dirty.has(key));
  if (run.openIssues === undefined || dirty.length === 0) return new Map();
  const keyOf = ({ mapping: { resource, object }, key }: Planned) =>
    issueKey(resource, object, key, SHOP);
  const open = await run.openIssues(dirty.map(keyOf));
  return new Map(
    dirty.flatMap((row) => {
      const issue = open.get(keyOf(row));
      return issue === undefined ? [] : [[row, issue] as const];
    }),
  );
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
