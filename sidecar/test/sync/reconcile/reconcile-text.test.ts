import { expect, it } from 'vitest';
import { reconcileText, type Reconciled } from '../../../src/sync/reconcile/reconcile.ts';

const found = (some: Partial<Reconciled>): Reconciled => ({
  ...{ counted: 1200, missing: 0, foreign: 0, orphans: 0, slice: 0 },
  customers: { listed: 40, changed: 0, missing: 0 },
  ...some,
});

it('of a store that is in step is one short sentence', () => {
  expect(reconcileText(found({}))).toBe('1,240 records of the shop compared: none differs.');
});

it('names what there is any of, and nothing else', () => {
  const customers = { listed: 40, changed: 0, missing: 1 };
  expect(reconcileText(found({ missing: 1, foreign: 3, orphans: 4, slice: 13, customers }))).toBe(
    '1,240 records of the shop compared: 5 differ and are repaired (2 gone from the shop, 3 changed in Salesforce). ' +
      'Records in Salesforce that the shop does not have: 4. To be sure, 13 more are read again.',
  );
});
