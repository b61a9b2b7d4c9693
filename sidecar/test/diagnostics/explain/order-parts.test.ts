import { describe, expect, it } from 'vitest';
import { type Explanation } from '../../../src/diagnostics/explain/explain.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { verified } from '../../support/links.ts';
import { COMPLETED, LINK, ORDER, THERE, explained, type Scene } from './explained.ts';

const [LINE] = ORDER['line_items'] as WooRecord[];

describe('the parts of an order', () => {
  it('go with it', async () => {
    const { parts } = await explained({ records: { orders: [COMPLETED] } }, 'order', '3801');
    const items = parts.filter(({ resource }) => resource === 'order_item');
    expect(items.length).toBeGreaterThan(0);
    expect(items[0]?.title).toBe(`product line ${String(LINE?.['id'])}`);
    expect(items.map(({ mappings }) => mappings[0]?.action)).toEqual(items.map(() => 'create'));
    expect(items[0]?.mappings[0]?.references).toMatchObject([
      { object: 'Woo_Order__c', key: 'main:3801', recordId: null, explained: true },
    ]);
  });

  it('stay out with it', async () => {
    const { parts } = await explained({ records: { orders: [ORDER] } }, 'order', '3801');
    const item = parts.find(({ resource }) => resource === 'order_item')?.mappings[0];
    expect(item?.why).toBe('Its order is not in Salesforce and not wanted there.');
  });

  it('cost one call per object', async () => {
    const { soql } = await explained({ records: { orders: [COMPLETED] } }, 'order', '3801');
    expect(soql.map((text) => / FROM (\w+) /.exec(text)?.[1]).sort()).toEqual([
      'Contact',
      'Woo_Order_Item__c',
      'Woo_Order__c',
    ]);
  });
});

describe('one mapping alone', () => {
  const scene: Scene = {
    records: { orders: [COMPLETED] },
    inOrg: { Woo_Order__c: [THERE] },
    links: { 'Woo_Order__c main:3801': { ...LINK, ...verified('other') } },
  };
  const saidOf = ({ parts }: Explanation, name: string) =>
    parts.flatMap(({ mappings }) => mappings.filter(({ mapping }) => mapping === name));

  it.each([
    ['Order', ['Contact', 'Woo_Order__c']],
    ['Item', ['Contact', 'Woo_Order_Item__c', 'Woo_Order__c']],
  ])('%s is explained as among the others, by queries of %j', async (only, objects) => {
    for (const orders of [[COMPLETED], [ORDER]]) {
      const records = { orders };
      const all = saidOf(await explained({ ...scene, records }, 'order', '3801'), only);
      const { soql, ...alone } = await explained({ ...scene, records, only }, 'order', '3801');
      expect(all.length).toBeGreaterThan(0);
      expect(saidOf(alone, only)).toEqual(all);
      expect(soql.map((text) => / FROM (\w+) /.exec(text)?.[1]).sort()).toEqual(objects);
    }
  });
});
