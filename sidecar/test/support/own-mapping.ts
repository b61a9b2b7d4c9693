import { compileMappings } from '../../src/mapping/compile/compile.ts';
import type { MappingRow } from '../../src/mapping/model/config-rows.ts';
import {
  field,
  fieldRow,
  mappingRow,
  object,
  schemas,
  source,
  STORE_ROW,
} from '../mapping/support/mappings.ts';

const ORG = schemas(
  object('Woo_Order__c', field('Name', 'string')),
  object('Account', field('Name', 'string')),
);

/** A field that no object has, so that what writes it is held. */
export const MISTAKE = 'Nmae';

export const STORES = [STORE_ROW, { ...STORE_ROW, name: 'Outlet', key: 'outlet' }] as const;

/**
 * The stores main and outlet, with a mapping `Order` of orders for both, and the outlet's own `Outlet_Order`.
 * @param common the field that the first writes
 * @param own the field that the second writes
 */
export function ownMapping(common: string, own: string, row: Partial<MappingRow> = {}) {
  const from = source({
    stores: [...STORES],
    mappings: [
      mappingRow({ name: 'Order' }),
      mappingRow({ name: 'Outlet_Order', store: 'outlet', ...row }),
    ],
    fields: [
      fieldRow(common, 'number'),
      fieldRow(own, 'number', { name: 'Outlet_Name', mapping: 'Outlet_Order' }),
    ],
  });
  return { from, compiled: compileMappings(from, ORG) };
}
