import { COLUMN } from './lost-edits.ts';
import type { Simulation } from '../world/simulation.ts';
import type { OrgSide } from './sides.ts';

/** What is known of a run when its conflicts are judged. */
export type Judged = Pick<Simulation, 'edits' | 'traffic' | 'plan'>;

/** Conflicts of a field that only one side has edited. */
export function falseConflicts(
  { edits, traffic, plan }: Judged,
  { issues, rows }: Pick<OrgSide, 'issues' | 'rows'>,
): readonly string[] {
  // Whose a value is that differs is not known any more.
  if (plan.steps.some(({ deed }) => deed.kind === 'lost_state')) return [];
  const fields = Object.entries(COLUMN);
  return issues.flatMap((issue) => {
    const resource = String(issue['Resource__c']);
    const key = `${String(issue['Store__c'])}:${String(issue['Woo_Id__c'])}`;
    const record = `${resource} ${key}`;
    const [field] = fields.find(([, column]) => column === issue['Field__c']) ?? [];
    if (issue['Kind__c'] !== 'conflict' || field === undefined || traffic.created.has(record))
      return [];
    // What two shops show is edited under the key of the one that it belongs to.
    const held = resource === 'product' ? rows.Product2 : rows.Woo_Order__c;
    if (!held.some((row) => row['Woo_Key__c'] === key)) return [];
    const made = edits.made.filter((edit) => edit.record === record && edit.field === field);
    const sides = new Set(made.map(({ side }) => side));
    if (sides.size === 2) return [];
    const by = sides.size === 0 ? 'nobody has' : `only the ${String([...sides][0])} has`;
    return [`${record} ${field} is said to be a conflict, and ${by} edited it`];
  });
}
