import { describe, expect, it } from 'vitest';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import { verified } from '../../support/links.ts';
import { COMPLETED, ORDER, explained, type Links } from './explained.ts';

describe('records', () => {
  it('of a guest are made from an order', async () => {
    const { parts, soql } = await explained(
      { records: { orders: [COMPLETED] } },
      'customer',
      'guest:Zoe@store.example',
    );
    expect(parts[0]).toMatchObject({ title: 'customer (guest)', resource: 'customer' });
    expect(soql[0]).toContain("'main:guest:zoe@store.example'");
  });

  it('of a guest whom Salesforce has leave it as it is, whether the state can be looked at or not', async () => {
    const key = 'main:guest:zoe@store.example';
    const Contact = [{ Id: '003000000000001AAA', Woo_Key__c: key, LastName: 'As it came' }];
    const known = { [`Contact ${key}`]: { recordId: '003000000000001AAA', ...verified('other') } };
    const asked = async (links?: Links) => {
      const scene = {
        records: { orders: [COMPLETED] },
        inOrg: { Contact },
        ...(links && { links }),
      };
      return (await explained(scene, 'customer', 'guest:zoe@store.example')).parts[0]?.mappings[0];
    };
    const unpaid = await explained(
      { records: { orders: [ORDER] }, inOrg: { Contact }, links: known },
      ...(['customer', 'guest:zoe@store.example'] as const),
    );
    expect(unpaid.parts[0]?.mappings[0]?.action).toBe('unchanged');
    for (const links of [known, undefined]) {
      expect(await asked(links)).toMatchObject({
        action: 'unchanged',
        stays: { LastName: 'left alone' },
        why: 'Salesforce has the guest as an order brought it, and later orders change nothing of it.',
      });
    }
    expect((await asked({}))?.action).toBe('update');
  });

  it('of a guest are as the latest order says that a mapping wants', async () => {
    const named = (status: string, last_name: string): WooRecord => ({
      ...COMPLETED,
      status,
      billing: { ...(COMPLETED['billing'] as object), last_name },
    });
    const asked = async (...orders: readonly WooRecord[]) => {
      const scene = { records: { orders }, links: {} };
      return (await explained(scene, 'customer', ' Guest: zoe@store.example')).parts[0]
        ?.mappings[0];
    };
    const [unpaid, paid, old] = [
      named('pending', 'Unpaid'),
      named('completed', 'Paid'),
      named('completed', 'Old'),
    ];
    expect(await asked(unpaid, paid, old)).toMatchObject({
      action: 'create',
      trace: { fields: [{ result: 'Paid' }] },
    });
    expect(await asked(unpaid)).toMatchObject({
      action: 'none',
      trace: { fields: [{ result: 'Unpaid' }] },
      why: 'An order brings a guest, and none of its orders is wanted in Salesforce.',
    });
  });
});
