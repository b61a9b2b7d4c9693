import type { ConflictRule } from '../../mapping/model/record.ts';
import type { OrgRow } from '../../ports/org.ts';
import type { Planned } from '../model/record.ts';

export type Side = 'woo' | 'salesforce';

/**
 * Whose value is kept where both sides have changed; `ask`: a person decides.
 * @param newest which record was changed last; looked up only for the rule that needs it
 */
export function winnerByRule(rule: ConflictRule, newest: () => Side): Side | 'ask' {
  if (rule === 'ask') return 'ask';
  if (rule === 'newest_wins') return newest();
  return rule === 'woo_wins' ? 'woo' : 'salesforce';
}

/** Which record was changed last, for the conflict rule that asks. */
export function newestOf({ record }: Pick<Planned, 'record'>, held: OrgRow): Side {
  const woo = Date.parse(`${String(record['date_modified_gmt'])}Z`);
  const salesforce = Date.parse(String(held['LastModifiedDate']).replace('+0000', 'Z'));
  return woo >= salesforce ? 'woo' : 'salesforce';
}
