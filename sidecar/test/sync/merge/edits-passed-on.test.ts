import { beforeEach, describe, expect, it } from 'vitest';

import type { Mapping, OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { Pair } from '../../../src/ports/two-way-state.ts';
import type { Linked } from '../../../src/sync/merge/linked.ts';
import { lookAtUnsent, passEditsOn } from '../../../src/sync/merge/other-keys.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { mappingTo } from '../../support/rows.ts';
import { KEY, OBJECT, PAIR, RECORD } from './text-fields.ts';

const OTHER: Pair = { ...PAIR, key: 'outlet:5' };
const SENDS = { outgoing: [{ field: 'Name' } as OutgoingField] };

let asked: unknown[];
let queued: unknown[];

beforeEach(() => {
  asked = [];
  queued = [];
});

interface Given {
  readonly mappings?: readonly Mapping[];
  readonly linked?: readonly Pair[];
  /** Keys that Salesforce has reported. */
  readonly dirty?: readonly string[];
  readonly isAlone?: boolean;
}

function runOf(given: Given): Run {
  const dirty = new Map((given.dirty ?? [KEY]).map((key) => [key, 1]));
  return {
    store: { key: 'main' },
    mappings: given.mappings ?? [mappingTo(OBJECT, { resource: 'product', ...SENDS })],
    dirty,
    state: {
      twoWay: {
        syncBases: (object: string, keys: readonly string[]) => {
          asked.push(['syncBases', object, keys]);
          return Promise.resolve(new Map(keys.includes(KEY) ? [[KEY, { ...PAIR, object }]] : []));
        },
        linkedTo: (ids: readonly string[]) => {
          asked.push(['linkedTo', ids]);
          return Promise.resolve(given.linked ?? [PAIR, OTHER]);
        },
        markDirty: (keys: readonly string[]) => {
          asked.push(['markDirty', keys]);
          return Promise.resolve();
        },
        dirty: (keys: readonly string[]) =>
          Promise.resolve(new Map([...dirty].filter(([key]) => keys.includes(key)))),
      },
    },
    ...(given.isAlone !== true && {
      enqueueFollowUps: (changes: unknown) => queued.push(changes),
    }),
  } as unknown as Run;
}

describe('records that the shop has no more', () => {
  const away = (...ids: number[]) =>
    new Map([['product', ids.map((id): WooRecord => ({ id }))]] as const);

  it('are looked at by their other keys, where Salesforce has reported an edit', async () => {
    await passEditsOn(runOf({}), away(1, 2));
    expect(asked).toEqual([
      ['syncBases', OBJECT, [KEY]],
      ['linkedTo', [RECORD]],
      ['markDirty', ['outlet:5']],
    ]);
    expect(queued).toEqual([[{ resource: 'product', key: 'outlet:5' }]]);
  });

  it('are not where it has reported none', async () => {
    await passEditsOn(runOf({}), away(2));
    expect([asked, queued]).toEqual([[], []]);
  });

  it('are not where no mapping sends anything to the shop', async () => {
    await passEditsOn(runOf({ mappings: [mappingTo(OBJECT, { resource: 'product' })] }), away(1));
    expect([asked, queued]).toEqual([[], []]);
  });

  it('are asked for once for each object', async () => {
    const mappings = ['a', 'b'].map((name) =>
      mappingTo(OBJECT, { name, resource: 'product', ...SENDS }),
    );
    await passEditsOn(runOf({ mappings }), away(1));
    expect(asked).toHaveLength(3);
  });

  it.each<[string, Pair[]]>([
    ['have no other key', [PAIR]],
    ['have one of another object', [PAIR, { ...OTHER, object: 'Pricebook2' }]],
    ['have one of a guest', [PAIR, { ...OTHER, key: 'outlet:guest:ada@example.com' }]],
  ])('queue nothing where they %s', async (_, linked) => {
    await passEditsOn(runOf({ linked }), away(1));
    expect(queued).toEqual([]);
  });

  it('are reported by their other keys where nobody takes follow-ups', async () => {
    await passEditsOn(runOf({ isAlone: true }), away(1));
    expect(asked.at(-1)).toEqual(['markDirty', ['outlet:5']]);
  });
});

describe('records that are back', () => {
  const back = (mapping = mappingTo(OBJECT, { resource: 'product' })) =>
    [{ row: { mapping, key: KEY }, recordId: RECORD, base: undefined }] as unknown as Linked[];

  it('are looked at by other keys under which an edit waits', async () => {
    const linked = [PAIR, OTHER, { ...OTHER, key: 'third:6' }];
    await lookAtUnsent(runOf({ dirty: [KEY, 'outlet:5'], linked }), back());
    expect(queued).toEqual([[{ resource: 'product', key: 'outlet:5' }]]);
  });

  it('are not where none does', async () => {
    await lookAtUnsent(runOf({}), back());
    expect(queued).toEqual([]);
  });

  it('are none where nothing is', async () => {
    await lookAtUnsent(runOf({}), []);
    expect([asked, queued]).toEqual([[], []]);
  });
});
