import { describe, expect, it } from 'vitest';
import type { OutgoingField } from '../../../src/mapping/model/mapping.ts';
import type { Planned } from '../../../src/sync/model/record.ts';
import { MatchBuffer } from '../../../src/sync/pipeline/match-buffer.ts';
import { CountingPage, mappingTo, rowOf } from '../../support/rows.ts';
import { verified } from '../../support/links.ts';

const name: OutgoingField = {
  place: 'Name',
  field: 'Name',
  attribute: 'name',
  kind: 'value',
  direction: 'both',
  fromWoo: () => null,
  fromSalesforce: () => null,
  toWoo: () => ({ patch: {} }),
};
const page = new CountingPage();
const matched = {
  name: 'Sku__c',
  object: 'Product2',
  field: 'Sku__c',
  caseSensitive: false,
  through: null,
  value: () => 'A',
};

function planned(key: string, over: Parameters<typeof mappingTo>[1], isLinked: boolean): Planned {
  const object = 'Product2';
  const link = { object, key, recordId: '01t', ...verified(null), parentKey: null, byId: false };
  return {
    mapping: mappingTo(object, over),
    record: { id: 7 },
    key,
    parentKey: null,
    row: rowOf(key),
    link: isLinked ? link : undefined,
    readNumber: 0,
    readAt: new Date(0),
    page,
  };
}

describe('pages that wait', () => {
  it('keep the records of the shop that are read again, and no others', () => {
    const matchBuffer = new MatchBuffer();
    const rows = [
      planned('main:1', { matchFields: [matched] }, false),
      planned('main:2', { outgoing: [name] }, true),
      planned('main:3', {}, true),
    ];
    expect(matchBuffer.add({ planned: rows, page, known: null })).toBe(false);
    const [work] = matchBuffer.take();
    expect(work?.planned.map(({ record }) => record)).toEqual([{ id: 7 }, { id: 7 }, {}]);
  });
});
