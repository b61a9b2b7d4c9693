import { beforeEach, expect } from 'vitest';
import { deployFiles, failuresOf, file, object } from '../../metadata/test/packages.ts';
import { compile } from '../../soql/compile.ts';
import { DataOrg, firstError } from './data-org.ts';
import { statement } from './statement.ts';

let org: DataOrg;

beforeEach(() => {
  org = new DataOrg();
});

const queue = (objects: readonly string[], more = ''): string =>
  file(
    'Queue',
    `<doesSendEmailToMembers>false</doesSendEmailToMembers>${more}<name>Web leads</name>\n` +
      objects
        .map((one) => `<queueSobject><sobjectType>${one}</sobjectType></queueSobject>`)
        .join('\n'),
  );
const deploy = (objects: readonly string[], more = ''): readonly string[] =>
  failuresOf(deployFiles(org.data, { 'queues/Web_Leads.queue': queue(objects, more) }));
const queueId = (): string => String(org.data.db.get('SELECT Id FROM "Group"')?.['Id']);
const recordType = (name: string, active: boolean): string =>
  `<recordTypes><fullName>${name}</fullName><active>${active}</active><label>${name}</label></recordTypes>`;

function query(soql: string): readonly Record<string, unknown>[] {
  const { sql, values } = compile(org.data, soql, false);
  return org.data.db.all(sql, ...values).map((row) => ({ values: Object.values(row).slice(-2) }));
}

statement(
  'A queue has a name, and takes leads, orders and custom objects that are no details, each once; members and routing are not emulated, and queues are not deleted. It becomes a row of Group, with a row of QueueSobject for each object, which follow the next deploy.',
  () => {
    expect(deploy(['Lead', 'Woo_Order__c'])).toEqual([]);
    const taken = (): unknown =>
      org.data.db
        .all('SELECT SobjectType FROM QueueSobject WHERE QueueId = ? ORDER BY 1', queueId())
        .map((row) => row['SobjectType']);
    expect(org.data.db.get('SELECT Name, DeveloperName, Type FROM "Group"')).toMatchObject({
      Name: 'Web leads',
      DeveloperName: 'Web_Leads',
      Type: 'Queue',
    });
    expect(taken()).toEqual(['Lead', 'Woo_Order__c']);
    expect(deploy(['woo_order__c'])).toEqual([]);
    expect(taken()).toEqual(['Woo_Order__c']);
    const wrong = (...objects: string[]): unknown => deploy(objects).map((one) => one.trim());
    for (const name of ['Account', 'Woo_Order_Item__c', 'Nope__c']) {
      expect(wrong(name)).toEqual([expect.stringContaining(`Invalid sobjectType: ${name}`)]);
    }
    expect(wrong('Lead', 'Lead')).toEqual([expect.stringContaining('Duplicate queueSobject')]);
    const members = '<queueMembers><users><user>a@example.com</user></users></queueMembers>';
    expect(deploy(['Lead'], members)).toEqual([
      expect.stringContaining('does not emulate queueMembers'),
    ]);
    expect(taken()).toEqual(['Woo_Order__c']);
  },
);

statement(
  'A queue owns records of the objects that it takes; of others the platform says `INVALID_OPERATION`, `Queue not associated with this SObject type`, and of objects without queues `FIELD_INTEGRITY_EXCEPTION`.',
  () => {
    deploy(['Lead']);
    const lead = org.created('Lead', { LastName: 'Ito', Company: 'Tea', OwnerId: queueId() });
    expect(org.value(lead, 'OwnerId')).toBe(queueId());
    expect(firstError(org.create('Woo_Order__c', { OwnerId: queueId() }))).toMatchObject({
      statusCode: 'INVALID_OPERATION',
      message: 'Queue not associated with this SObject type',
    });
    const order = org.created('Woo_Order__c', {});
    expect(firstError(org.update('Woo_Order__c', order, { OwnerId: queueId() }))).toMatchObject({
      statusCode: 'INVALID_OPERATION',
    });
    expect(firstError(org.create('Account', { Name: 'A', OwnerId: queueId() }))).toMatchObject({
      statusCode: 'FIELD_INTEGRITY_EXCEPTION',
    });
  },
);

statement(
  "Paths through `Owner` of an object with queues have id, name and e-mail address of a user or a queue, and what else is a user's empty for queues.",
  () => {
    deploy(['Lead']);
    const person = { LastName: 'Ito', Company: 'Tea' };
    org.created('Lead', { ...person, OwnerId: queueId() });
    org.created('Lead', person);
    const soql = (owner: string): string =>
      `SELECT Owner.Name, Owner.Alias FROM Lead WHERE Owner.Name = '${owner}'`;
    expect(query(soql('Web leads'))).toEqual([{ values: ['Web leads', null] }]);
    expect(query(soql('Ada Admin'))).toEqual([{ values: ['Ada Admin', 'aadmin'] }]);
    expect(() => query('SELECT Owner.ProfileId FROM Lead')).toThrow(/ProfileId/);
    expect(() => query('SELECT Owner.Manager.Name FROM Lead')).toThrow(/Manager/);
  },
);

statement(
  'The first record type of an object brings `RecordTypeId`, by which new records have the first active one unless they name another; one that is not active, or of another object, is refused with `INVALID_CROSS_REFERENCE_KEY`. Which values of picklists a record may have by its type is not looked at, and everybody may use every active type.',
  () => {
    const before = firstError(org.create('Woo_Order__c', { RecordTypeId: 'x' }));
    expect(before).toMatchObject({ statusCode: 'INVALID_FIELD' });
    const types = recordType('Shop', true) + recordType('Phone', true) + recordType('Old', false);
    const files = {
      'objects/Woo_Order__c.object': object('Woo_Order').replace(
        '</CustomObject>',
        `${types}</CustomObject>`,
      ),
      'objects/Account.object': file('CustomObject', recordType('Firm', true)),
    };
    expect(failuresOf(deployFiles(org.data, files))).toEqual([]);
    const id = (name: string): string =>
      String(org.data.db.get('SELECT Id FROM RecordType WHERE DeveloperName = ?', name)?.['Id']);
    const first = org.created('Woo_Order__c', {});
    expect(org.value(first, 'RecordTypeId')).toBe(id('Shop'));
    const other = org.created('Woo_Order__c', { RecordTypeId: id('Phone') });
    expect(org.value(other, 'RecordTypeId')).toBe(id('Phone'));
    for (const name of ['Old', 'Firm']) {
      expect(firstError(org.create('Woo_Order__c', { RecordTypeId: id(name) }))).toMatchObject({
        statusCode: 'INVALID_CROSS_REFERENCE_KEY',
        message: `Record Type ID: this ID value isn't valid for the user: ${id(name)}`,
      });
    }
  },
);
