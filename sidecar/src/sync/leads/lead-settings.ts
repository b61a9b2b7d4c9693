import type { StoreRow } from '../../mapping/model/config-rows.ts';
import type { LeadSettings } from '../../ports/org.ts';

/** What a store says of leads; null where they are left alone. */
export function leadSettings({
  leadRule,
  convertedLeadStatus,
}: Pick<StoreRow, 'leadRule' | 'convertedLeadStatus'>): LeadSettings | null {
  if (leadRule !== 'link' && leadRule !== 'convert') return null;
  return { rule: leadRule, convertedStatus: convertedLeadStatus };
}
