import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assignment, flow, formula, item } from '../../../flow/test/flows.ts';
import { file } from '../../../metadata/test/packages.ts';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

/** What triggers have seen, in the order in which they ran. */
const log = `public class TriggerLog {
  public static List<String> lines = new List<String>();
  public static void add(String name) {
    lines.add(name + ' ' + Trigger.operationType + ' ' + Trigger.size);
  }
}`;

const products = `trigger Products on Product2 (before insert, before update, before delete, after insert, after update, after delete) {
  TriggerLog.add('Products');
  if (Trigger.isBefore && !Trigger.isDelete) {
    for (Product2 one : Trigger.new) {
      if (one.Name == 'field') { one.Name.addError('not this name'); }
      if (one.Name == 'record') { one.addError('not this record'); }
      if (one.Name == 'null') { String none; none.length(); }
      if (one.ProductCode == null) { one.ProductCode = 'set by trigger'; }
    }
  }
  if (Trigger.isUpdate && Trigger.isBefore) {
    for (Id key : Trigger.newMap.keySet()) {
      Product2 was = Trigger.oldMap.get(key);
      Product2 now = Trigger.newMap.get(key);
      if (was.Name != now.Name) { now.Description = was.Name + ' > ' + now.Name; }
    }
  }
  if (Trigger.isAfter && Trigger.isInsert) {
    for (Product2 one : Trigger.new) {
      if (one.Name == 'late') { one.addError('too late'); }
      if (one.Name == 'written') { one.Name = 'x'; }
    }
  }
  if (Trigger.isDelete && Trigger.isBefore) {
    for (Product2 one : Trigger.old) {
      if (one.Name == 'kept') { one.addError('is kept'); }
    }
  }
}`;

/** Each save of an account saves it again. */
const endless = `trigger Endless on Account (after update) {
  List<Account> again = new List<Account>();
  for (Account one : Trigger.new) { again.add(new Account(Id = one.Id, Name = one.Name)); }
  update again;
}`;

/** The sample of the guide for bulk triggers, by our means: one query and one statement for all. */
const counted = `trigger Counted on Contact (after insert, after delete) {
  ContactCounter.count(Trigger.isDelete ? Trigger.old : Trigger.new);
}`;
const counter = `public class ContactCounter {
  public static void count(List<Contact> contacts) {
    Set<Id> ids = new Set<Id>();
    for (Contact one : contacts) { if (one.AccountId != null) { ids.add(one.AccountId); } }
    if (ids.isEmpty()) { return; }
    List<Account> accounts = [SELECT Id, (SELECT Id FROM Contacts) FROM Account WHERE Id IN :ids];
    for (Account one : accounts) { one.NumberOfEmployees = one.Contacts.size(); }
    update accounts;
  }
}`;

let org: CodeOrg;

const rule = `<validationRules><fullName>Code</fullName><active>true</active><errorConditionFormula>ProductCode = "refused"</errorConditionFormula><errorMessage>The code is refused</errorMessage></validationRules>`;

beforeAll(async () => {
  org = await CodeOrg.start();
  org.deploy({
    ...codeFiles(log, products, counted, counter),
    'objects/Product2.object': file('CustomObject', rule),
    'flows/Before.flow': flow(
      assignment('A', item('$Record.Family', { name: 'Seen' })) +
        formula('Seen', 'IF(ISBLANK({!$Record.ProductCode}), "None", "None")'),
      { object: 'Product2', saves: 'Create', formula: '{!$Record.Name} = "ordered"' },
    ),
  });
});
afterAll(() => org.close());

const insert = (...names: readonly string[]) =>
  org.at.rest('POST', '/composite/sobjects', {
    allOrNone: false,
    records: names.map((Name) => ({ attributes: { type: 'Product2' }, Name })),
  });

interface Saved {
  readonly success: boolean;
  readonly errors: readonly { readonly statusCode: string; readonly message: string }[];
}

statement.group(
  'A trigger on a standard or custom object runs before and after inserts, updates and deletes, whoever saves, for up to 200 records at once, with the values of `Trigger`: before the save it changes them, after it they are read-only.',
  () => {
    it('changes values before they are looked at', async () => {
      const id = await org.at.create('Product2', { Name: 'a' });
      expect(await org.values(`SELECT ProductCode FROM Product2 WHERE Id = '${id}'`)).toEqual([
        'set by trigger',
      ]);
      await org.at.rest('PATCH', `/sobjects/Product2/${id}`, { Name: 'b' });
      expect(await org.values(`SELECT Description FROM Product2 WHERE Id = '${id}'`)).toEqual([
        'a > b',
      ]);
    });

    it('sees 200 records at once, of 450 in three parts', async () => {
      const said = await org.told(
        "String.join(TriggerLog.lines, ', ')",
        `List<Product2> all = new List<Product2>();
         for (Integer i = 0; i < 450; i++) { all.add(new Product2(Name = 'bulk ' + i)); }
         insert all;`,
      );
      expect(said).toBe(
        'Products BEFORE_INSERT 200, Products AFTER_INSERT 200, Products BEFORE_INSERT 200, Products AFTER_INSERT 200, Products BEFORE_INSERT 50, Products AFTER_INSERT 50',
      );
    });

    it('counts for all of them with one query and one statement', async () => {
      const id = await org.at.create('Account', { Name: 'Counted' });
      const said = await org.told(
        "Limits.getQueries() + ' ' + Limits.getDmlStatements()",
        `List<Contact> all = new List<Contact>();
         for (Integer i = 0; i < 150; i++) { all.add(new Contact(LastName = 'Count' + i * 7919, AccountId = '${id}')); }
         insert all;`,
      );
      expect(said).toBe('1 2');
    });

    it('keeps after the save what it was given to read', async () => {
      const { body } = await insert('written');
      const [saved] = body as readonly Saved[];
      expect(saved?.errors[0]?.message).toBe(
        'Products: execution of AfterInsert\n\ncaused by: System.FinalException: Record is read-only\n\nTrigger.Products: line 21, column 1',
      );
    });
  },
);

statement.group(
  '`addError` refuses its own record, with the field where it names one; an exception refuses all that its trigger was given, with the name of the trigger and the place.',
  () => {
    it('leaves the others of the call, which run through their triggers again', async () => {
      const { body } = await insert('field', 'good', 'record', 'late');
      expect((body as readonly Saved[]).map(({ success, errors }) => [success, errors[0]])).toEqual(
        [
          [
            false,
            {
              statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
              message: 'not this name',
              fields: ['Name'],
            },
          ],
          [true, undefined],
          [
            false,
            {
              statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
              message: 'not this record',
              fields: [],
            },
          ],
          [
            false,
            { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'too late', fields: [] },
          ],
        ],
      );
      expect(
        await org.values(
          "SELECT Name FROM Product2 WHERE Name IN ('field', 'good', 'record', 'late')",
        ),
      ).toEqual(['good']);
    });

    it('refuses what an exception was thrown beside', async () => {
      const { body } = await insert('null', 'beside');
      const said =
        'Products: execution of BeforeInsert\n\ncaused by: System.NullPointerException: Attempt to de-reference a null object\n\nTrigger.Products: line 7, column 1';
      expect((body as readonly Saved[]).map(({ errors }) => errors[0])).toEqual(
        [said, said].map((message) => ({
          statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
          message,
          fields: [],
        })),
      );
    });

    it('is an exception of the statement in Apex, and a result of Database', async () => {
      const { exceptionMessage } = await org.run("insert new Product2(Name = 'record');");
      expect(exceptionMessage).toBe(
        'System.DmlException: Insert failed. First exception on row 0; first error: FIELD_CUSTOM_VALIDATION_EXCEPTION, not this record: []',
      );
      const said = await org.told(
        "r[0].isSuccess() + ' ' + r[1].isSuccess()",
        "List<Database.SaveResult> r = Database.insert(new List<Product2>{ new Product2(Name = 'record'), new Product2(Name = 'fine') }, false);",
      );
      expect(said).toBe('false true');
    });

    it('keeps a record from being deleted', async () => {
      const id = await org.at.create('Product2', { Name: 'kept' });
      const { status, body } = await org.at.rest('DELETE', `/sobjects/Product2/${id}`);
      expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining('is kept')]);
      const other = await org.at.create('Product2', { Name: 'goes' });
      expect(await org.at.rest('DELETE', `/sobjects/Product2/${other}`)).toMatchObject({
        status: 204,
      });
    });
  },
);

statement.group(
  'A save goes in this order: flows before it, triggers before it, required fields and validation rules, the record, triggers after it, flows after it.',
  () => {
    it('shows rules what a trigger has set, and triggers what a flow has', async () => {
      org.deploy(
        codeFiles(`trigger Coded on Product2 (before insert) {
  for (Product2 one : Trigger.new) {
    if (one.Name == 'ordered') { one.ProductCode = one.Family == 'None' ? 'refused' : 'no flow'; }
  }
}`),
      );
      const { body } = await insert('ordered');
      expect((body as readonly Saved[])[0]?.errors[0]).toMatchObject({
        message: 'The code is refused',
      });
    });

    it('takes a required field that a trigger fills', async () => {
      org.deploy(
        codeFiles(`trigger Named on Contact (before insert) {
  for (Contact one : Trigger.new) { if (one.FirstName == 'Filled') { one.LastName = 'In'; } }
}`),
      );
      await org.at.create('Contact', { FirstName: 'Filled' });
      expect(await org.values("SELECT LastName FROM Contact WHERE FirstName = 'Filled'")).toEqual([
        'In',
      ]);
      const none = await org.at.rest('POST', '/sobjects/Contact', { FirstName: 'Not' });
      expect(JSON.stringify(none.body)).toContain('REQUIRED_FIELD_MISSING');
    });
  },
);

statement(
  'Triggers inside each other end at the seventeenth, with `maximum trigger depth exceeded`; an inactive one does not run.',
  async () => {
    const id = await org.at.create('Account', { Name: 'Round' });
    org.deploy(codeFiles(endless));
    const { status, body } = await org.at.rest('PATCH', `/sobjects/Account/${id}`, {
      Name: 'Rounder',
    });
    expect(status).toBe(400);
    const text = JSON.stringify(body);
    expect(text).toContain('Endless: maximum trigger depth exceeded');
    expect(text.match(/Endless trigger event AfterUpdate/g)).toHaveLength(16);
    expect(await org.values(`SELECT Name FROM Account WHERE Id = '${id}'`)).toEqual(['Round']);
    const files = codeFiles(endless);
    org.deploy({
      ...files,
      'triggers/Endless.trigger-meta.xml': file(
        'ApexTrigger',
        '<apiVersion>66.0</apiVersion><status>Inactive</status>',
      ),
    });
    expect(
      await org.at.rest('PATCH', `/sobjects/Account/${id}`, { Name: 'Rounder' }),
    ).toMatchObject({
      status: 204,
    });
  },
);

describe('a deploy refuses a trigger', () => {
  it.each([
    ['trigger Wrong on Nowhere__c (before insert) { }', /Invalid type: Nowhere__c/],
    ['trigger Wrong on Product2 (before insert) { Nobody.call(); }', /Nobody/],
    [
      'trigger Wrong on Product2 (before insert, before insert) { }',
      /Duplicate trigger usage: before insert/,
    ],
    [
      'trigger Wrong on Product2 (before insert) { for (Product2 one : Trigger.new) { one.Nope__c = 1; } }',
      /Nope__c/,
    ],
    ['trigger Wrong on User (before insert) { }', /does not allow triggers: User/],
    [
      'trigger Wrong on Product2 (before insert) { void f() { } }',
      /NOT_EMULATED.*methods and types/,
    ],
  ])('%s', (source, words) => {
    expect(org.refused(codeFiles(source)).join('\n')).toMatch(words);
  });
});
