import { expect, it } from 'vitest';

import { createStore } from '../../local/store/store.ts';
import { expectedOf } from '../lib/demo/expected.ts';
import type { OrgAnswer } from '../lib/install/admin-session.ts';
import { mustBeFree } from './must-be-free.ts';

interface Said {
  readonly sandbox?: boolean;
  readonly stores?: readonly object[];
  /** By object. */
  readonly records?: Readonly<Record<string, number>>;
  /** A record that the shop would match: its object, field and value. */
  readonly match?: readonly [object: string, field: string, value: string | undefined];
}

/** Of the shop, the last of each: they stand in a query of their own. */
const ORDERS = 5;
const { known } = expectedOf(createStore({ orders: ORDERS }).shop);
const [shopper, sku] = [known.customer.at(-1), known.product.at(-1)];

const MAIN = { Key__c: 'main', Active__c: true };

/** An org that answers queries; nothing else may be asked of it. */
function org({ sandbox = true, stores = [MAIN], records = {}, match }: Said = {}) {
  const rows = (soql: string): readonly object[] | number => {
    const [, object = ''] = /FROM (\w+)/.exec(soql) ?? [];
    if (object === 'Organization')
      return [{ IsSandbox: sandbox, OrganizationType: 'Enterprise Edition' }];
    if (object === 'Woo_Store__mdt') return stores;
    if (soql.includes('COUNT()')) return records[object] ?? 0;
    const [of, field = '', value = ''] = match ?? [];
    const asked = new RegExp(` ${field} IN \\(.*'${value}'`);
    return object === of && asked.test(soql) ? [{ Id: '003000000000001AAA' }] : [];
  };
  const request = (method: string, path: string): Promise<OrgAnswer> => {
    expect(method).toBe('GET');
    expect(path.length, 'an address that Salesforce takes').toBeLessThan(16_000);
    const found = rows(new URL(path, 'https://org.example').searchParams.get('q') ?? '');
    const all = typeof found === 'number' ? [] : found;
    const totalSize = typeof found === 'number' ? found : found.length;
    return Promise.resolve({
      status: 200,
      headers: new Headers(),
      body: { totalSize, records: all },
    });
  };
  return { request };
}

it('takes an org with the store main alone, of which nothing is there', async () => {
  await expect(mustBeFree(org(), false)).resolves.toBeUndefined();
  await expect(mustBeFree(org({ sandbox: false }), true, ORDERS)).resolves.toBeUndefined();
  const inactive = { Key__c: 'outlet', Active__c: false };
  await expect(
    mustBeFree(org({ stores: [MAIN, inactive] }), false, ORDERS),
  ).resolves.toBeUndefined();
});

it.each<[string, Said, RegExp]>([
  ['is in production', { sandbox: false }, /production org. Nothing was done.*--production/],
  ['has not the project', { stores: [] }, /not in the org: run npm run setup-org/],
  ['syncs another store', { stores: [MAIN, { Key__c: 'eu', Active__c: true }] }, /stores \(eu\)/],
  ['has no store main', { stores: [{ Key__c: 'eu', Active__c: false }] }, /no store with the key/],
  ['has been synced', { records: { Product2: 3, Woo_Order__c: 2 } }, /\(2 Woo_Order__c, 3 Prod/],
  [
    'knows a shopper',
    { match: ['Contact', 'Email', shopper] },
    /\(Contact 003000000000001AAA, Email\)/,
  ],
  [
    'sells such a product',
    { match: ['Product2', 'StockKeepingUnit', sku] },
    /StockKeepingUnit\): the service would write/,
  ],
])('refuses an org that %s', async (_what, said, sentence) => {
  await expect(mustBeFree(org(said), false, ORDERS)).rejects.toThrow(sentence);
});
