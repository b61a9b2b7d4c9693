import type { OrgRow } from '../../ports/org.ts';
import type { Planned } from '../model/record.ts';

/** Which record was changed last, for the conflict rule that asks. */
export function newestOf({ record }: Pick<Planned, 'record'>, held: OrgRow): 'woo' | 'salesforce' {
  const woo = Date.parse(`${String(record['date_modified_gmt'])}Z`);
  const salesforce = Date.parse(String(held['LastModifiedDate']).replace('+0000', 'Z'));
  return woo >= salesforce ? 'woo' : 'salesforce';
}
