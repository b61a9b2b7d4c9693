import { beforeEach, describe, expect, it } from 'vitest';

import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { OrgRow } from '../../../src/ports/org.ts';
import type { SyncBase } from '../../../src/ports/two-way-state.ts';
import { ownersOf, sharesEdits } from '../../../src/sync/merge/owners.ts';
import type { Planned } from '../../../src/sync/model/record.ts';
import type { Run } from '../../../src/sync/model/run.ts';
import { mappingTo } from '../../support/rows.ts';
import { OBJECT, RECORD } from './text-fields.ts';

const EDITS = { field: 'Name', onlyEdits: true } as OutgoingField;
const OTHER = { field: 'Note' } as OutgoingField;

const rowOf = (outgoing: readonly OutgoingField[], object = OBJECT) =>
  ({ mapping: mappingTo(object, { outgoing }), key: 'outlet:5' }) as Planned;

describe('a row shares the edits of another store', () => {
  it.each<[string, boolean, OutgoingField[]]>([
    ['one of its fields takes edits alone', true, [OTHER, EDITS]],
    ['its fields take all', false, [OTHER]],
    ['it has no fields', false, []],
  ])('where %s: %s', (_, isShared, outgoing) => {
    expect(sharesEdits(rowOf(outgoing))).toBe(isShared);
  });
});

describe('what is known of the pair to which a record belongs', () => {
  const known: SyncBase = {
    object: OBJECT,
    key: 'main:1',
    recordId: RECORD,
    base: {},
    pending: {},
  };
  let asked: unknown[];

  beforeEach(() => {
    asked = [];
  });

  async function owners(row: Planned, held: OrgRow | undefined, bases: readonly SyncBase[]) {
    const run = {
      state: {
        twoWay: {
          syncBases: (object: string, keys: readonly string[]) => {
            asked.push([object, keys]);
            return Promise.resolve(new Map(bases.map((base) => [base.key, base])));
          },
        },
      },
    } as unknown as Run;
    const one = { row, recordId: RECORD };
    const all = await ownersOf(run, [one], new Map(held && [[RECORD, held]]));
    return all.get(one);
  }

  const held = { Id: RECORD, Woo_Key__c: 'main:1' } as OrgRow;

  it('is asked for by the key that the record carries', async () => {
    expect(await owners(rowOf([EDITS]), held, [known])).toBe(known);
    expect(asked).toEqual([[OBJECT, ['main:1']]]);
  });

  it.each<[string, OutgoingField[], OrgRow | undefined]>([
    ['its store shares no edits', [OTHER], held],
    ['it carries no key', [EDITS], { Id: RECORD, Woo_Key__c: null }],
    ['it is not there', [EDITS], undefined],
  ])('is not asked for where %s', async (_, outgoing, there) => {
    expect(await owners(rowOf(outgoing), there, [known])).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it.each<[string, SyncBase[]]>([
    ['nothing is known', []],
    ['it is of another record', [{ ...known, recordId: '01t000000000002AAA' }]],
  ])('is none where %s', async (_, bases) => {
    expect(await owners(rowOf([EDITS]), held, bases)).toBeUndefined();
  });
});
