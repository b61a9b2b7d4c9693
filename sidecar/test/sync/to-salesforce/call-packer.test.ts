import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { Row } from '../../../src/mapping/model/record.ts';
import type { Guard, PendingUpsert } from '../../../src/sync/model/pending-write.ts';
import { CallPacker } from '../../../src/sync/to-salesforce/call-packer.ts';
import { mappingTo, reference, rowOf, upsert } from '../../support/rows.ts';

const IMAGES: OutgoingField = {
  place: 'Product_Gallery',
  field: 'Gallery__c',
  attribute: 'product_gallery_images',
  kind: 'gallery_images',
  direction: 'both',
  fromWoo: () => null,
  fromSalesforce: () => null,
  toWoo: () => ({ patch: {} }),
};

function fill(entries: Iterable<PendingUpsert>): CallPacker {
  const packer = new CallPacker();
  for (const entry of entries) packer.add(entry);
  return packer;
}

function drain(packer: CallPacker): string[][][] {
  const calls: string[][][] = [];
  while (packer.size > 0) {
    const batches = packer.take();
    calls.push(batches.map(({ entries }) => entries.map(({ key }) => key)));
  }
  return calls;
}

const GUARD: Guard = {
  name: 'Name<name',
  field: 'Name',
  held: 'Tea',
  modified: '',
  written: 'Mug',
  form: (value) => String(value),
};

describe('Outbox', () => {
  it('sends records before those that refer to them, whatever the order added', () => {
    const packer = fill([
      upsert('Item', 'i1', { references: [reference('Order', 'o1')] }),
      upsert('Order', 'o1', { references: [reference('Contact', 'c1')] }),
      upsert('Contact', 'c1', { references: [reference('Account', 'a1')] }),
      upsert('Account', 'a1'),
    ]);
    expect(drain(packer)).toEqual([[['a1'], ['c1'], ['o1'], ['i1']]]);
  });

  it('leaves room for what is asked of records right before they are written', () => {
    const target = (at: number) => ({ recordId: `r${at}`, byId: false });
    const row = (at: number, guards?: readonly Guard[]) =>
      upsert('Product2', `p${at}`, { target: target(at), ...(guards && { guards }) });
    const rows = Array.from({ length: 1000 }, (_, at) => at);
    const sizes = (entries: readonly PendingUpsert[]) =>
      drain(fill(entries)).map((call) => call.map(({ length }) => length));
    expect(sizes(rows.map((at) => row(at)))).toEqual([[200, 200, 200, 200, 200]]);
    expect(sizes(rows.map((at) => row(at, [GUARD])))).toEqual([[200, 200], [200, 200], [200]]);
    expect(sizes(rows.map((at) => row(at, at < 200 ? [GUARD] : [])))).toEqual([
      [200, 200, 200, 200],
      [200],
    ]);
    // New records are asked nothing.
    const fresh = rows.map((at) => upsert('Product2', `p${at}`, { guards: [GUARD] }));
    expect(sizes(fresh)).toEqual([[200, 200, 200, 200, 200]]);
  });

  it('never mixes rows that are found by different key fields', () => {
    const packer = fill([
      upsert('Contact', 'c1'),
      upsert('Contact', 'c2', { mapping: mappingTo('Contact', { keyField: 'Other_Key__c' }) }),
    ]);
    expect(drain(packer)).toEqual([[['c1'], ['c2']]]);
  });

  it('puts a record that refers to a waiting one of its own object into a later collection', () => {
    const packer = fill([
      upsert('Product2', 'parent'),
      upsert('Product2', 'variation', { references: [reference('Product2', 'parent')] }),
    ]);
    expect(drain(packer)).toEqual([[['parent'], ['variation']]]);
  });

  it('fills collections of 200 and calls of five', () => {
    const packer = fill(Array.from({ length: 1201 }, (_, at) => upsert('Order', `o${at}`)));
    const sizes = drain(packer).map((call) => call.map((keys) => keys.length));
    expect(sizes).toEqual([
      [200, 200, 200, 200, 200],
      [200, 1],
    ]);
  });

  it('puts at most 50 rows into a collection with one that writes image fields', () => {
    const mapping = mappingTo('Product2', { outgoing: [IMAGES] });
    const product = (at: number, fields: Row['fields']) =>
      upsert('Product2', `p${at}`, { mapping, row: rowOf(`p${at}`, fields) });
    const sizesOf = (fields: (at: number) => Row['fields']) =>
      drain(fill(Array.from({ length: 120 }, (_, at) => product(at, fields(at))))).map((call) =>
        call.map((keys) => keys.length),
      );
    expect(sizesOf(() => ({ Gallery__c: '069000000000001AAA' }))).toEqual([[50, 50, 20]]);
    expect(sizesOf(() => ({ Gallery__c: null }))).toEqual([[50, 50, 20]]);
    // One late in the list goes with the next collection.
    expect(sizesOf((at): Row['fields'] => (at === 110 ? { Gallery__c: '' } : {}))).toEqual([
      [110, 10],
    ]);
    expect(sizesOf(() => ({ Name: 'a "Gallery__c":' }))).toEqual([[120]]);
  });

  it('keeps the newest form of a record that is added twice, and gives back the older', () => {
    const packer = new CallPacker();
    const older = upsert('Order', 'o1', { hash: 'old' });
    const newer = upsert('Order', 'o1', { hash: 'new' });
    expect(packer.add(older)).toBeUndefined();
    expect(packer.add(newer)).toBe(older);
    expect(packer.take().flatMap(({ entries }) => entries)).toEqual([newer]);
    expect(packer.size).toBe(0);
  });

  it('cuts a call where the text would pass the size limit, and sends a huge record alone', () => {
    const note = 'x'.repeat(1_400_000);
    const big = (key: string) => upsert('Order', key, { row: rowOf(key, { Note__c: note }) });
    expect(drain(fill([big('a'), big('b'), upsert('Order', 'c')]))).toEqual([
      [['a']],
      [['b', 'c']],
    ]);
  });

  it('survives objects that refer to each other', () => {
    const packer = fill([
      upsert('A', 'a', { references: [reference('B', 'b')] }),
      upsert('B', 'b', { references: [reference('A', 'a')] }),
    ]);
    expect(drain(packer).flat(2).sort()).toEqual(['a', 'b']);
  });

  it('loses nothing, doubles nothing and never sends a child first', () => {
    const object = fc.constantFrom('Account', 'Contact', 'Order', 'Item');
    const parents: Record<string, string> = { Contact: 'Account', Order: 'Contact', Item: 'Order' };
    const row = fc.tuple(object, fc.nat(300), fc.nat(300));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 2500 }), (rows) => {
        const entries = new Map<string, PendingUpsert>();
        for (const [name, number, parent] of rows) {
          const to = parents[name];
          const references = to ? [reference(to, `${to}${parent}`)] : [];
          entries.set(`${name}${number}`, upsert(name, `${name}${number}`, { references }));
        }
        const sent = drain(fill(entries.values())).flat(2);
        expect([...sent].sort()).toEqual([...entries.keys()].sort());
        const position = new Map(sent.map((key, at) => [key, at]));
        for (const [key, { references }] of entries) {
          for (const { key: parent } of references) {
            const before = position.get(parent);
            if (before !== undefined) expect(before).toBeLessThan(position.get(key) ?? -1);
          }
        }
      }),
      { numRuns: 25 },
    );
  });
});
