import { expect, it } from 'vitest';
import { STATUS_LENGTHS } from '../../../src/sync/report/status/status-lengths.ts';
import { heldMapping } from '../../support/held.ts';
import { proofOf, reconcileText, type Reconciled } from '../../../src/sync/reconcile/reconcile.ts';

const found = (some: Partial<Reconciled>): Reconciled => ({
  counted: 1200,
  missing: 0,
  passedOver: 0,
  foreign: 0,
  orphans: 0,
  slice: 0,
  customers: { listed: 40, changed: 0, missing: 0 },
  content: { listed: 0, changed: 0, missing: 0 },
  failing: 0,
  failures: [],
  totals: { repaired: 0, waits: false },
  ...some,
});

it('of a store that is in step is one short sentence', () => {
  expect(reconcileText(found({}), [])).toBe('1,240 records of the shop compared: none differs.');
});

it('names what there is any of, and nothing else', () => {
  const customers = { listed: 40, changed: 0, missing: 1 };
  expect(
    reconcileText(found({ missing: 1, foreign: 3, orphans: 4, slice: 13, customers }), []),
  ).toBe(
    '1,240 records of the shop compared: 5 may differ and are looked at again (2 gone from the shop, 3 changed in Salesforce). ' +
      'Records in Salesforce that the shop does not have: 4. As each time, the next thirtieth of all records is read again: 13.',
  );
});

it('does not say of an edit that the shop may have been told since that it was repaired', () => {
  expect(reconcileText(found({ foreign: 1 }), [])).toBe(
    '1,240 records of the shop compared: 1 may differ and is looked at again (1 changed in Salesforce).',
  );
});

it('speaks of one as of one', () => {
  const customers = { listed: 1, changed: 1, missing: 0 };
  expect(reconcileText(found({ counted: 0, slice: 1, customers }), [])).toBe(
    '1 record of the shop compared: 1 differs and is repaired (1 customer). ' +
      'As each time, the next thirtieth of all records is read again: 1.',
  );
});

it('names mappings that are held, of whose records nothing is repaired', () => {
  const customers = { listed: 40, changed: 2, missing: 0 };
  const held = [heldMapping({ label: 'Contacts' })];
  expect(reconcileText(found({ customers }), held)).toBe(
    '1,240 records of the shop compared: 2 differ and are repaired (2 customers). ' +
      'Left out, since held: Contacts (MAPPING_FIELD_TWICE).',
  );
  const many = Array.from({ length: 40 }, (_, at) => heldMapping({ label: `Contacts of ${at}` }));
  expect(reconcileText(found({}), many).length).toBeLessThan(STATUS_LENGTHS.Reconcile_Result__c);
});

it('counts what differs, and what only a person can put right', () => {
  const customers = { listed: 40, changed: 2, missing: 1 };
  const totals = { repaired: 5, waits: false };
  expect(proofOf(found({ missing: 1, foreign: 3, orphans: 4, customers, totals }))).toEqual({
    counted: 1240,
    found: 16,
    repaired: 5,
    lost: 4,
  });
});

it('says of records that cannot be written that they are not in step', () => {
  expect(reconcileText(found({ failing: 9298 }), [])).toBe(
    '1,240 records of the shop compared: none else differs. Not in step, as open issues say: 9,298.',
  );
});
