import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { refusalCode } from '../http-org.ts';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

const DAY = 86_400_000;
const start = Date.parse('2026-03-01T10:00:00Z');

const log = `public class BackLog {
  public static List<String> lines = new List<String>();
}`;

const told = (name: string, object: string, more = ''): string => `trigger ${name} on ${object} (
  before delete, after undelete${more}
) {
  if (!Trigger.isUndelete) { return; }
  for (${object} one : Trigger.new) {
    if (one.Name == 'stays') { one.addError('stays in the bin'); }
  }
  BackLog.lines.add('${name} ' + Trigger.operationType + ' ' + Trigger.size + ' ' + Trigger.isAfter
    + ' ' + (Trigger.old == null) + ' ' + Trigger.newMap.size() + ' ' + Trigger.new[0].IsDeleted);
}`;

let org: CodeOrg;
let now = new Date(start);

beforeAll(async () => {
  org = await CodeOrg.start({ now: () => now, sessionSeconds: 10_000_000 });
  org.deploy(
    codeFiles(
      log,
      told('BackAccounts', 'Account'),
      told('BackContacts', 'Contact'),
      told('BackOrders', 'Order'),
      told('BackWoo', 'Woo_Order__c', ', before insert, after update'),
    ),
  );
});
afterAll(() => org.close());
beforeEach(() => {
  now = new Date(start);
});

const gone = async (object: string, id: string): Promise<void> => {
  const { status } = await org.at.rest('DELETE', `/sobjects/${object}/${id}`);
  expect(status).toBe(204);
};

const names = (object: string, where: string) =>
  org.values(`SELECT Name FROM ${object} WHERE ${where} ORDER BY Name`);

const key = (name: string) => ({ Name: name, Woo_Key__c: name });

statement.group(
  '`undelete` and `Database.undelete` take a record out of the recycle bin, with what went with it and the lookups that its deletion has emptied, unless those lead elsewhere by now; what was deleted before it stays there.',
  () => {
    it('brings back an account with the contacts that went with it, and is a statement', async () => {
      const id = await org.at.create('Account', { Name: 'Back' });
      await org.at.create('Contact', { LastName: 'With', AccountId: id });
      const before = await org.at.create('Contact', { LastName: 'Before', AccountId: id });
      await gone('Contact', before);
      await gone('Account', id);
      expect(await names('Contact', `AccountId = '${id}'`)).toEqual([]);
      now = new Date(start + 60_000);
      expect(
        await org.told(
          "Limits.getDmlStatements() + ' ' + Limits.getDmlRows()",
          `Account a = [SELECT Id FROM Account WHERE Id = '${id}' ALL ROWS]; undelete a;`,
        ),
      ).toBe('1 1');
      expect(
        await org.run(`undelete [SELECT Id FROM Account WHERE Id = '${id}' ALL ROWS];`),
      ).toMatchObject({ success: true });
      expect(await names('Contact', `AccountId = '${id}'`)).toEqual(['With']);
      const [row] = await org.at.query(
        `SELECT IsDeleted, SystemModstamp FROM Account WHERE Id = '${id}'`,
      );
      expect(row).toMatchObject({
        IsDeleted: false,
        SystemModstamp: '2026-03-01T10:01:00.000+0000',
      });
      expect(await org.told(`Database.undelete('${before}').isSuccess()`)).toBe('true');
    });

    it('points to it again where nothing else has taken its place', async () => {
      const contact = await org.at.create('Contact', { LastName: 'Buyer' });
      const other = await org.at.create('Contact', { LastName: 'Other' });
      const [kept, moved, item] = [
        await org.at.create('Woo_Order__c', { ...key('kept'), Contact__c: contact }),
        await org.at.create('Woo_Order__c', { ...key('moved'), Contact__c: contact }),
        await org.at.create('Woo_Order__c', { ...key('gone'), Contact__c: contact }),
      ];
      await gone('Contact', contact);
      await gone('Woo_Order__c', item);
      await org.at.rest('PATCH', `/sobjects/Woo_Order__c/${moved}`, { Contact__c: other });
      await org.run(`Database.undelete('${contact}');`);
      expect(await org.values(`SELECT Contact__c FROM Woo_Order__c WHERE Id = '${kept}'`)).toEqual([
        contact,
      ]);
      expect(await org.values(`SELECT Contact__c FROM Woo_Order__c WHERE Id = '${moved}'`)).toEqual(
        [other],
      );
    });

    it('leaves to its master what went with it', async () => {
      const id = await org.at.create('Woo_Order__c', key('master'));
      const item = await org.at.create('Woo_Order_Item__c', { ...key('item'), Order__c: id });
      await gone('Woo_Order__c', id);
      expect(
        await org.told(`Database.undelete('${item}', false).getErrors()[0].getMessage()`),
      ).toBe('Entity is not in the recycle bin');
      await org.run(`Database.undelete(new List<Id>{ '${id}' });`);
      expect(await names('Woo_Order_Item__c', `Order__c = '${id}'`)).toEqual(['item']);
      await gone('Woo_Order_Item__c', item);
      await gone('Woo_Order__c', id);
      expect(await org.told(`Database.undelete('${item}', false).isSuccess()`)).toBe('false');
      await org.run(`Database.undelete('${id}');`);
      expect(await names('Woo_Order_Item__c', `Order__c = '${id}'`)).toEqual([]);
      expect(await org.told(`Database.undelete('${item}', false).isSuccess()`)).toBe('true');
    });
  },
);

/** An order with one product in it, and the id of that. */
async function orderWithItem(): Promise<readonly [order: string, item: string]> {
  const [Pricebook2Id] = await org.values('SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const Product2Id = await org.at.create('Product2', { Name: 'Tea' });
  const PricebookEntryId = await org.at.create('PricebookEntry', {
    Pricebook2Id,
    Product2Id,
    UnitPrice: 4,
    IsActive: true,
  });
  const OrderId = await org.at.create('Order', {
    AccountId: await org.at.create('Account', { Name: 'Buyer' }),
    Pricebook2Id,
    EffectiveDate: '2026-03-01',
    Status: 'Draft',
  });
  const line = { OrderId, PricebookEntryId, Quantity: 2, UnitPrice: 4 };
  return [OrderId, await org.at.create('OrderItem', line)];
}

describe('what follows from a record follows from one that came back', () => {
  it('counts products into the total of their order', async () => {
    const [order, item] = await orderWithItem();
    const total = () => org.values(`SELECT TotalAmount FROM Order WHERE Id = '${order}'`);
    await gone('OrderItem', item);
    expect(await total()).toEqual([0]);
    await org.run(`Database.undelete('${item}');`);
    expect(await total()).toEqual([8]);
  });

  it('has its files again, but for those that were taken off before', async () => {
    const id = await org.at.create('Account', { Name: 'Files' });
    const file = (Title: string) =>
      org.at.create('ContentVersion', {
        Title,
        PathOnClient: 'a.txt',
        VersionData: 'QQ==',
        FirstPublishLocationId: id,
      });
    await file('kept');
    await file('off');
    const links = (title: string) =>
      org.values(
        `SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '${id}' AND ContentDocument.Title = '${title}'`,
      );
    await gone('ContentDocumentLink', String((await links('off'))[0]));
    now = new Date(start + 60_000);
    await gone('Account', id);
    now = new Date(start + 120_000);
    await org.run(`Database.undelete('${id}');`);
    expect([(await links('kept')).length, (await links('off')).length]).toEqual([1, 0]);
  });
});

statement.group(
  'What is not in the recycle bin, or no longer after 15 days, cannot be undeleted, and neither can a record whose unique value another has by now; the others of a call that is not all or none come back.',
  () => {
    it('says so', async () => {
      const live = await org.at.create('Account', { Name: 'Live' });
      expect((await org.run(`undelete new Account(Id = '${live}');`)).exceptionMessage).toBe(
        `System.DmlException: Undelete failed. First exception on row 0 with id ${live}; first error: UNDELETE_FAILED, Entity is not in the recycle bin: []`,
      );
      expect(
        await org.told(
          "r.getErrors()[0].getStatusCode() + ' ' + r.getId()",
          `Database.UndeleteResult r = Database.undelete('${live}', false);`,
        ),
      ).toBe(`UNDELETE_FAILED ${live}`);
    });

    it('leaves what a later record has taken, and brings back its neighbour', async () => {
      const old = await org.at.create('Woo_Order__c', key('taken'));
      const other = await org.at.create('Woo_Order__c', key('free'));
      await gone('Woo_Order__c', old);
      await gone('Woo_Order__c', other);
      await org.at.create('Woo_Order__c', { ...key('taken'), Name: 'new' });
      const code = `List<Database.UndeleteResult> r = Database.undelete(new List<Id>{ '${old}', '${other}' }, false);`;
      expect(
        await org.told(
          "r[0].getErrors()[0].getStatusCode() + ' ' + r[1].isSuccess()",
          `${code} if (!r[1].isSuccess()) { return; }`,
        ),
      ).toBe('DUPLICATE_VALUE true');
      expect(
        await org.run(`undelete [SELECT Id FROM Woo_Order__c WHERE Name = 'taken' ALL ROWS];`),
      ).toMatchObject({ success: false });
      expect(await names('Woo_Order__c', "Woo_Key__c IN ('taken', 'free')")).toEqual(['new']);
    });

    it('forgets what was deleted more than 15 days ago', async () => {
      const id = await org.at.create('Account', { Name: 'Old' });
      await gone('Account', id);
      const count = `[SELECT COUNT() FROM Account WHERE Name = 'Old' AND IsDeleted = true ALL ROWS]`;
      const code = async () => refusalCode(await org.at.rest('GET', `/sobjects/Account/${id}`));
      now = new Date(start + 14 * DAY);
      expect(await code()).toBe('ENTITY_IS_DELETED');
      expect(await org.told(count)).toBe('1');
      expect(await org.told("[SELECT COUNT() FROM Account WHERE Name = 'Old']")).toBe('0');
      expect(
        await org.told(
          "Database.query('SELECT Id FROM Account WHERE Name = \\'Old\\' all rows').size()",
        ),
      ).toBe('1');
      now = new Date(start + 16 * DAY);
      expect(await code()).toBe('NOT_FOUND');
      expect(await org.told(count)).toBe('0');
      expect(await org.at.query("SELECT Id FROM Account WHERE Name = 'Old'", '/queryAll')).toEqual(
        [],
      );
      expect(await org.told(`Database.undelete('${id}', false).isSuccess()`)).toBe('false');
    });
  },
);

statement.group(
  'Triggers after undelete run for the records that a call names, of custom objects and of those standard ones that have such triggers, and may keep them in the recycle bin; none runs before it.',
  () => {
    const lines = "String.join(BackLog.lines, ', ')";

    it('sees them without old values, and not what comes back with them', async () => {
      const id = await org.at.create('Account', { Name: 'Seen' });
      await org.at.create('Contact', { LastName: 'Unseen', AccountId: id });
      await gone('Account', id);
      expect(await org.told(lines, `Database.undelete('${id}');`)).toBe(
        'BackAccounts AFTER_UNDELETE 1 true true 1 false',
      );
    });

    it('sees 200 at once', async () => {
      expect(
        await org.told(
          lines,
          `List<Woo_Order__c> all = new List<Woo_Order__c>();
           for (Integer i = 0; i < 250; i++) { all.add(new Woo_Order__c(Name = 'many')); }
           insert all; delete all; undelete all;`,
        ),
      ).toBe(
        'BackWoo AFTER_UNDELETE 200 true true 200 false, BackWoo AFTER_UNDELETE 50 true true 50 false',
      );
    });

    it('keeps back what it refuses', async () => {
      const [stays, comes] = [
        await org.at.create('Account', { Name: 'stays' }),
        await org.at.create('Account', { Name: 'comes' }),
      ];
      await gone('Account', stays);
      await gone('Account', comes);
      expect(
        await org.told(
          "r[0].getErrors()[0].getMessage() + ' ' + r[1].isSuccess()",
          `List<Database.UndeleteResult> r = Database.undelete(new List<Id>{ '${stays}', '${comes}' }, false);`,
        ),
      ).toBe('stays in the bin true');
      await org.run(`Database.undelete(new List<Id>{ '${stays}', '${comes}' }, false);`);
      expect(await names('Account', "Name IN ('stays', 'comes')")).toEqual(['comes']);
    });

    it('has none for orders', async () => {
      const account = await org.at.create('Account', { Name: 'Orders' });
      const id = await org.at.create('Order', {
        AccountId: account,
        EffectiveDate: '2026-03-01',
        Status: 'Draft',
      });
      await gone('Order', id);
      expect(await org.told(`'[' + ${lines} + ']'`, `Database.undelete('${id}');`)).toBe('[]');
    });
  },
);

describe('a deploy refuses', () => {
  it.each([
    ['trigger Wrong on Product2 (before undelete) { }', /before undelete/],
    ['public class Wrong { void f() { undelete 1; } }', /DML requires SObject/],
  ])('%s', (source, words) => {
    expect(org.refused(codeFiles(source)).join('\n')).toMatch(words);
  });
});
