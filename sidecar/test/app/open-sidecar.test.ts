import { expect, it } from 'vitest';
import { problemsFor } from '../../src/app/open-sidecar.ts';
import { MISTAKE, ownMapping, STORES } from '../support/own-mapping.ts';

const [MAIN, OUTLET] = STORES;

it('a command of one store is not told of mappings that are held for others', () => {
  const held = (stores: Parameters<typeof problemsFor>[0], common: string, own: string) => {
    const { from, compiled } = ownMapping(common, own);
    const problems = problemsFor(stores, from, compiled);
    return problems.filter(({ fatal }) => fatal).map(({ mapping }) => mapping);
  };
  expect(held([MAIN], MISTAKE, MISTAKE)).toEqual(['Order']);
  expect(held([OUTLET], MISTAKE, MISTAKE)).toEqual(['Outlet_Order']);
  expect(held([OUTLET], MISTAKE, 'Name')).toEqual([]);
  expect(held([MAIN, OUTLET], MISTAKE, MISTAKE)).toEqual(['Order', 'Outlet_Order']);
});
