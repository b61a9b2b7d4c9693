import { afterEach, beforeEach, expect } from 'vitest';
import { deployFiles, file } from '../../metadata/test/packages.ts';
import { HttpOrg, refusalCode, type Reply } from './http-org.ts';
import { outcome, RightsOrg } from './rights-org.ts';
import { statement } from './statement.ts';
import { pairs, recordErrorOf, recordOf, type Detail } from './ui-api-org.ts';

let org: HttpOrg;
let now: Date;

beforeEach(async () => {
  now = new Date('2026-07-13T12:30:05.000Z');
  org = await HttpOrg.start({ now: () => now });
});
afterEach(() => org.close());

const post = (apiName: string, fields: object, more: object = {}): Promise<Reply> =>
  org.rest('POST', '/ui-api/records', { apiName, fields, ...more });
const patch = (id: string, fields: object, headers?: Record<string, string>): Promise<Reply> =>
  org.rest('PATCH', `/ui-api/records/${id}`, { fields }, headers);

const time = ['7/13/2026, 12:30 PM', '2026-07-13T12:30:05.000Z'];

const detail = (error: Partial<Detail>): object => ({
  constituentField: null,
  duplicateRecordError: null,
  field: null,
  fieldLabel: null,
  ...error,
});

statement(
  '`PATCH` and `DELETE` of `ui-api/records/{id}` and `POST` of `ui-api/records` write by the rules of all other writes, and answer with the record as it is then (201 for a new one), in the fields that were written, its name and its times.',
  async () => {
    const made = await post('woo_order__c', { Name: ' 1001 ', total__c: 12.345 });
    expect(made.status).toBe(201);
    const record = recordOf(made);
    const times = { CreatedDate: time, LastModifiedDate: time };
    expect(pairs(record)).toEqual({ ...times, Name: [null, '1001'], Total__c: [null, 12.35] });
    expect(record).toMatchObject({ apiName: 'Woo_Order__c', weakEtag: now.getTime() });
    const id = String(record['id']);
    now = new Date('2026-07-13T13:00:00.000Z');
    const changed = await patch(id.slice(0, 15), { Id: id, Store__c: 'main', Total__c: null });
    expect(changed.status).toBe(200);
    expect(pairs(recordOf(changed))).toMatchObject({
      Name: [null, '1001'],
      Store__c: [null, 'main'],
      Total__c: [null, null],
      LastModifiedDate: ['7/13/2026, 1:00 PM', '2026-07-13T13:00:00.000Z'],
    });
    expect(await org.query('SELECT Name, Store__c, Total__c FROM Woo_Order__c')).toMatchObject([
      { Name: '1001', Store__c: 'main', Total__c: null },
    ]);
    const removed = await org.rest('DELETE', `/ui-api/records/${id}`);
    expect([removed.status, removed.body]).toEqual([204, undefined]);
    expect(await org.query('SELECT Id FROM Woo_Order__c')).toEqual([]);
  },
);

statement(
  'What a rule, a right or a flow refuses is a 400 with `enhancedErrorType` `RecordError`: errors of fields are in `output.fieldErrors` with the label of the field, others in `output.errors`.',
  async () => {
    const rule = (name: string, place: string): string =>
      `<validationRules><fullName>${name}</fullName><active>true</active><errorConditionFormula>ProductCode = &quot;${name}&quot;</errorConditionFormula>${place}<errorMessage>${name}!</errorMessage></validationRules>`;
    const rules = `${rule('Top', '')}${rule('At', '<errorDisplayField>ProductCode</errorDisplayField>')}`;
    const types = ['Product2.Top', 'Product2.At'].map((name) => `<members>${name}</members>`);
    deployFiles(org.org.data, {
      'package.xml': file(
        'Package',
        `<types>${types.join('')}<name>ValidationRule</name></types><version>66.0</version>`,
      ),
      'objects/Product2.object': file('CustomObject', rules),
    });
    const long = { field: 'Name', fieldLabel: 'Product Name', errorCode: 'STRING_TOO_LONG' };
    const refused = await post('Product2', { Name: 'x'.repeat(256) });
    expect([refused.status, refused.body]).toEqual([
      400,
      {
        enhancedErrorType: 'RecordError',
        message: 'An error occurred while trying to update the record. Please try again.',
        output: {
          errors: [],
          fieldErrors: {
            Name: [detail({ ...long, message: expect.stringContaining('too large') as string })],
          },
        },
        statusCode: 400,
      },
    ]);
    const invalid = { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' };
    const top = recordErrorOf(await post('Product2', { Name: 'a', ProductCode: 'Top' }));
    expect(top.output).toEqual({
      errors: [detail({ ...invalid, message: 'Top!' })],
      fieldErrors: {},
    });
    const product = await org.create('Product2', { Name: 'a' });
    const atField = recordErrorOf(await patch(product, { ProductCode: 'At' }));
    const code = { field: 'ProductCode', fieldLabel: 'Product Code', message: 'At!' };
    expect(atField.output).toEqual({
      errors: [],
      fieldErrors: { ProductCode: [detail({ ...invalid, ...code })] },
    });
    await refusedByRights();
  },
);

/** A field that is only to be read, a record that is not the user's to change, and one not to be created. */
async function refusedByRights(): Promise<void> {
  const at = await RightsOrg.start();
  const { integration: user } = at;
  user.grant({ objects: { Woo_Order__c: 'read' }, read: ['Woo_Order__c.Total__c'] });
  const id = at.insert('Woo_Order__c', { Name: '1', OwnerId: at.admin.id });
  const change = (fields: object): Promise<Reply> =>
    user.rest('PATCH', `/ui-api/records/${id}`, { fields });
  const codes = async (answer: Promise<Reply>): Promise<readonly unknown[]> => {
    const { output } = recordErrorOf(await answer);
    const ofFields = Object.values(output.fieldErrors).flatMap((some) => some ?? []);
    return [output.errors, ofFields].map((some) => some.map(({ errorCode }) => errorCode));
  };
  const denied = [['INSUFFICIENT_ACCESS_OR_READONLY'], []];
  expect(await codes(change({ Name: '2' }))).toEqual(denied);
  expect(await codes(user.rest('DELETE', `/ui-api/records/${id}`))).toEqual(denied);
  const create = { apiName: 'Woo_Order__c', fields: { Name: '3' } };
  expect((await codes(user.rest('POST', '/ui-api/records', create)))[0]).toHaveLength(1);
  user.grant({ objects: { Woo_Order__c: 'read edit modifyAll viewAll' } }, 'More');
  expect(await codes(change({ Total__c: 2 }))).toEqual([[], ['INVALID_FIELD_FOR_INSERT_UPDATE']]);
  expect(outcome(await change({ Name: '2' }))).toBe('200');
  await at.close();
}

statement(
  "A body that is no record input, or that names unknown fields, another record's id or values of the wrong type, is refused with 400 `POST_BODY_PARSE_ERROR`.",
  async () => {
    const id = await org.create('Woo_Order__c', { Name: '1' });
    const bodies = [
      {},
      { fields: [] },
      { fields: { Name: '2' }, allowSaveOnDuplicate: 'yes' },
      { fields: { Name: '2' }, recordId: id },
      { fields: { Name: '2' }, apiName: 7 },
      { fields: { Nonsense__c: '2' } },
      { fields: { Name: '2', Id: '001000000000001AAA' } },
      { fields: { Total__c: 'two' } },
      { fields: { Contact__r: { Woo_Key__c: 'main:7' } } },
    ];
    for (const body of bodies) {
      const answer = await org.rest('PATCH', `/ui-api/records/${id}`, body);
      expect([answer.status, refusalCode(answer)], JSON.stringify(body)).toEqual([
        400,
        'POST_BODY_PARSE_ERROR',
      ]);
    }
    expect(await org.query('SELECT Name FROM Woo_Order__c')).toMatchObject([{ Name: '1' }]);
  },
);

statement(
  'With `If-Unmodified-Since`, a record that was changed after that time is not written: the `RecordError` is a `CollisionDetectedException` that says who changed it.',
  async () => {
    const id = await org.create('Product2', { Name: 'a' });
    const read = await org.rest('GET', `/ui-api/records/${id}?fields=Product2.Name`);
    const seen = String(recordOf(read)['lastModifiedDate']);
    const since = (time: string) => ({ 'If-Unmodified-Since': time });
    now = new Date(now.getTime() + 60_000);
    expect((await patch(id, { Name: 'b' }, since(seen))).status).toBe(200);
    const late = await patch(id, { Name: 'c' }, since(seen));
    const users = `SELECT Name FROM User WHERE Username = '${org.org.adminUsername}'`;
    const [admin] = await org.query(users);
    expect([late.status, recordErrorOf(late).output]).toEqual([
      400,
      {
        errors: [
          detail({
            errorCode: 'CollisionDetectedException',
            message: `This record was modified by ${String(admin?.['Name'])} during your edit session. Make a note of the data you entered, then reload the record and enter your updates again.`,
          }),
        ],
        fieldErrors: {},
      },
    ]);
    expect(await org.query('SELECT Name FROM Product2')).toMatchObject([{ Name: 'b' }]);
    const again = await patch(id, { Name: 'c' }, since(now.toUTCString()));
    expect(again.status).toBe(200);
    const answer = await patch(id, { Name: 'd' }, since('yesterday'));
    expect([answer.status, refusalCode(answer)]).toEqual([400, 'INVALID_INPUT']);
  },
);

statement('`allowSaveOnDuplicate` saves what a duplicate rule would only warn of.', async () => {
  const ada = { FirstName: 'Ada', LastName: 'King', Email: 'ada@example.com' };
  await org.create('Contact', ada);
  const refused = await post('Contact', ada);
  expect(recordErrorOf(refused).output.errors).toMatchObject([
    { errorCode: 'DUPLICATES_DETECTED' },
  ]);
  expect((await post('Contact', ada, { allowSaveOnDuplicate: true })).status).toBe(201);
});
