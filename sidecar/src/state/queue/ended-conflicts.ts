import { BOTH_WAYS } from '../../errors/two-way.ts';
import type { IssueSeen } from '../../ports/issues.ts';
import type { Queries } from '../db/types.ts';
import { asJson, toRow } from './issue-columns.ts';

/** Of a conflict that waits for a person, and of one that is over. */
const [OPEN, OVER] = ['CONFLICT_OPEN', 'CONFLICT_OVER'] as const;

/**
 * Has conflicts that were closed say what became of them, in place of how they are decided.
 * @param closed issues as they were
 * @param settled what is said of those that somebody knows more of
 */
export async function endConflicts(
  queries: Queries,
  closed: readonly Readonly<Record<string, unknown>>[],
  settled: readonly IssueSeen[],
): Promise<void> {
  const conflicts = closed.filter(({ code }) => code === OPEN);
  if (conflicts.length === 0) return;
  const said = new Map(settled.map((one) => [one.key, toRow(one)]));
  const { meaning: reason, cure } = BOTH_WAYS[OVER];
  const rows = conflicts.map(
    (row) => said.get(String(row['key'])) ?? { ...row, code: OVER, reason, cure },
  );
  await queries.query(
    `update woosync.issue set code = said.code, reason = said.reason, cure = said.cure,
       woo_value = said.woo_value, salesforce_value = said.salesforce_value
     from json_populate_recordset(null::woosync.issue, $1::json) as said
     where issue.key = said.key`,
    [asJson(rows)],
  );
}
