import { afterEach, beforeEach, expect } from 'vitest';
import { errorOf, HttpOrg, refusalCode } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

beforeEach(async () => {
  org = await HttpOrg.start();
});
afterEach(() => org.close());

const orders = (keys: readonly string[]): Record<string, unknown>[] =>
  keys.map((id) => ({ Woo_Key__c: id, Name: `#${id}`, Total__c: 1 }));

statement(
  'Collections create, update, upsert, retrieve and delete, with one result per record in the order of the call.',
  async () => {
    const sobject = org.conn.sobject('Woo_Order__c');
    const made = await sobject.create([
      { Name: '1', Woo_Key__c: 'main:1' },
      { Name: '2', Nope__c: 1 },
    ]);
    const noColumn = "No such column 'Nope__c' on sobject of type Woo_Order__c";
    expect(made).toEqual([
      { id: expect.any(String) as string, success: true, errors: [] },
      {
        success: false,
        errors: [{ statusCode: 'INVALID_FIELD', message: noColumn, fields: [] }],
      },
    ]);
    const id = made[0]?.id ?? '';
    const changed = await sobject.update([
      { Id: id, Name: '1b' },
      { Id: 'a00Lo0000000099', Name: 'x' },
    ]);
    expect(changed.map((one) => one.success)).toEqual([true, false]);
    expect(changed[1]?.errors[0]).toMatchObject({ statusCode: 'INVALID_CROSS_REFERENCE_KEY' });
    const upserted = await sobject.upsert(orders(['main:1', 'main:2', 'MAIN:1']), 'Woo_Key__c');
    expect(upserted.map((one) => one.success && one.created)).toEqual([false, true, true]);
    expect(upserted[0]?.id).toBe(id);
    const read = await sobject.retrieve([upserted[1]?.id ?? '', id]);
    expect(read.map((one) => one['Name'] as unknown)).toEqual(['#main:2', '#main:1']);
    const gone = await sobject.destroy([id, 'a00Lo0000000099']);
    expect(gone.map((one) => one.success)).toEqual([true, false]);
  },
);

statement(
  'More than 200 records in a collection are refused as a whole: 400 `EXCEEDED_ID_LIMIT`.',
  async () => {
    const keys = Array.from({ length: 201 }, (_, n) => `main:${n}`);
    const upsert = org.conn.sobject('Woo_Order__c').upsert(orders(keys), 'Woo_Key__c');
    expect(await errorOf(upsert)).toEqual({
      code: 'EXCEEDED_ID_LIMIT',
      message: 'record limit reached. cannot submit more than 200 records into this call',
    });
    expect(await org.conn.query('SELECT COUNT() FROM Woo_Order__c')).toMatchObject({
      totalSize: 0,
    });
  },
);

statement(
  'Records of one upsert that share a key are all refused with `DUPLICATE_VALUE`, the others are written.',
  async () => {
    const results = await org.conn
      .sobject('Woo_Order__c')
      .upsert(orders(['main:1', 'main:2', 'main:1']), 'Woo_Key__c');
    expect(results.map((one) => one.success)).toEqual([false, true, false]);
    const message = 'Duplicate external id specified: main:1';
    expect(results[2]?.errors).toEqual([{ statusCode: 'DUPLICATE_VALUE', message, fields: [] }]);
  },
);

statement(
  'A record that one update names twice is refused with `DUPLICATE_VALUE`, the others are written.',
  async () => {
    const sobject = org.conn.sobject('Woo_Order__c');
    const made = await sobject.create(orders(['main:1', 'main:2']));
    const [first = '', second = ''] = made.map((one) => one.id);
    const results = await sobject.update([
      { Id: first, Total__c: 2 },
      { Id: second, Total__c: 3 },
      { Id: first.slice(0, 15), Total__c: 4 },
    ]);
    expect(results.map((one) => one.success)).toEqual([false, true, false]);
    expect(results[0]?.errors).toMatchObject([{ statusCode: 'DUPLICATE_VALUE' }]);
    expect(await sobject.retrieve([first, second])).toMatchObject([
      { Total__c: 1 },
      { Total__c: 3 },
    ]);
  },
);

statement(
  'Records of one call whose object changes more than ten times are refused as a whole: 400 `LIMIT_EXCEEDED`.',
  async () => {
    const mixed = (n: number): object => ({
      records: Array.from({ length: n }, (_, at) => ({
        attributes: { type: at % 2 === 0 ? 'Account' : 'Product2' },
        Name: `n${at}`,
      })),
    });
    const fits = await org.rest('POST', '/composite/sobjects', mixed(10));
    expect([fits.status, fits.body]).toMatchObject([200, Array(10).fill({ success: true })]);
    const over = await org.rest('POST', '/composite/sobjects', mixed(11));
    expect([over.status, refusalCode(over)]).toEqual([400, 'LIMIT_EXCEEDED']);
  },
);

statement(
  'With `allOrNone`, one failed record undoes all; the others say `ALL_OR_NONE_OPERATION_ROLLED_BACK`.',
  async () => {
    const type = { attributes: { type: 'Woo_Order__c' } };
    const records = [
      { ...type, Name: 'a' },
      { ...type, Total__c: 'x' },
    ];
    const { body } = await org.rest('POST', '/composite/sobjects', { allOrNone: true, records });
    expect(body).toMatchObject([
      { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'JSON_PARSER_ERROR' }] },
    ]);
    expect(await org.query('SELECT Id FROM Woo_Order__c')).toEqual([]);
  },
);

statement(
  'A record sees no other record of the same call: a parent must have been written before.',
  async () => {
    const upsert = async (...records: object[]): Promise<unknown> =>
      (
        await org.rest('PATCH', '/composite/sobjects/Product2/Woo_Key__c', {
          records: records.map((one) => ({ attributes: { type: 'Product2' }, ...one })),
        })
      ).body;
    const parent = { Woo_Key__c: 'main:p', Name: 'Parent' };
    const child = {
      Woo_Key__c: 'main:v',
      Name: 'Variation',
      Woo_Parent_Product__r: { Woo_Key__c: 'main:p' },
    };
    expect(await upsert(parent, child)).toMatchObject([
      { success: true },
      {
        success: false,
        errors: [{ message: expect.stringContaining('external ID: main:p not found') as string }],
      },
    ]);
    expect(await upsert(child)).toMatchObject([{ success: true, created: true }]);
  },
);
