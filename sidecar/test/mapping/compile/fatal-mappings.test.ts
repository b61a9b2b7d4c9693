import { describe, expect, it } from 'vitest';
import { conditionRow, fieldRow } from '../support/mappings.ts';
import { CONTACT, LAST_NAME, NAME, ORDER, PHONE, run } from './small-org.ts';
import { expectFatal, type FatalCase } from './fatal-case.ts';

describe('a mapping with a fatal problem is left out and says why', () => {
  it.each<FatalCase>([
    [
      'unknown object',
      { mappings: [{ ...ORDER, object: 'Wo_Order__c' }] },
      ...(['MAPPING_UNKNOWN_OBJECT', 'Order', /"Wo_Order__c"/] as const),
    ],
    [
      'no object',
      { mappings: [{ ...ORDER, object: null }] },
      ...(['MAPPING_NO_OBJECT', 'Order', /which Salesforce object/] as const),
    ],
    [
      'unknown resource',
      { mappings: [{ ...ORDER, resource: 'voucher' }] },
      ...(['MAPPING_UNKNOWN_RESOURCE', 'Order', /"voucher".*order_item/s] as const),
    ],
    [
      'no resource',
      { mappings: [{ ...ORDER, resource: ' ' }] },
      ...(['MAPPING_NO_RESOURCE', 'Order', /which WooCommerce records/] as const),
    ],
    [
      'unknown store',
      { mappings: [{ ...ORDER, store: 'mian' }] },
      ...(['MAPPING_UNKNOWN_STORE', 'Order', /"mian"/] as const),
    ],
    [
      'unknown direction',
      { mappings: [{ ...ORDER, direction: 'sideways' }] },
      ...(['MAPPING_UNKNOWN_DIRECTION', 'Order', /direction "sideways"/] as const),
    ],
    [
      'unknown conflict rule',
      { mappings: [{ ...ORDER, conflictRule: 'coin' }] },
      ...(['MAPPING_UNKNOWN_RULE', 'Order', /conflict rule "coin"/] as const),
    ],
    [
      'unknown rule for unmet',
      { mappings: [{ ...ORDER, whenUnmet: 'drop' }] },
      ...(['MAPPING_UNKNOWN_RULE', 'Order', /"drop"/] as const),
    ],
    [
      'sweep of no minutes',
      { mappings: [{ ...ORDER, sweepMinutes: 0 }] },
      ...(['MAPPING_SWEEP_MINUTES', 'Order', /every 0 minutes/] as const),
    ],
    [
      'sweep that goes back in time',
      { mappings: [{ ...ORDER, sweepMinutes: -15 }] },
      ...(['MAPPING_SWEEP_MINUTES', 'Order', /every -15 minutes/] as const),
    ],
    [
      'sweep of an interval that is no number',
      { mappings: [{ ...ORDER, sweepMinutes: Number.NaN }] },
      ...(['MAPPING_SWEEP_MINUTES', 'Order', /every NaN minutes/] as const),
    ],
    [
      'unknown match field',
      { mappings: [{ ...ORDER, matchFields: 'Name; Nmae' }] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Order', /matches by "Nmae"/] as const),
    ],
    [
      'key that is no external id',
      { mappings: [{ ...ORDER, externalIdField: 'Plain_Key__c' }] },
      ...(['MAPPING_KEY_NOT_EXTERNAL_ID', 'Order', /Plain_Key__c/] as const),
    ],
    [
      'key that is too short',
      { mappings: [{ ...ORDER, externalIdField: 'Short_Key__c' }] },
      ...(['MAPPING_KEY_NOT_EXTERNAL_ID', 'Order', /at least 64/] as const),
    ],
    [
      'key that does not exist',
      { mappings: [{ ...ORDER, externalIdField: 'Nope__c' }] },
      ...(['MAPPING_UNKNOWN_FIELD', 'Order', /"Nope__c"/] as const),
    ],
    [
      'flag without a field',
      { mappings: [{ ...ORDER, deleteRule: 'flag' }] },
      ...(['MAPPING_NO_DELETE_FIELD', 'Order', /flags deleted/] as const),
    ],
    [
      'flag value that does not fit',
      { mappings: [{ ...ORDER, deleteRule: 'flag', deleteField: 'Paid__c', deleteValue: 'gone' }] },
      ...(['MAPPING_BAD_DELETE_VALUE', 'Order', /"gone".*checkbox/] as const),
    ],
    [
      'flag in a field that cannot be edited',
      { mappings: [{ ...ORDER, deleteRule: 'flag', deleteField: 'Source__c', deleteValue: 'x' }] },
      ...(['MAPPING_BAD_DELETE_VALUE', 'Order', /"x" to Source__c/] as const),
    ],
  ])('%s', (...wrong) => {
    expectFatal(wrong);
  });

  it('a required field that nothing fills, unless the mapping creates nothing', () => {
    const contact = (onCreate: boolean) =>
      run({ mappings: [{ ...CONTACT, onCreate }], fields: [PHONE] });
    expect(contact(true).problems).toMatchObject([
      { code: 'MAPPING_REQUIRED_FIELD', mapping: 'Customer_Contact', fatal: true },
    ]);
    expect(contact(true).problems[0]?.message).toContain('LastName');
    expect(contact(false)).toMatchObject({
      problems: [],
      mappings: [{ name: 'Customer_Contact' }],
    });
  });

  it('no field mapping, which would make records with nothing but a key', () => {
    const { mappings, problems } = run({ mappings: [ORDER, CONTACT], fields: [NAME] });
    expect(mappings.map(({ name }) => name)).toEqual(['Order']);
    expect(problems).toMatchObject([
      { code: 'MAPPING_NO_FIELDS', mapping: 'Customer_Contact', fatal: true },
    ]);
  });

  it.each([
    ['a static value', fieldRow('Name', null, { kind: 'static', staticValue: 'Shop' })],
    ['a lookup', fieldRow('Contact__c', 'customer', { kind: 'lookup' })],
  ])('but not one that maps only %s', (_, one) => {
    const fields = [LAST_NAME, one];
    const { mappings, problems } = run({ mappings: [ORDER, CONTACT], fields });
    expect(problems).toEqual([]);
    expect(mappings).toHaveLength(2);
  });

  it('reports everything that is wrong with it, and lets the others go on', () => {
    const { mappings, problems } = run({
      mappings: [{ ...ORDER, conflictRule: 'coin' }, CONTACT],
      fields: [LAST_NAME, fieldRow('A__c', 'id'), fieldRow('B__c', 'id')],
      conditions: [conditionRow(1, 'status', 'like', 'x')],
    });
    expect(problems.map(({ code }) => code)).toEqual([
      'MAPPING_UNKNOWN_RULE',
      'MAPPING_UNKNOWN_FIELD',
      'MAPPING_UNKNOWN_FIELD',
      'CONDITION_UNKNOWN_OPERATOR',
    ]);
    expect(mappings.map(({ name }) => name)).toEqual(['Customer_Contact']);
  });
});
