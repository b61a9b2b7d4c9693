import type { FieldMappingRow } from '../model/config-rows.ts';
import type { OutgoingField, Settings } from '../model/mapping.ts';
import type { Problems } from '../model/problems.ts';
import { goesToWoo } from './outgoing-fields.ts';

/** Says of what is to go to the shop and does not: resources that only come, and fields of a mapping that goes one way. */
export function warnOfOneWay(
  settings: Settings,
  rows: readonly FieldMappingRow[],
  problems: Problems,
): void {
  const { name, resource, direction } = settings;
  if (goesToWoo(settings)) return;
  if (direction !== 'to_salesforce') {
    const records = `${resource.replace('_', ' ')} records`;
    problems.warn({
      code: 'MAPPING_NOT_TO_WOO',
      message: `${name} goes ${direction === 'both' ? 'both ways' : 'to the shop'}, but only products and orders do: nothing of its ${records} is written there.`,
      cure: 'Set its direction to to_salesforce, and that of its fields.',
    });
    return;
  }
  for (const row of rows) {
    if (!['to_woo', 'both'].includes(row.direction?.trim().toLowerCase() ?? '')) continue;
    problems.warn({
      code: 'MAPPING_NOT_TO_WOO',
      place: row.name,
      message: `${row.name} goes to the shop, but its mapping ${name} only goes to Salesforce, so it is not sent.`,
      cure: `Set the direction of ${name} to both, or that of ${row.name} to to_salesforce.`,
    });
  }
}

/** The shop takes products without a name, and shows them as such; a draft of an order is sent once its status says so. */
export function checkCreateInWoo(
  settings: Settings,
  outgoing: readonly OutgoingField[],
  problems: Problems,
): void {
  const { name, createInWoo, resource } = settings;
  if (!createInWoo || !goesToWoo(settings)) return;
  if (resource === 'order' && !outgoing.some(({ attribute }) => attribute === 'status')) {
    problems.hold({
      code: 'MAPPING_CREATE_IN_WOO',
      message: `${name} creates orders in the shop, but none of its fields gives them a status, so nobody can say when a draft is to be sent.`,
      cure: 'Add a field mapping to the attribute status with the direction both, or uncheck Create in WooCommerce.',
    });
  }
  if (resource !== 'product' || outgoing.some(({ attribute }) => attribute === 'name')) return;
  problems.hold({
    code: 'MAPPING_CREATE_IN_WOO',
    message: `${name} creates products in the shop, but none of its fields gives them a name.`,
    cure: 'Add a field mapping to the attribute name with the direction both or to_woo, or uncheck Create in WooCommerce.',
  });
}
