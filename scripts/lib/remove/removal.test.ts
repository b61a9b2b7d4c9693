import { describe, expect, it } from 'vitest';

import { root } from '../sf.ts';
import { losses } from './losses.ts';
import { projectComponents } from './project-components.ts';
import { described, leftByHand, mustBeStopped, mustHaveNoApp, type Removal } from './removal.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

const answering = (...bodies: readonly object[]) => {
  const left = [...bodies];
  return {
    request: () => Promise.resolve({ status: 200, headers: new Headers(), body: left.shift() }),
  };
};
const records = (...rows: readonly object[]) => ({ totalSize: rows.length, records: rows });

const found: Removal = {
  shop: { webhooks: [{ store: 'main', id: 4, topic: 'order.created' }], byHand: ['By hand.'] },
  components: [
    { type: 'Flow', fullName: 'Woo_Tell' },
    { type: 'PermissionSet', fullName: 'Woo_Sales' },
  ],
  packaged: [],
  hasApp: false,
  assignments: [{ id: '0Pa', permissionSet: 'Woo_Sales', username: 'a@example.com' }],
  losses: ['Woo_Order__c: 3 records, all of them'],
};

describe('what the project brings', () => {
  const all = projectComponents(root);
  const names = all.map(({ type, fullName }) => `${type} ${fullName}`);

  it('is named once, an object for all that is about it alone', () => {
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('CustomObject Woo_Order__c');
    expect(names).toContain('CustomField Product2.Woo_Key__c');
    expect(names.join('\n')).not.toMatch(
      /CustomField Woo_Order__c|Layout Woo_Order__c|^\w+Translations? /m,
    );
  });

  it('is of recipes and of the second store too, and names no standard object', () => {
    expect(names).toContain('CustomField Opportunity.Woo_Key__c');
    expect(names).toContain('NamedCredential Woo_Outlet');
    expect(names).not.toContain('CustomObject Product2');
  });
});

describe('before anything happens', () => {
  it('says what would go', () => {
    const text = described(found, false).join('\n');
    expect(text).toContain('Webhooks in the shop: 1 are deleted');
    expect(text).toContain('Permission sets: 1 are taken from 1 users');
    expect(text).toContain('Gone for good: Woo_Order__c: 3 records');
  });

  it('says that records stay where they do', () => {
    const text = described(found, true).join('\n');
    expect(text).not.toMatch(/Gone for good|Permission sets|Deleted/);
    expect(leftByHand(found, true).join('\n')).not.toContain('integration user');
  });

  it('leaves to the package what it brought', () => {
    const packaged = [{ type: 'ApexClass', fullName: 'WooGateway' }];
    for (const lines of [described, leftByHand])
      expect(lines({ ...found, packaged }, false).join('\n')).toContain('Installed Packages');
  });

  it('counts records, and says so where they cannot be seen', async () => {
    const components = [
      { type: 'CustomObject', fullName: 'Woo_Order__c' },
      { type: 'CustomField', fullName: 'Product2.Woo_Key__c' },
      { type: 'CustomField', fullName: 'Product2.Woo_Status__c' },
    ];
    const counts = answering({ totalSize: 1, records: [] }, { totalSize: 7, records: [] });
    expect(await losses(counts, components)).toEqual([
      'Woo_Order__c: 1 record, all of them',
      'Product2: the values of Woo_Key__c, Woo_Status__c, filled in up to 7 records; the records stay',
    ]);
    const hidden = {
      request: () =>
        Promise.resolve({
          status: 400,
          headers: new Headers(),
          body: [{ errorCode: 'INVALID_TYPE', message: 'no such type' }],
        }),
    };
    expect((await losses(hidden, components))[0]).toContain('you may not see');
  });
});

describe('is refused', () => {
  const seen = (at: string | null) => answering(records({ Store__c: 'main', Last_Seen__c: at }));

  it('while a service runs', async () => {
    const running = mustBeStopped(seen('2026-03-01T11:50:00.000+0000'), NOW);
    await expect(running).rejects.toThrow('looked after main within the last 15 minutes');
    await mustBeStopped(seen('2026-03-01T11:40:00.000+0000'), NOW);
    await mustBeStopped(seen(null), NOW);
  });

  it('while the app is there whose policies name a permission set', () => {
    expect(() => {
      mustHaveNoApp({ hasApp: true });
    }).toThrow('Woo_Sync is there');
    mustHaveNoApp({ hasApp: false });
  });
});
