import { afterAll, beforeAll, expect, it } from 'vitest';
import { HttpOrg, refusalCode } from './http-org.ts';
import { outcome, RightsOrg } from './rights-org.ts';
import { statement } from './statement.ts';
import { pairs, parentOf, recordOf, type UiRecord } from './ui-api-org.ts';

let org: HttpOrg;
let order: string;
let contact: string;

const noon = '2026-07-13T12:30:05.000Z';
const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/) as unknown;
const tag = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;

beforeAll(async () => {
  org = await HttpOrg.start();
  const account = await org.create('Account', { Name: 'Tea Ltd' });
  contact = await org.create('Contact', { LastName: 'Ito', FirstName: 'Aki', AccountId: account });
  order = await org.create('Woo_Order__c', {
    Name: '1001',
    Contact__c: contact,
    Status__c: 'completed',
    Total__c: 1234.5,
    Created_In_Woo__c: noon,
    Day__c: '2026-07-03',
    Tags__c: 'new;gift',
  });
});
afterAll(() => org.close());

const read = async (id: string, query: string): Promise<UiRecord> =>
  recordOf(await org.rest('GET', `/ui-api/records/${id}?${query}`));

statement(
  'A field of `fields` that is unknown, or that the user may not see, is refused with 400 `INVALID_FIELD`; in `optionalFields` it is left out.',
  async () => {
    const hidden = await RightsOrg.start();
    const { integration: user } = hidden;
    user.grant({ objects: { Woo_Order__c: 'read viewAll' }, read: ['Woo_Order__c.Total__c'] });
    const id = hidden.insert('Woo_Order__c', { Name: '7', Total__c: 3, Store__c: 'main' });
    const ask = (query: string) => user.rest('GET', `/ui-api/records/${id}?${query}`);
    for (const field of ['Store__c', 'Nonsense__c', 'Contact__r.Name', 'Nonsense__r.Name']) {
      const refused = await ask(`fields=Woo_Order__c.Total__c,Woo_Order__c.${field}`);
      expect(outcome(refused), field).toBe('400 INVALID_FIELD');
      const left = await ask(`fields=Woo_Order__c.Total__c&optionalFields=Woo_Order__c.${field}`);
      expect(pairs(recordOf(left)), field).toEqual({ Total__c: [null, 3] });
    }
    const { body } = await ask('fields=Woo_Order__c.Store__c');
    expect((body as [{ message: string }])[0].message).toContain(
      "No such column 'Store__c' on entity 'Woo_Order__c'.",
    );
    await hidden.close();
  },
);

statement(
  '`GET ui-api/records/{id}` gives the fields that `fields` and `optionalFields` name as `Contact.Email` or `Contact.Account.Name`, each as `displayValue` and `value`, with id, times, record type and tags of the record and of its parents.',
  async () => {
    const path = 'woo_order__c.Contact__r';
    const record = await read(
      order.slice(0, 15),
      `fields=Woo_Order__c.Name,${path}.Account.Name&optionalFields=${path}.LastName`,
    );
    const about = {
      childRelationships: {},
      eTag: tag,
      lastModifiedById: expect.stringMatching(/^005/) as unknown,
      lastModifiedDate: iso,
      recordTypeId: '012000000000000AAA',
      recordTypeInfo: null,
      systemModstamp: iso,
    };
    expect(record).toMatchObject({ ...about, apiName: 'Woo_Order__c', id: order });
    expect(record['weakEtag']).toBe(Date.parse(String(record['systemModstamp'])));
    expect(Object.keys(record.fields)).toEqual(['Contact__r', 'Name']);
    expect(record.fields['Contact__r']?.displayValue).toBe('Aki Ito');
    const person = parentOf(record, 'Contact__r');
    expect(person).toMatchObject({ ...about, apiName: 'Contact', id: contact });
    expect(Object.keys(person.fields)).toEqual(['Account', 'LastName']);
    expect(pairs(parentOf(person, 'Account'))).toEqual({ Name: [null, 'Tea Ltd'] });
    const alone = await org.create('Woo_Order__c', { Name: '2' });
    const bare = await read(alone, 'fields=Woo_Order__c.Contact__r.Name');
    expect(pairs(bare)).toEqual({ Contact__r: [null, null] });
    const owner = await read(order, 'fields=Woo_Order__c.Owner.Name');
    expect(parentOf(owner, 'Owner')['recordTypeId']).toBeNull();
    const tags = async (): Promise<unknown> =>
      (await read(alone, 'fields=Woo_Order__c.Store__c'))['eTag'];
    const before = await tags();
    expect(await tags()).toBe(before);
    await org.rest('PATCH', `/sobjects/Woo_Order__c/${alone}`, { Store__c: 'x' });
    expect(await tags()).not.toBe(before);
  },
);

statement(
  'In UI API, `displayValue` is the label of a picklist value, a date, time or amount of money as it is written in en-US and UTC, or the name of a parent; of all else, numbers too, it is null.',
  async () => {
    const names = [
      'Name',
      'Status__c',
      'Total__c',
      'Created_In_Woo__c',
      'Day__c',
      'Tags__c',
      'Deleted_In_Woo__c',
      'Contact__c',
      'Contact__r.Name',
      'Store__c',
    ];
    const fields = names.map((name) => `Woo_Order__c.${name}`).join(',');
    expect(pairs(await read(order, `fields=${fields}`))).toEqual({
      Name: [null, '1001'],
      Status__c: ['completed', 'completed'],
      Total__c: [null, 1234.5],
      Created_In_Woo__c: ['7/13/2026, 12:30 PM', noon],
      Day__c: ['7/3/2026', '2026-07-03'],
      Tags__c: ['new;gift', 'new;gift'],
      Deleted_In_Woo__c: [null, false],
      Contact__c: [null, contact],
      Contact__r: ['Aki Ito', expect.objectContaining({ id: contact })],
      Store__c: [null, null],
    });
    const account = await org.create('Account', { Name: 'B', AnnualRevenue: 350_000_000 });
    expect(pairs(await read(account, 'fields=Account.AnnualRevenue'))).toEqual({
      AnnualRevenue: [expect.stringMatching(/^\$350,000,000/), 350_000_000],
    });
  },
);

statement(
  "Fields without the name of the record's object before them are refused with 400 `INVALID_FIELD`, no fields at all with 400 `ILLEGAL_QUERY_PARAMETER_VALUE`.",
  async () => {
    for (const query of ['fields=Name', 'fields=Contact.Name', 'optionalFields=Name']) {
      const answer = await org.rest('GET', `/ui-api/records/${order}?${query}`);
      expect([answer.status, refusalCode(answer)], query).toEqual([400, 'INVALID_FIELD']);
    }
    for (const query of ['', '?fields=', '?fields=,&optionalFields=']) {
      const answer = await org.rest('GET', `/ui-api/records/${order}${query}`);
      expect([answer.status, refusalCode(answer)], query).toEqual([
        400,
        'ILLEGAL_QUERY_PARAMETER_VALUE',
      ]);
    }
  },
);

statement(
  'Records and objects that UI API does not support are refused with 400 `INVALID_TYPE`, also where they can be queried.',
  async () => {
    const [row] = await org.query('SELECT Id FROM PermissionSet');
    const answers = [
      await org.rest('GET', `/ui-api/records/${String(row?.['Id'])}?fields=PermissionSet.Name`),
      await org.rest('GET', '/ui-api/object-info/Woo_Mapping__mdt'),
      await org.rest('POST', '/ui-api/records', { apiName: 'PermissionSet', fields: {} }),
    ];
    for (const answer of answers) {
      expect([answer.status, refusalCode(answer)]).toEqual([400, 'INVALID_TYPE']);
    }
    expect(answers[1]?.body).toEqual([
      {
        errorCode: 'INVALID_TYPE',
        message: 'Object Woo_Mapping__mdt is not supported in UI API',
      },
    ]);
  },
);

statement(
  'A record that is deleted, that sharing hides, or whose object the user may not see, is answered with 404 `NOT_FOUND`, whether it is to be read, changed or deleted.',
  async () => {
    const at = await RightsOrg.start({ sharing: { Account: 'Private' } });
    const mine = { OwnerId: at.integration.id, Name: 'Mine' };
    const own = at.insert('Account', mine);
    const outcomes = async (id: string): Promise<readonly string[]> => [
      outcome(await user.rest('GET', `/ui-api/records/${id}?fields=Account.Name`)),
      outcome(await user.rest('PATCH', `/ui-api/records/${id}`, { fields: { Name: '2' } })),
      outcome(await user.rest('DELETE', `/ui-api/records/${id}`)),
    ];
    const user = at.integration;
    const notFound = ['404 NOT_FOUND', '404 NOT_FOUND', '404 NOT_FOUND'];
    expect(await outcomes(own)).toEqual(notFound);
    user.grant({ objects: { Account: 'read create edit delete' } });
    const hidden = at.insert('Account', { Name: 'Hidden', OwnerId: at.admin.id });
    const gone = at.insert('Account', { ...mine, IsDeleted: 1 });
    for (const id of [hidden, gone, '001000000000001AAA', 'nonsense']) {
      expect(await outcomes(id), id).toEqual(notFound);
    }
    expect(await outcomes(own)).toEqual(['200', '200', '204']);
    await at.close();
  },
);

statement('A call of UI API is one API call.', async () => {
  org.org.requestLog.reset();
  await read(order, 'fields=Woo_Order__c.Contact__r.Account.Name');
  await org.rest('PATCH', `/ui-api/records/${order}`, { fields: { Store__c: 'main' } });
  await org.rest('GET', '/ui-api/object-info/batch/Contact,Account');
  const { billed, byKind, writes } = org.org.requestLog.totals();
  expect([billed, byKind, writes]).toEqual([3, { record: 2, describe: 1 }, 1]);
});

statement.group(
  'Layouts (`layoutTypes`, `modes`), lists, related lists, several records at once, defaults of new records, actions and the other resources of UI API are answered with 501 `NOT_EMULATED`.',
  () => {
    it.each([
      'records/ID?layoutTypes=Full',
      'records/ID?fields=Woo_Order__c.Name&modes=View',
      'records/batch/ID?fields=Woo_Order__c.Name',
      'record-ui/ID',
      'record-defaults/create/Account',
      'related-list-records/ID/Order_Items__r',
      'list-records/Account/AllAccounts',
      'actions/record/ID',
      'layout/Account',
      'object-info',
    ])('%s', async (path) => {
      const answer = await org.rest('GET', `/ui-api/${path.replace('ID', order)}`);
      expect([answer.status, refusalCode(answer)]).toEqual([501, 'NOT_EMULATED']);
    });
  },
);
