import { describe, expect, it } from 'vitest';

import type { Mapping } from '../../../src/mapping/model/mapping.ts';
import { sweepRhythms } from '../../../src/engine/store/sweep-intervals.ts';
import { mappingTo } from '../../support/rows.ts';

const order = (over: Partial<Mapping> = {}) => mappingTo('Order', { resource: 'order', ...over });
const product = (over: Partial<Mapping> = {}) =>
  mappingTo('Product2', { resource: 'product', ...over });
const refund = (over: Partial<Mapping> = {}) =>
  mappingTo('Refund', { resource: 'refund', ...over });

describe('sweepRhythms', () => {
  it('sweeps together what has the same interval, a quarter of an hour where none is named', () => {
    expect(sweepRhythms([order({ sweepMinutes: 15 }), product()], null)).toEqual([
      { seconds: 900, resources: ['product', 'order'] },
    ]);
  });

  it('takes the shortest interval of a resource, its parts included', () => {
    const mappings = [order({ sweepMinutes: 60 }), refund({ sweepMinutes: 5 })];
    expect(sweepRhythms([...mappings, product({ sweepMinutes: 30 })], null)).toEqual([
      { seconds: 1800, resources: ['product'] },
      { seconds: 300, resources: ['order'] },
    ]);
  });

  it('keeps the pace where nothing is pushed to us, for what is wanted in real time', () => {
    const scheduled = product({ sweepMinutes: 240, realTime: false });
    expect(sweepRhythms([order({ sweepMinutes: 15 }), scheduled], 60)).toEqual([
      { seconds: 14_400, resources: ['product'] },
      { seconds: 60, resources: ['order'] },
    ]);
  });

  it.each([0, -15, 0.25])(
    'sweeps each minute at most, should an interval of %d come past the check',
    (sweepMinutes) => {
      expect(sweepRhythms([order({ sweepMinutes })], null)).toEqual([
        { seconds: 60, resources: ['order'] },
      ]);
    },
  );

  it('takes the usual interval for one that is no number', () => {
    expect(sweepRhythms([order({ sweepMinutes: Number.NaN })], null)).toEqual([
      { seconds: 900, resources: ['order'] },
    ]);
  });

  it('leaves out what no mapping wants', () => {
    expect(sweepRhythms([mappingTo('Contact', { resource: 'customer' })], 60)).toEqual([]);
  });
});
