import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { field, fieldRow, mappingRow } from '../../mapping/support/mappings.ts';
import { checked, described, foundIn, ORDER_FIELDS, short, type Scene } from './ground.ts';

const NAME = fieldRow('Name', 'number');

describe('what the integration user may not do', () => {
  const withRights = (
    more: Parameters<typeof described>[2],
    row: Partial<Parameters<typeof mappingRow>[0]> = {},
    fields = ORDER_FIELDS,
  ): Scene => ({
    source: { mappings: [mappingRow({ name: 'Order', ...row })], fields: [NAME] },
    objects: [described('Woo_Order__c', fields, more)],
  });

  it.each([
    ['create', withRights({ createable: false }), ['error GRANT_CREATE Order']],
    [
      'create, where nothing is created',
      withRights({ createable: false }, { onCreate: false }),
      [],
    ],
    ['edit', withRights({ updateable: false }), ['error GRANT_EDIT Order']],
    ['delete, where nothing is deleted', withRights({ deletable: false }), []],
    [
      'delete, which the delete rule asks for',
      withRights({ deletable: false }, { deleteRule: 'delete' }),
      ['error GRANT_DELETE Order'],
    ],
    [
      'delete, which the rule for an unmet condition asks for',
      withRights({ deletable: false }, { whenUnmet: 'Delete' }),
      ['error GRANT_DELETE Order'],
    ],
  ])('%s', async (_, scene, expected) => {
    expect(await foundIn(scene)).toEqual(expected);
  });

  it('delete, so that items stay which an order has no longer', async () => {
    const row = { resource: 'order_item' };
    const scene = withRights({ deletable: false }, row);
    const fields = [fieldRow('Name', 'name')];
    const found = await foundIn({ ...scene, source: { ...scene.source, fields } });
    expect(found).toEqual(['warning GRANT_DELETE Order']);
  });

  it('edit the key, see or edit a field', async () => {
    const key = field('Woo_Key__c', 'string', {
      externalId: true,
      unique: true,
      createable: false,
      updateable: false,
    });
    const fixed = field('Total__c', 'double', { createable: false, updateable: false });
    const fields = [field('Name', 'string'), fixed, key];
    const found = await foundIn({
      source: {
        mappings: [mappingRow({ name: 'Order' })],
        fields: [NAME, fieldRow('Total__c', 'total'), fieldRow('Hidden__c', 'total')],
      },
      objects: [described('Woo_Order__c', fields)],
    });
    expect(found).toEqual(
      expect.arrayContaining([
        'error GRANT_KEY Order',
        'error MAPPING_FIELD_READ_ONLY Map_Total__c',
        'error MAPPING_UNKNOWN_FIELD Map_Hidden__c',
      ]),
    );
  });

  it('see an object that ships: its mappings may be invisible', async () => {
    const objects = [described('Woo_Order__c', ORDER_FIELDS), described('Woo_Refund__c')];
    const { setup } = await checked({ source: { fields: [NAME] }, objects });
    expect(setup.map(short)).toEqual([
      'error OBJECT_NOT_VISIBLE Woo_Order_Item__c',
      'warning OBJECT_NOT_VISIBLE Account',
      'warning OBJECT_NOT_VISIBLE Contact',
      'warning OBJECT_NOT_VISIBLE Product2',
    ]);
  });

  it('read the custom metadata', async () => {
    const said = new CodedError('SF_NOT_DEPLOYED', 'INVALID_TYPE (Woo_Mapping__mdt)', 'Grant it.');
    const { asked } = await checked({});
    const { check } = await import('../../../src/diagnostics/check/check.ts');
    const org = { ...asked.org, readMappings: () => Promise.reject(said) };
    const report = await check({ org, openStore: asked.openStore });
    expect(report.setup.map(short)).toEqual(['error SF_NOT_DEPLOYED custom metadata']);
    expect(report.mappings).toEqual([]);
  });
});
