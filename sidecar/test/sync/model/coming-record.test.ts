import { expect, it } from 'vitest';
import {
  comingBases,
  isComing,
  isMadeSince,
  notComing,
} from '../../../src/sync/model/coming-record.ts';
import { upsert } from '../../support/rows.ts';

const BEGAN = new Date('2026-11-28T12:00:00Z');
const agrees = { Name: ['w', 's'] } as const;
const target = { recordId: 'a01', byId: false };

it('is told of records alone that are made, and whose values go both ways', () => {
  const entries = [
    upsert('Order', 'made', { agrees }),
    upsert('Order', 'known', { agrees, target }),
    upsert('Order', 'one way'),
  ];
  expect(comingBases(entries, BEGAN)).toEqual([
    {
      object: 'Order',
      key: 'made',
      base: agrees,
      recordId: 'coming since 2026-11-28T12:00:00.000Z',
    },
  ]);
});

it('ends where the record is there, or was refused', () => {
  const [coming] = comingBases([upsert('Order', 'o1', { agrees })], BEGAN);
  expect(coming && isComing(coming)).toBe(true);
  expect(isComing({ recordId: 'a01000000000001AAA' })).toBe(false);
  const refused = notComing({ object: 'Order', key: 'o1' });
  expect([isComing(refused), refused.base]).toEqual([false, {}]);
});

it.each([
  ['2026-11-28T12:00:01.000+0000', true],
  // The clock of the org may be ten minutes behind.
  ['2026-11-28T11:50:00.000+0000', true],
  ['2026-11-28T11:49:59.000+0000', false],
  [undefined, false],
])('of a record that was made at %s: %s', (createdDate, isOurs) => {
  const [coming] = comingBases([upsert('Order', 'o1', { agrees })], BEGAN);
  expect(coming && isMadeSince(coming, createdDate)).toBe(isOurs);
});
