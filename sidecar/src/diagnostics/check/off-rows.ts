import { offRowsOf } from '../../mapping/compile/off-rows.ts';
import type { MappingRow, MappingSource } from '../../mapping/model/config-rows.ts';
import { type Finding, hint, warning } from './finding.ts';

/** How many field mappings and conditions of a mapping are off, and which. */
export function checkOffRows({ name: mapping }: MappingRow, source: MappingSource): Finding[] {
  const { fields, conditions } = offRowsOf(source, mapping);
  if (fields.length + conditions.length === 0) return [];
  const said = [counted(fields.length, 'field mapping'), counted(conditions.length, 'condition')];
  const names = [...fields, ...conditions].map(({ name }) => name);
  return [
    hint({
      code: 'CHECK_ROWS_OFF',
      place: mapping,
      message: `${said.flatMap((one) => one ?? []).join(' and ')} of ${mapping} ${names.length === 1 ? 'is' : 'are'} off: ${names.join(', ')}.`,
      cure: 'Nothing, if that is meant; otherwise check Active of them. What is not needed any more can be deleted.',
    }),
  ];
}

/** That the org has not filled the checkbox. */
export function checkUnfilled({ isActiveUnfilled = false }: MappingSource): Finding[] {
  if (!isActiveUnfilled) return [];
  return [
    warning({
      code: 'CHECK_ACTIVE_UNFILLED',
      place: 'Woo_Field_Mapping',
      message:
        'No field mapping is active, as in an org that has the checkbox Active since an upgrade, so all field mappings and conditions count as active. Once one of them is active, those that are not are off.',
      cure: 'Check Active of all of them at once: retrieve the records (docs/upgrade.md), write true for Active__c, and deploy them. To stop a mapping, deactivate the mapping itself.',
    }),
  ];
}

function counted(number: number, noun: string): string | null {
  return number === 0 ? null : `${number} ${noun}${number === 1 ? '' : 's'}`;
}
