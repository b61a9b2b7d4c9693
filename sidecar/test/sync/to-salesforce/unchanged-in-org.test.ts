import { describe, expect, it } from 'vitest';

import { findUnchanged } from '../../../src/sync/to-salesforce/unchanged-in-org.ts';
import { HoldingOrg } from '../../support/holding-org.ts';
import { mappingTo, reference, rowOf, upsert } from '../../support/rows.ts';

function ofOrder(recordId: string, over: Parameters<typeof upsert>[2] = {}) {
  return upsert('Order', 'o1', { target: { recordId, byId: false }, ...over });
}

describe('findHeld', () => {
  it('asks nothing of a row that says nothing to a record that is there', async () => {
    const org = new HoldingOrg();
    const entry = ofOrder(org.add('Order', {}));
    expect(await findUnchanged(org, [entry])).toEqual(new Set([entry]));
    expect(org.queried).toEqual([]);
  });

  it('asks nothing of a row that refers to what is on its way: the org cannot hold that', async () => {
    const org = new HoldingOrg();
    const coming = reference('Contact', 'c1');
    const entry = ofOrder(org.add('Order', {}), { references: [coming] });
    expect(await findUnchanged(org, [entry])).toEqual(new Set());
    expect(org.queried).toEqual([]);
  });

  it('compares in the way of the mapping', async () => {
    const org = new HoldingOrg();
    const id = org.add('Order', { Total: '5.00' });
    const mapping = mappingTo('Order', {
      holds: (field, written, held) => field === 'Total' && Number(held) === written,
    });
    const row = (Total: number) => ofOrder(id, { mapping, row: rowOf('o1', { Total }) });
    const [same, other] = [row(5), row(6)];
    expect(await findUnchanged(org, [same, other])).toEqual(new Set([same]));
  });

  it('asks for many records of an object in few queries', async () => {
    const org = new HoldingOrg();
    const entries = Array.from({ length: 1000 }, (_, at) => {
      const recordId = org.add('Order', { Total: at });
      return ofOrder(recordId, { row: rowOf(`o${at}`, { Total: at }) });
    });
    expect((await findUnchanged(org, entries)).size).toBe(1000);
    expect(org.queried.length).toBeLessThanOrEqual(5);
  });
});
