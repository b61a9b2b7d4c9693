import { afterEach, beforeEach, expect } from 'vitest';
import { orderItem } from '../objects.ts';
import { refusalCode } from './http-org.ts';
import { outcome, RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

let at: RightsOrg;
let user: User;

beforeEach(async () => {
  at = await RightsOrg.start();
  user = at.integration;
});
afterEach(() => at.close());

type Json = Readonly<Record<string, unknown>>;

interface Info extends Json {
  readonly fields: Readonly<Record<string, Json | undefined>>;
  readonly childRelationships: readonly Json[];
}

const infoOf = async (name: string): Promise<Info> =>
  (await user.rest('GET', `/ui-api/object-info/${name}`)).body as Info;

const tag = expect.stringMatching(/^[0-9a-f]{32}$/) as unknown;
const master = '012000000000000AAA';
const masterInfo = {
  available: true,
  defaultRecordTypeMapping: true,
  master: true,
  name: 'Master',
  recordTypeId: master,
};

const entry = (value: string): object => ({ attributes: null, label: value, validFor: [], value });

statement(
  '`GET ui-api/object-info/{object}` gives labels, rights, children and record types of an object, and of each field that the user sees type, length, references, and whether the user may write it and must.',
  async () => {
    user.grant({
      objects: { Woo_Order__c: 'read edit', Woo_Order_Item__c: 'read', Contact: 'read create' },
      read: ['Woo_Order__c.Total__c', 'Woo_Order__c.Tags__c', 'Woo_Order__c.Customer_Note__c'],
      edit: ['Woo_Order__c.Contact__c', 'Contact.MailingAddress', 'Woo_Order__c.Day__c'],
    });
    const order = await infoOf('woo_order__C');
    expect(order).toMatchObject({
      apiName: 'Woo_Order__c',
      label: 'Woo_Order__c',
      labelPlural: 'Woo_Order__c',
      custom: true,
      queryable: true,
      createable: false,
      updateable: true,
      deletable: false,
      nameFields: ['Name'],
      themeInfo: null,
      dependentFields: {},
      eTag: tag,
      defaultRecordTypeId: master,
      recordTypeInfos: { [master]: masterInfo },
    });
    expect(order['keyPrefix']).toMatch(/^a\w\w$/);
    expect(order.childRelationships).toContainEqual({
      childObjectApiName: orderItem.name,
      fieldName: 'Order__c',
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: 'Order_Items__r',
    });
    expect(JSON.stringify(order.childRelationships)).not.toContain('Woo_Refund__c');
    expect(Object.keys(order.fields)).not.toContain('Store__c');
    expectFields(order);
    await expectCompounds();
  },
);

function expectFields({ fields }: Info): void {
  const readOnly = { createable: false, updateable: false, required: false };
  const writable = { createable: true, updateable: true };
  const double = { dataType: 'Double', precision: 18, scale: 2 };
  expect(fields['Total__c']).toMatchObject({ ...readOnly, ...double, apiName: 'Total__c' });
  expect(fields['Tags__c']).toMatchObject({ ...readOnly, dataType: 'MultiPicklist' });
  expect(fields['Day__c']).toMatchObject({ ...writable, dataType: 'Date', custom: true });
  expect(fields['CreatedDate']).toMatchObject({ ...readOnly, dataType: 'DateTime' });
  const note = { dataType: 'TextArea', extraTypeInfo: 'PlainTextArea', length: 32_768 };
  expect(fields['Customer_Note__c']).toMatchObject({ ...note, sortable: false });
  expect(fields['Contact__c']).toMatchObject({
    ...writable,
    dataType: 'Reference',
    reference: true,
    relationshipName: 'Contact__r',
    referenceToInfos: [
      { apiName: 'Contact', nameFields: expect.arrayContaining(['LastName']) as unknown },
    ],
  });
  expect(fields['Name']).toMatchObject({ nameField: true, dataType: 'String', length: 80 });
  expect(fields['Id']).toMatchObject({ ...readOnly, dataType: 'Reference' });
  expect(fields['Total__c']?.['nameField']).toBe(false);
}

/** An address and a person's name are shown with their parts. */
async function expectCompounds(): Promise<void> {
  const { fields, ...contact } = await infoOf('Contact');
  expect(contact['nameFields']).toEqual(['FirstName', 'LastName', 'Name', 'Salutation']);
  expect(fields['MailingCity']).toMatchObject({
    compound: false,
    compoundFieldName: 'MailingAddress',
    compoundComponentName: 'City',
  });
  expect(fields['MailingAddress']).toMatchObject({ compound: true, dataType: 'Address' });
  expect(fields['LastName']).toMatchObject({
    required: true,
    compoundFieldName: 'Name',
    compoundComponentName: 'LastName',
  });
  expect(fields['Name']).toMatchObject({ compound: true, compoundFieldName: null });
}

statement(
  'An object that the user may not see is answered with 403 `INSUFFICIENT_ACCESS`, one that there is not with 404; `ui-api/object-info/batch/{objects}` answers for each in its place.',
  async () => {
    user.grant({ objects: { Account: 'read' } });
    const ask = async (path: string): Promise<string> =>
      outcome(await user.rest('GET', `/ui-api/object-info/${path}`));
    expect(await ask('Woo_Order__c')).toBe('403 INSUFFICIENT_ACCESS');
    expect(await ask(`Woo_Order__c/picklist-values/${master}`)).toBe('403 INSUFFICIENT_ACCESS');
    expect(await ask('Nonsense__c')).toBe('404 NOT_FOUND');
    const names = 'Account,Woo_Order__c,Nonsense__c,PermissionSet';
    const { status, body } = await user.rest('GET', `/ui-api/object-info/batch/${names}`);
    const error = (statusCode: number, errorCode: string): object => ({
      result: [expect.objectContaining({ errorCode })],
      statusCode,
    });
    expect([status, body]).toEqual([
      200,
      {
        hasErrors: true,
        results: [
          { result: await infoOf('Account'), statusCode: 200 },
          error(403, 'INSUFFICIENT_ACCESS'),
          error(404, 'NOT_FOUND'),
          error(400, 'INVALID_TYPE'),
        ],
      },
    ]);
    const good = await user.rest('GET', '/ui-api/object-info/batch/Account');
    expect(good.body).toMatchObject({ hasErrors: false });
  },
);

statement(
  '`GET ui-api/object-info/{object}/picklist-values/{record type}` gives the active values of all picklists that the user sees, with a field name those of one, and the default; another record type, and a field that is no picklist, is answered with 404.',
  async () => {
    const read = ['Woo_Order__c.Status__c', 'Woo_Order__c.Store__c'];
    user.grant({ objects: { Woo_Order__c: 'read' }, read });
    const root = '/ui-api/object-info/Woo_Order__c/picklist-values';
    const one = await user.rest('GET', `${root}/${master}/status__c`);
    const status = {
      controllerValues: {},
      defaultValue: entry('pending'),
      eTag: tag,
      url: `/services/data/v66.0${root}/${master}/Status__c`,
      values: ['pending', 'completed', 'refunded'].map(entry),
    };
    expect([one.status, one.body]).toEqual([200, status]);
    const all = await user.rest('GET', `${root}/${master.slice(0, 15)}`);
    const url = status.url.replace('AAA', '');
    expect(all.body).toEqual({
      eTag: tag,
      picklistFieldValues: { Status__c: { ...status, url } },
    });
    for (const path of [`${master}/Store__c`, `${master}/Tags__c`, `${master}/X__c`, order()]) {
      const answer = await user.rest('GET', `${root}/${path}`);
      expect([answer.status, refusalCode(answer)], path).toEqual([404, 'NOT_FOUND']);
    }
  },
);

/** An id that is no record type's. */
const order = (): string => at.insert('Woo_Order__c', { Name: '1' });
