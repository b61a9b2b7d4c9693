import { expect, it } from 'vitest';
import { type FactRow, factsOf } from '../fact-map.ts';

const row = (currency: string | null, day: string, amount: number): FactRow => ({
  groups: [currency, day].map((value) => ({ value, label: value ?? '-' })),
  numbers: [amount],
  cells: [{ label: String(amount), value: amount }],
});
const ROWS = [
  row('USD', '2026-03-01', 7),
  row('EUR', '2026-03-01', 0.1),
  row('EUR', '2026-03-02', 5),
  row('EUR', '2026-03-01', 0.2),
  row(null, '2026-03-02', 1),
];
const facts = (more: Partial<Parameters<typeof factsOf>[1]> = {}) =>
  factsOf(ROWS, { descending: [false, true], scales: [2], withRows: false, ...more });

it('groups are in their own order, those without a value first, and keys say which they are', () => {
  const seen = facts().groupings.map(({ key, label, groupings }) => [
    `${key} ${label}`,
    groupings.map((one) => `${one.key} ${one.label}`),
  ]);
  expect(seen).toEqual([
    ['0 -', ['0_0 2026-03-02']],
    ['1 EUR', ['1_0 2026-03-02', '1_1 2026-03-01']],
    ['2 USD', ['2_0 2026-03-01']],
  ]);
});

it('each group and all of them have their sums, as exact as the field, and their number of rows', () => {
  const { factMap } = facts();
  const of = (key: string) => factMap[key]?.aggregates.map(({ value }) => value);
  expect([of('T!T'), of('1!T'), of('1_1!T'), of('2_0!T')]).toEqual([
    [13.3, 5],
    [5.3, 3],
    [0.3, 2],
    [7, 1],
  ]);
  expect(factMap['1_1!T']?.aggregates[0]?.label).toBe('0.3');
  expect(factMap['1_1!T']).not.toHaveProperty('rows');
});

it('rows are with the innermost groups alone', () => {
  const { factMap } = facts({ withRows: true });
  const of = (key: string) => factMap[key]?.rows?.map(({ dataCells }) => dataCells[0]?.value);
  expect([of('T!T'), of('1!T'), of('1_1!T')]).toEqual([[], [], [0.1, 0.2]]);
});
