import { beforeEach, describe, expect, it } from 'vitest';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import {
  field,
  fieldRow,
  lookup,
  mappingRow,
  object,
  schemas,
  source,
} from '../../mapping/support/mappings.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';

const ORG = schemas(
  object('Contact', field('LastName', 'string', { nillable: false })),
  object(
    'Woo_Order__c',
    field('Status__c', 'string'),
    lookup('Contact__c', 'Contact'),
    lookup('Account__c', 'Contact'),
  ),
);

/** Customers and their orders, as the mapping of the customers runs, is switched off or is held. */
type Customers = 'run' | 'are off' | 'are held';

function mappingsOf(customers: Customers) {
  const contact = mappingRow({ name: 'Contact', resource: 'customer', object: 'Contact' });
  const name = customers === 'are held' ? 'no_such_attribute' : 'last_name';
  return compileMappings(
    source({
      mappings: [
        { ...contact, active: customers !== 'are off' },
        mappingRow({ name: 'Order', resource: 'order', object: 'Woo_Order__c' }),
      ],
      fields: [
        fieldRow('LastName', name, { mapping: 'Contact' }),
        fieldRow('Status__c', 'status', { mapping: 'Order' }),
        fieldRow('Contact__c', 'customer', { mapping: 'Order', kind: 'lookup' }),
        fieldRow('Account__c', 'customer', { mapping: 'Order', kind: 'lookup' }),
      ],
    }),
    ORG,
  ).mappings;
}

const ADA = { id: 3, role: 'customer', email: 'ada@shop.example', last_name: 'Byron' };
const BOB = { id: 4, role: 'customer', email: 'bob@shop.example', last_name: 'Smith' };
const order = (id: number, over: WooRecord = {}) => {
  return { id, status: 'completed', customer_id: 3, line_items: [], ...over };
};

describe.each(['are off', 'are held'] as const)('orders whose customers %s', (away) => {
  let org: HoldingOrg;
  let state: MemoryState;

  /** @returns how many records were written */
  async function synced(customers: Customers, ...orders: readonly WooRecord[]): Promise<number> {
    org.written.length = 0;
    const store = new ListStore({ customers: [ADA, BOB], orders });
    await backfill({ org: org.asOrg, state, store, mappings: mappingsOf(customers) });
    return org.written.length;
  }

  const contactOf = (key: string) => org.of('Contact').find((one) => one['Woo_Key__c'] === key)?.Id;
  const inOrg = (id: number) =>
    org.of('Woo_Order__c').find((one) => one['Woo_Key__c'] === `main:${id}`);

  beforeEach(() => {
    org = new HoldingOrg();
    state = new MemoryState();
  });

  it('are not written where nothing has changed, neither then nor once the customers are back', async () => {
    const orders = [order(1), order(2, { customer_id: 0 })];
    expect(await synced('run', ...orders)).toBe(4);
    const held = JSON.stringify(org.of('Woo_Order__c'));
    expect(await synced(away, ...orders)).toBe(0);
    expect(await synced(away, ...orders)).toBe(0);
    expect(await synced('run', ...orders)).toBe(0);
    expect(JSON.stringify(org.of('Woo_Order__c'))).toBe(held);
    expect(inOrg(1)).toMatchObject({ Contact__c: contactOf('main:3') });
  });

  it('and that are new get their customer once it is back, and that is the end of it', async () => {
    await synced('run', order(1));
    expect(await synced(away, order(1), order(2))).toBe(1);
    expect(inOrg(2)?.['Contact__c']).toBeUndefined();
    expect(await synced(away, order(1), order(2))).toBe(0);
    expect(await synced('run', order(1), order(2))).toBe(1);
    expect(inOrg(2)).toMatchObject({ Contact__c: contactOf('main:3') });
    expect(await synced('run', order(1), order(2))).toBe(0);
  });

  it('and that change customer get the new one once it is back', async () => {
    await synced('run', order(1));
    const moved = order(1, { customer_id: 4, status: 'processing' });
    expect(await synced(away, moved)).toBe(1);
    expect(inOrg(1)).toMatchObject({ Status__c: 'processing', Contact__c: contactOf('main:3') });
    expect(await synced(away, moved)).toBe(0);
    expect(await synced('run', moved)).toBe(1);
    expect(inOrg(1)).toMatchObject({ Contact__c: contactOf('main:4') });
  });

  it('and that are made anew meanwhile get it too', async () => {
    await synced('run', order(1));
    org.objects.delete('Woo_Order__c');
    const changed = order(1, { status: 'processing' });
    await synced(away, changed);
    expect(inOrg(1)?.['Contact__c']).toBeUndefined();
    expect(await synced('run', changed)).toBe(1);
    expect(inOrg(1)).toMatchObject({ Contact__c: contactOf('main:3') });
  });
});
