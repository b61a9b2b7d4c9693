import { describe, expect, it } from 'vitest';
import { newKey } from '../../../src/mapping/keys/new-record-key.ts';
import type { QueuedAs } from '../../../src/ports/change-queue.ts';
import type { ChangeEvent } from '../../../src/ports/change.ts';
import type { Setup, StoreSetup } from '../../../src/ports/setup.ts';
import { type Edit, queueEdits } from '../../../src/sync/detect/outbound-edits.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mapping } from '../../support/shop-mappings.ts';
import { verified } from '../../support/links.ts';

const OBJECT = 'Product2';
const ID = '01t000000000001AAA';
const OTHER = '01t000000000002AAA';
const edit = (over: Partial<Edit> = {}): Edit => ({
  object: OBJECT,
  recordId: ID,
  key: null,
  ...over,
});

/** Two shops, of which one makes products. */
const SETUP = {
  stores: [
    ['main', true],
    ['outlet', false],
  ].map(([key, createInWoo]) => ({
    store: { key },
    held: [],
    mappings: [
      {
        ...mapping('product', OBJECT, () => [], { createInWoo: createInWoo === true }),
        outgoing: [{}],
      },
    ],
  })) as unknown as readonly StoreSetup[],
} as Setup;

/** The same while the mapping of products is held. */
const HELD = {
  stores: SETUP.stores.map((one) => ({
    ...one,
    mappings: [],
    held: [{ object: 'product2 ', resource: 'product' }],
  })),
} as unknown as Setup;

function world(setup: Setup | null = SETUP) {
  const state = new MemoryState();
  const added: ChangeEvent[] = [];
  const ways: (QueuedAs | undefined)[] = [];
  const add = (changes: readonly ChangeEvent[], how?: QueuedAs) => {
    added.push(...changes);
    ways.push(how);
    return Promise.resolve();
  };
  const link = async (key: string, recordId: string, object = OBJECT, byId = false) => {
    const known = { ...verified(null), parentKey: null, byId, readNumber: 1 };
    await state.didWrite([{ object, key, recordId, ...known }], []);
  };
  const away = new Set<string>();
  const tell = async (...edits: readonly Edit[]) => {
    const parts = { twoWay: state.twoWay, queue: { add }, setup: () => setup, away: () => away };
    await queueEdits(parts, edits);
    const keys = added.map(({ key }) => key);
    expect([...state.twoWay.edits.keys()]).toEqual(expect.arrayContaining([...new Set(keys)]));
    return keys;
  };
  return { link, tell, away, added, ways, reported: state.twoWay.edits };
}

describe('an edit in Salesforce', () => {
  it('queues the record by each key under which it is linked, in whatever store', async () => {
    const { link, tell } = world();
    await link('main:1', ID);
    await link('outlet:5', ID);
    await link('main:9', OTHER);
    expect(await tell(edit({ object: 'product2' }))).toEqual(['main:1', 'outlet:5']);
  });

  it('lets others go first where more come together than people edit at once', async () => {
    const { tell, ways } = world();
    const some = (count: number) =>
      Array.from({ length: count }, (_, at) => edit({ key: `main:${at + 1}` }));
    await tell(...some(10));
    await tell(...some(11));
    expect(ways).toEqual([undefined, 'bulk']);
  });

  it('of an order is queued as one, where its mapping goes back', async () => {
    const back = (outgoing: readonly unknown[]) =>
      ({
        stores: SETUP.stores.map((one) => ({
          ...one,
          mappings: [...one.mappings, { ...mapping('order', 'Woo_Order__c', () => []), outgoing }],
        })),
      }) as unknown as Setup;
    const { tell, added } = world(back([{}]));
    await tell(edit({ object: 'woo_order__c', key: 'main:7' }), edit({ key: 'main:8' }));
    expect(added).toEqual([
      { resource: 'order', key: 'main:7' },
      { resource: 'product', key: 'main:8' },
    ]);
  });

  it('is remembered, and queued as nothing else, while no mapping sends its object', async () => {
    const { link, tell, reported } = world();
    await link('main:7', ID, 'Woo_Order__c');
    expect(await tell(edit({ object: 'Woo_Order__c', key: 'main:7' }))).toEqual([]);
    expect([...reported.keys()]).toEqual(['main:7']);
  });

  it('is queued while the mapping is held, also where the record was adopted', async () => {
    const { link, tell } = world(HELD);
    await link('main:1', ID);
    await link('outlet:5', ID, OBJECT, true);
    await link('main:9', ID, 'Lead', true);
    expect(await tell(edit())).toEqual(['main:1', 'outlet:5']);
  });

  it('queues the key that it carries, where no link is known', async () => {
    expect(await world().tell(edit({ key: 'outlet:7' }))).toEqual(['outlet:7']);
    expect(await world(null).tell(edit({ key: 'outlet:7' }))).toEqual(['outlet:7']);
  });

  it.each([
    ['of a store that there is not', 'gone:7'],
    ['that is none', 'anything'],
    ['of a guest', 'main:guest:a@example.com'],
  ])('queues nothing for a key %s', async (_what, key) => {
    expect(await world().tell(edit({ key }))).toEqual([]);
  });

  it('queues a record that no shop has by its own id, for the shops that make it', async () => {
    expect(await world().tell(edit())).toEqual([newKey('main', { object: OBJECT, recordId: ID })]);
    expect(await world(null).tell(edit())).toEqual([]);
  });

  it('queues it too for a shop whose mapping that makes them is away, and for none where the key of another is known', async () => {
    const { link, tell, away } = world();
    away.add(`outlet ${OBJECT}`).add('outlet Contact').add('off Contact');
    const made = ['main', 'outlet'].map((key) => newKey(key, { object: OBJECT, recordId: ID }));
    expect(await tell(edit({ object: 'product2' }))).toEqual(made);
    const others = world();
    others.away.add(`outlet ${OBJECT}`);
    await others.link('main:1', ID);
    expect(await others.tell(edit(), edit({ recordId: OTHER, key: 'main:2' }))).toEqual([
      'main:1',
      'main:2',
    ]);
    await link('main:9', OTHER);
    expect((await tell(edit({ recordId: OTHER }))).slice(made.length)).toEqual(['main:9']);
  });

  it('queues it too for a store that is off, which makes them once it is back', async () => {
    const { link, tell, away, added } = world();
    away.add(`off ${OBJECT}`).add(`other ${OBJECT}`);
    const keys = ['main', 'off', 'other'].map((key) =>
      newKey(key, { object: OBJECT, recordId: ID }),
    );
    expect(await tell(edit({ object: 'product2' }))).toEqual(keys);
    expect(new Set(added.map(({ resource }) => resource))).toEqual(new Set(['product']));
    await link('main:1', OTHER);
    expect((await tell(edit({ recordId: OTHER }))).slice(keys.length)).toEqual(['main:1']);
  });

  it('fault 1: that is told of five times in one message is one change event', async () => {
    const { link, tell } = world();
    await link('main:1', ID);
    expect(await tell(...Array.from({ length: 5 }, () => edit()))).toEqual(['main:1']);
  });

  it('fault 7: of a record that was deleted before queues nothing, and the others go on', async () => {
    const { link, tell } = world();
    await link('main:1', ID);
    expect(await tell(edit({ recordId: null }), edit())).toEqual(['main:1']);
  });
});
