import type { OrgRow } from '../../ports/org.ts';
import type { Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';

/**
 * Says that an edit in Salesforce goes nowhere: the mapping of the record's store does not send the field, though that of
 * another store does, so that people may enter it. What the shop says is written back beside this.
 * @param us id of the user that we write as
 */
export function reportUnsent(run: Run, us: string, row: Planned, held: OrgRow): void {
  const { mapping, key, link } = row;
  if (mapping.unsent === undefined || held['LastModifiedById'] === us) return;
  const values = row.row.fields;
  const edited = mapping.unsent.filter((one) =>
    one.field in values
      ? !mapping.holds(one.field, values[one.field] ?? null, held[one.field])
      : one.fromSalesforce(held[one.field]) !== null,
  );
  const [first, ...more] = edited;
  if (first === undefined) return;
  const names = edited.map(({ field }) => field).join(', ');
  const value = first.fromSalesforce(held[first.field]);
  run.report.fail(mapping, {
    ...{ key, recordId: link?.recordId ?? null, code: 'EDIT_NOT_SENT', aspect: 'unsent' },
    field: more.length === 0 ? first.field : null,
    message: `The mapping ${mapping.name} of this store does not send ${names} to the shop: what the shop says of it is back in Salesforce, and what it does not say is in Salesforce alone.`,
    ...(more.length === 0 && value !== null && { salesforceValue: String(value) }),
  });
}
