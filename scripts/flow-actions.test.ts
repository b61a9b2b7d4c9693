import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deployFiles, failuresOf } from '../local/org/metadata/test/packages.ts';
import { projectSource, packageOf } from '../local/org/metadata/test/project.ts';
import { RightsOrg } from '../local/org/test/contract/rights-org.ts';

/* The flows of the project that are started by their name, as jsforce starts them, for the people who may. */

interface Result {
  readonly isSuccess: boolean;
  readonly outputValues: Readonly<Record<string, unknown>>;
}

let org: RightsOrg;
interface Person {
  readonly id: string;
  readonly conn: Connection;
}
const people = new Map<string, Person>();

/** Somebody who has one of the project's permission sets, or none. */
function somebody(set: string): Person {
  const known = people.get(set);
  if (known) return known;
  const user = org.person(`${set.toLowerCase()}@local-org.example`, 'Standard User');
  if (set !== 'none') user.assign(set);
  const conn = new Connection({ instanceUrl: org.url, accessToken: user.token, version: '66.0' });
  const made = { id: user.id, conn };
  people.set(set, made);
  return made;
}

const person = (set: string): Connection => somebody(set).conn;

const path = (flow = ''): string => `/actions/custom/flow${flow === '' ? '' : `/${flow}`}`;

async function run(set: string, flow: string, inputs: object): Promise<Record<string, unknown>> {
  const [result] = await person(set).requestPost<Result[]>(path(flow), { inputs: [inputs] });
  if (result?.isSuccess !== true) throw new Error(JSON.stringify(result));
  return result.outputValues;
}

const order = (number: string, more: Record<string, string | number> = {}): string =>
  org.insert('Woo_Order__c', {
    Name: number,
    Woo_Key__c: `main:${number}`,
    Store__c: 'main',
    Status__c: 'completed',
    Total__c: 59.9,
    Currency_Code__c: 'EUR',
    Deleted_In_Woo__c: 0,
    Created_In_Woo__c: '2026-03-01T10:00:00.000+0000',
    ...more,
  });
const contact = (LastName: string, Email: string): string =>
  org.insert('Contact', { LastName, Name: LastName, Email, OwnerId: somebody('Woo_Sales').id });

beforeAll(async () => {
  org = await RightsOrg.start({ features: { translations: true } }, (data) => {
    const failures = failuresOf(deployFiles(data, packageOf(projectSource())));
    if (failures.length > 0) throw new Error(failures.join('\n'));
  });
});
afterAll(() => org.close());

describe('who may start which', () => {
  const granted = {
    Woo_Admin: [
      'Explain_Record',
      'Find_Orders',
      'Read_Command',
      'Refund_Status',
      'Sync_Now',
      'Tell',
    ],
    Woo_Products: ['Read_Command', 'Sync_Now'],
    Woo_Sales: ['Find_Orders', 'Refund_Status'],
    none: [],
  };

  it.each(Object.entries(granted))('%s', async (set, names) => {
    const { actions } = await person(set).requestGet<{ actions: { name: string }[] }>(path());
    expect(actions.map(({ name }) => name.slice(4)).toSorted()).toEqual(names);
  });

  it('others are refused', async () => {
    await expect(run('Woo_Sales', 'Woo_Sync_Now', { shopId: '7' })).rejects.toThrow(
      'level of access necessary',
    );
    await expect(run('none', 'Woo_Find_Orders', { email: 'a@b.example' })).rejects.toThrow(
      'level of access necessary',
    );
  });

  it('each says what it takes and gives', async () => {
    const flow = await person('Woo_Admin').requestGet<{
      inputs: { name: string; type: string; description: string }[];
      outputs: { name: string }[];
    }>(path('Woo_Read_Command'));
    expect(flow.inputs).toEqual([
      expect.objectContaining({ name: 'commandId', type: 'STRING', required: false }),
    ]);
    expect(flow.outputs.map(({ name }) => name)).toEqual([
      'Flow__InterviewStatus',
      'isFinished',
      'message',
      'result',
      'state',
    ]);
  });
});

describe('commands', () => {
  const commandOf = async (id: unknown): Promise<Record<string, unknown>> => {
    const { records } = await person('Woo_Admin').query(
      `SELECT Type__c, State__c, Record_Id__c, Resource__c, Arguments__c, Store__c FROM Woo_Command__c WHERE Id = '${String(id)}'`,
    );
    return records[0] ?? {};
  };

  it('Sync now makes one of the number that the shop gives', async () => {
    const { commandId, message } = await run('Woo_Admin', 'Woo_Sync_Now', { shopId: '1042' });
    expect(await commandOf(commandId)).toMatchObject({
      Type__c: 'sync',
      State__c: 'waiting',
      Resource__c: 'order',
      Arguments__c: '1042',
      Record_Id__c: null,
      Store__c: null,
    });
    expect(message).toContain('Woo Read Command');
  });

  it('Sync now takes a record of Salesforce, whatever it is', async () => {
    const recordId = order('7');
    const { commandId } = await run('Woo_Admin', 'Woo_Sync_Now', { recordId });
    expect(await commandOf(commandId)).toMatchObject({ Record_Id__c: recordId, Resource__c: null });
  });

  it('Explain record makes one of another type', async () => {
    const inputs = { shopId: '5', resource: 'product', store: 'main' };
    const { commandId } = await run('Woo_Admin', 'Woo_Explain_Record', inputs);
    expect(await commandOf(commandId)).toMatchObject({
      Type__c: 'explain',
      Resource__c: 'product',
      Arguments__c: '5',
      Store__c: 'main',
    });
  });

  it('asks for a record where none is named, and makes none', async () => {
    const before = org.org.data.db.get('SELECT count(*) AS n FROM Woo_Command__c')?.['n'];
    const { commandId, message } = await run('Woo_Products', 'Woo_Sync_Now', { recordId: '' });
    expect([commandId, message]).toEqual([null, expect.stringMatching(/^Name the record: /)]);
    expect(org.org.data.db.get('SELECT count(*) AS n FROM Woo_Command__c')?.['n']).toBe(before);
  });

  it('says what Salesforce refuses, in its words', async () => {
    const recordId = 'no id, and longer than one';
    const { commandId, message } = await run('Woo_Products', 'Woo_Sync_Now', { recordId });
    expect(commandId).toBeNull();
    expect(message).toMatch(/when the flow tried to create records: STRING_TOO_LONG: /);
  });

  it('Read command says how far one is', async () => {
    const { commandId } = await run('Woo_Products', 'Woo_Sync_Now', { shopId: '3' });
    expect(await run('Woo_Products', 'Woo_Read_Command', { commandId })).toMatchObject({
      state: 'waiting',
      isFinished: false,
      result: null,
      message: 'The command has not ended yet: waiting. Ask again in some seconds.',
    });
    org.org.data.db.run(
      "UPDATE Woo_Command__c SET State__c = 'done', Result__c = '1 updated' WHERE Id = ?",
      String(commandId),
    );
    expect(await run('Woo_Products', 'Woo_Read_Command', { commandId })).toMatchObject({
      state: 'done',
      isFinished: true,
      result: '1 updated',
      message: 'The command has ended: done.',
    });
  });

  it('Read command finds no command of somebody else, and none of the mapping editor', async () => {
    const { commandId } = await run('Woo_Admin', 'Woo_Explain_Record', { shopId: '3' });
    const nothing = {
      state: null,
      result: null,
      message: expect.stringMatching(/^There is no /) as string,
    };
    expect(await run('Woo_Products', 'Woo_Read_Command', { commandId })).toMatchObject(nothing);
    const own = org.insert('Woo_Command__c', {
      Name: 'C',
      Type__c: 'preview_mapping',
      State__c: 'done',
      Result__c: '{}',
    });
    expect(await run('Woo_Admin', 'Woo_Read_Command', { commandId: own })).toMatchObject(nothing);
    expect(await run('Woo_Admin', 'Woo_Read_Command', {})).toMatchObject({
      message: expect.stringMatching(/^Give the commandId /) as string,
    });
  });
});

describe('orders of a customer', () => {
  it('are found by contact, by account and by address, newest first', async () => {
    const Contact__c = contact('Lovelace', 'ada@shop.example');
    const Account__c = org.insert('Account', { Name: 'Engines', OwnerId: org.admin.id });
    const old = order('901', { Contact__c, Account__c });
    const late = { Created_In_Woo__c: '2026-04-02T10:00:00.000+0000', Status__c: 'on-hold' };
    const newest = order('902', { Contact__c, Account__c, ...late });
    order('903', { Contact__c, Account__c, Deleted_In_Woo__c: 1 });
    const found = {
      orders:
        'Order 902 (main) of 2026-04-02: on-hold, 59.9 EUR; Order 901 (main) of 2026-03-01: completed, 59.9 EUR',
      orderCount: 2,
      orderIds: `${newest},${old}`,
      message: '2 orders, newest first.',
    };
    const find = (inputs: object) => run('Woo_Sales', 'Woo_Find_Orders', inputs);
    expect(await find({ customerId: Contact__c })).toMatchObject(found);
    expect(await find({ customerId: Account__c })).toMatchObject(found);
    expect(await find({ email: 'Ada@shop.example' })).toMatchObject(found);
  });

  it('of a guest, who is no contact, are found by the address of the order', async () => {
    order('910', { Billing_Email__c: 'guest@shop.example' });
    expect(
      await run('Woo_Sales', 'Woo_Find_Orders', { email: 'guest@shop.example' }),
    ).toMatchObject({ orderCount: 1, message: 'One order.' });
  });

  it('asks which customer is meant where several have the address, and shows none of them', async () => {
    contact('Smith', 'home@shop.example');
    const Contact__c = contact('Jones', 'home@shop.example');
    order('920', { Contact__c });
    const output = await run('Woo_Sales', 'Woo_Find_Orders', { email: 'home@shop.example' });
    expect(output).toMatchObject({ orderCount: 0, orders: null, orderIds: null });
    expect(output['message']).toMatch(/^2 contacts have this e-mail address\. /);
    expect(JSON.stringify(output)).not.toMatch(/Smith|Jones/);
  });

  it('says so where there is none, or nobody is named', async () => {
    order('930');
    const find = async (inputs: object) =>
      (await run('Woo_Sales', 'Woo_Find_Orders', inputs))['message'];
    expect(await find({ email: "o'neil%@shop.example" })).toMatch(/^There is no order /);
    expect(await find({ customerId: contact('Nobody', 'n@shop.example') })).toMatch(/^There is no/);
    expect(await find({ customerId: '005000000000001', email: 'n@shop.example' })).toMatch(
      /^Say whose orders/,
    );
  });

  it('lists 20 of many, and counts them all', async () => {
    const Contact__c = contact('Keen', 'keen@shop.example');
    for (let number = 1; number <= 22; number++) order(`K${number}`, { Contact__c });
    const output = await run('Woo_Sales', 'Woo_Find_Orders', { customerId: Contact__c });
    expect(String(output['orders']).split('; ')).toHaveLength(20);
    expect(output).toMatchObject({ orderCount: 22 });
    expect(output['message']).toBe('22 orders, newest first; the newest 20 are listed.');
  });
});

describe('refunds of an order', () => {
  const status = (inputs: object) => run('Woo_Sales', 'Woo_Refund_Status', inputs);
  const refund = (Order__c: string, Amount__c: number, Reason__c: string) =>
    org.insert('Woo_Refund__c', {
      Name: 'R',
      Order__c,
      Amount__c,
      Reason__c,
      Refunded_At__c: '2026-03-05T10:00:00.000+0000',
    });

  it('are told with amount, day and reason', async () => {
    const orderId = order('800', { Refunded_Total__c: 10.5 });
    refund(orderId, 10.5, 'broken');
    const told = {
      refundStatus: 'partial',
      refundedTotal: 10.5,
      orderTotal: 59.9,
      currencyCode: 'EUR',
      refunds: '10.5 EUR on 2026-03-05 (broken)',
      message: 'Order 800: 10.5 of 59.9 EUR was refunded.',
    };
    expect(await status({ orderNumber: '800' })).toMatchObject(told);
    expect(await status({ orderId, orderNumber: '1' })).toMatchObject(told);
  });

  it('may be none, or all', async () => {
    order('801');
    order('802', { Refunded_Total__c: 59.9 });
    expect(await status({ orderNumber: '801' })).toMatchObject({
      refundStatus: 'none',
      refunds: null,
      message: 'Order 801: nothing was refunded.',
    });
    expect(await status({ orderNumber: '802' })).toMatchObject({ refundStatus: 'full' });
  });

  it('asks for the store where several have an order of that number', async () => {
    order('803');
    order('803', { Woo_Key__c: 'outlet:803', Store__c: 'outlet', Refunded_Total__c: 1 });
    expect(await status({ orderNumber: '803' })).toMatchObject({
      refundStatus: null,
      orderTotal: null,
      message:
        'Several stores have an order of this number: main, outlet. Say by store which one is meant.',
    });
    const told = await status({ orderNumber: '803', store: 'outlet' });
    expect(told).toMatchObject({ refundStatus: 'partial' });
  });

  it('says so where there is no such order, or none is named', async () => {
    expect((await status({ orderNumber: '999999' }))['message']).toMatch(/^There is no such order/);
    expect((await status({}))['message']).toMatch(/^Say which order/);
  });
});

it('an input that a flow has not, or of another type, is refused', async () => {
  await expect(run('Woo_Sales', 'Woo_Refund_Status', { number: '1' })).rejects.toThrow('number');
  await expect(run('Woo_Sales', 'Woo_Refund_Status', { orderNumber: 1 })).rejects.toThrow(
    'it takes STRING',
  );
});
