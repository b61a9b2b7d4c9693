import { describe, expect, it } from 'vitest';
import { rowHash } from '../../../src/mapping/build/row-hash.ts';
import { compileMappings } from '../../../src/mapping/compile/compile.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { fieldRow } from '../../mapping/support/mappings.ts';
import { verified } from '../../support/links.ts';
import {
  COMPLETED,
  FIELDS,
  KNOWN,
  LINK,
  ORDER,
  THERE,
  config,
  explained,
  type Scene,
} from './explained.ts';

/** The hash that a write of the order leaves behind. */
function hashOf(order: WooRecord): string {
  const { mappings } = compileMappings(config(), KNOWN);
  const { row } =
    mappings
      .find(({ name }) => name === 'Order')
      ?.build(order, { key: 'main', url: 'https://shop.example' }) ?? {};
  if (!row) throw new Error('the order cannot be built');
  return rowHash(row, JSON.stringify(row.fields));
}

async function actionOf(scene: Omit<Scene, 'records'>, order: WooRecord = COMPLETED) {
  const { parts } = await explained({ ...scene, records: { orders: [order] } }, 'order', '3801');
  return parts[0]?.mappings[0];
}

describe('what would be done with an order', () => {
  const contact = {
    Contact: [{ Id: '003000000000001AAA', Woo_Key__c: 'main:guest:zoe@store.example' }],
  };
  const here = { ...contact, Woo_Order__c: [THERE] };

  it.each([
    ['create it', {}, COMPLETED, 'create'],
    ['nothing, where the condition is not met', {}, ORDER, 'none'],
    [
      'update it, where its condition is met no longer',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, ...verified('other') } } },
      ORDER,
      'update',
    ],
    ['nothing, where another wrote what is not wanted', { inOrg: here, links: {} }, ORDER, 'none'],
    [
      'nothing, where nothing is created',
      { config: config({ onCreate: false }) },
      COMPLETED,
      'none',
    ],
    [
      'left, where nothing is updated',
      { inOrg: here, config: config({ onUpdate: false }) },
      COMPLETED,
      'left',
    ],
    [
      'update it, where it was flagged as deleted and is back',
      {
        inOrg: here,
        links: { 'Woo_Order__c main:3801': { ...LINK, state: 'soft_deleted', hash: null } },
      },
      COMPLETED,
      'update',
    ],
    [
      'nothing, where it carries another key and nothing changed',
      {
        inOrg: { ...contact, Woo_Order__c: [{ ...THERE, Woo_Key__c: 'two:9' }] },
        links: { 'Woo_Order__c main:3801': { ...LINK, hash: hashOf(COMPLETED), byId: true } },
      },
      COMPLETED,
      'unchanged',
    ],
    ['update it, where another has written it', { inOrg: here, links: {} }, COMPLETED, 'update'],
    ['not known, without a state', { inOrg: here }, COMPLETED, 'unknown'],
    [
      'nothing, where nothing changed',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, hash: hashOf(COMPLETED) } } },
      COMPLETED,
      'unchanged',
    ],
    [
      'update it, where it changed',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, ...verified('other') } } },
      COMPLETED,
      'update',
    ],
    [
      'update it, where the last write is in doubt',
      { inOrg: here, links: { 'Woo_Order__c main:3801': { ...LINK, ...verified(null) } } },
      COMPLETED,
      'update',
    ],
    [
      'update it, where it was deleted in Salesforce',
      { links: { 'Woo_Order__c main:3801': { ...LINK, hash: hashOf(COMPLETED) } } },
      COMPLETED,
      'update',
    ],
    [
      'left, where the mapping says stop',
      { inOrg: here, config: config({ whenUnmet: 'stop' }) },
      ORDER,
      'left',
    ],
    [
      'the delete rule, where the mapping says delete',
      { inOrg: here, config: config({ whenUnmet: 'delete', deleteRule: 'delete' }) },
      ORDER,
      'delete_rule',
    ],
    ['refuse it', {}, { ...COMPLETED, total: '10,50' }, 'refused'],
  ] as const)('%s', async (_, scene, order, action) => {
    const there = await actionOf(scene, order);
    expect(there?.action, there?.why).toBe(action);
  });

  it('says what becomes of edits of a record that is left, where edits go to the shop', async () => {
    const waits = 'What is edited of it in Salesforce waits until the mapping writes it again.';
    for (const whenUnmet of ['stop', 'delete']) {
      const oneWay = await actionOf({ inOrg: here, config: config({ whenUnmet }) }, ORDER);
      expect(oneWay).toMatchObject({ action: 'left' });
      expect(oneWay?.why).not.toContain(waits);
      const fields = FIELDS.map((one) => ({ ...one, direction: 'to_salesforce' }));
      const sent = fieldRow('Email__c', 'meta_data.mail', { direction: 'both' });
      const both = { ...config({ whenUnmet, direction: 'both' }), fields: [...fields, sent] };
      expect((await actionOf({ inOrg: here, config: both }, ORDER))?.why).toContain(waits);
    }
  });

  it('is said with the values that decided', async () => {
    const there = await actionOf({}, ORDER);
    expect(there?.trace.conditions).toMatchObject([
      {
        attribute: 'status',
        operator: 'equals',
        expected: 'completed',
        actual: 'processing',
        met: false,
      },
    ]);
  });

  it('is set beside what Salesforce has, field by field', async () => {
    const total = Number(COMPLETED['total']);
    const paid = `${String(COMPLETED['date_paid_gmt'])}.000+0000`;
    const row = { ...THERE, Name: 'old', Total__c: total, Paid__c: paid, Contact__r: null };
    const there = await actionOf({ inOrg: { ...contact, Woo_Order__c: [row] } });
    expect(there?.recordId).toBe(LINK.recordId);
    expect(Object.fromEntries((there?.beside ?? []).map((one) => [one.field, one.same]))).toEqual({
      Woo_Key__c: null,
      Name: false,
      Total__c: true,
      Contact__c: false,
      Paid__c: COMPLETED['date_paid_gmt'] === null ? false : true,
    });
    expect(there?.references).toEqual([
      {
        field: 'Contact__c',
        object: 'Contact',
        key: 'main:guest:zoe@store.example',
        recordId: '003000000000001AAA',
        explained: false,
      },
    ]);
  });

  it('names the mappings that cannot run', async () => {
    const broken = { ...config(), fields: [...FIELDS, fieldRow('Totl__c', 'total')] };
    const { parts } = await explained(
      { config: broken, records: { orders: [COMPLETED] } },
      'order',
      '3801',
    );
    expect(parts[0]?.held.map(({ code }) => code)).toContain('MAPPING_UNKNOWN_FIELD');
    expect(parts[0]?.mappings).toEqual([]);
  });
});
