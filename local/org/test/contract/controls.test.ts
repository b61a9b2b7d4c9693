import { afterEach, beforeEach, expect, it } from 'vitest';
import { HttpOrg, refusalCode, root, type Reply } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

beforeEach(async () => {
  org = await HttpOrg.start({ dailyLimit: 500 });
});
afterEach(() => org.close());

const control = (path: string, body?: object): Promise<Reply> =>
  org.ask('POST', `/local/${path}`, body);
const fault = (body: object): Promise<Reply> => control('faults', body);
const upsert = async (object: string, ...keys: readonly string[]): Promise<unknown> => {
  const name = object === 'Contact' ? 'LastName' : 'Name';
  const records = keys.map((key) => ({
    attributes: { type: object },
    Woo_Key__c: key,
    [name]: key,
  }));
  const path = `/composite/sobjects/${object}/Woo_Key__c`;
  const { body } = await org.rest('PATCH', path, { records });
  return (body as readonly { success: boolean; errors: readonly { statusCode: string }[] }[]).map(
    (one) => (one.success ? 'ok' : one.errors[0]?.statusCode),
  );
};

statement(
  '`{"kind": "row_lock", "object": "Woo_Order__c", "times": 3}`: the next three records of the object that would be written are refused with `UNABLE_TO_LOCK_ROW`.',
  async () => {
    const asked = await fault({ kind: 'row_lock', object: 'woo_order__c', times: 3 });
    expect([asked.status, asked.body]).toEqual([
      201,
      [{ kind: 'row_lock', object: 'Woo_Order__c', times: 3 }],
    ]);
    expect(await upsert('Contact', 'main:1')).toEqual(['ok']);
    const lock = 'UNABLE_TO_LOCK_ROW';
    expect(await upsert('Woo_Order__c', 'main:1', 'main:2')).toEqual([lock, lock]);
    expect((await org.ask('GET', '/local/faults')).body).toMatchObject([{ times: 1 }]);
    expect(await upsert('Woo_Order__c', 'main:1', 'main:2')).toEqual([lock, 'ok']);
    expect(await upsert('Woo_Order__c', 'main:1')).toEqual(['ok']);
  },
);

statement(
  '`{"kind": "read_only", "times": 3}`: the next three records, of whatever object, that would be created or changed are refused with `INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE`, as while the org\'s instance is maintained; reads are answered.',
  async () => {
    await fault({ kind: 'read_only', times: 3 });
    const refused = 'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE';
    expect(await upsert('Woo_Order__c', 'main:1', 'main:2')).toEqual([refused, refused]);
    expect(await org.query('SELECT Id FROM Woo_Order__c')).toEqual([]);
    expect(await upsert('Contact', 'main:1', 'main:2')).toEqual([refused, 'ok']);
    expect(await upsert('Contact', 'main:1')).toEqual(['ok']);
  },
);

statement(
  '`{"kind": "key_race", "object": "Contact", "key": "main:7"}`: another call creates the record with that key first, so that the next one that would create it gets `DUPLICATE_VALUE`, and finds it when it is repeated.',
  async () => {
    await fault({ kind: 'key_race', object: 'Contact', key: 'main:7' });
    expect(await upsert('Contact', 'main:6', 'main:7')).toEqual(['ok', 'DUPLICATE_VALUE']);
    const [rival] = await org.query("SELECT Id FROM Contact WHERE Woo_Key__c = 'main:7'");
    expect(rival).toBeDefined();
    expect(await upsert('Contact', 'main:7')).toEqual(['ok']);
    expect(await org.query("SELECT Id FROM Contact WHERE Woo_Key__c = 'main:7'")).toEqual([rival]);
    expect((await org.ask('GET', '/local/faults')).body).toEqual([]);
  },
);

statement(
  '`{"kind": "unavailable", "times": 2}`: the next two REST calls are answered with 503 `SERVER_UNAVAILABLE` and do nothing.',
  async () => {
    await fault({ kind: 'unavailable', times: 2 });
    const post = (): Promise<Reply> => org.rest('POST', '/sobjects/Account', { Name: 'A' });
    const [first, second, third] = [await post(), await post(), await post()];
    expect([first.status, refusalCode(first)]).toEqual([503, 'SERVER_UNAVAILABLE']);
    expect([second.status, third.status]).toEqual([503, 201]);
    expect(await org.query('SELECT Id FROM Account')).toHaveLength(1);
  },
);

statement(
  '`{"kind": "cut_answer"}`: the next REST call is carried out, and the connection breaks in place of its answer.',
  async () => {
    await fault({ kind: 'cut_answer' });
    await expect(org.rest('POST', '/sobjects/Account', { Name: 'A' })).rejects.toThrow(TypeError);
    expect(await org.query('SELECT Name FROM Account')).toMatchObject([{ Name: 'A' }]);
  },
);

statement(
  '`{"kind": "slow_answer", "milliseconds": 5000}`: the answer of the next REST call, which is carried out, comes five seconds later.',
  async () => {
    await fault({ kind: 'slow_answer', milliseconds: 300 });
    const started = performance.now();
    expect((await org.rest('POST', '/sobjects/Account', { Name: 'A' })).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
    expect((await org.ask('GET', '/local/faults')).body).toEqual([]);
  },
);

statement(
  '`{"kind": "sign_in_refused", "times": 2}`: the next two sign-ins are refused with 400 `inactive_user`.',
  async () => {
    await fault({ kind: 'sign_in_refused', times: 2 });
    const { clientId, clientSecret } = org.org;
    const form = { grant_type: 'client_credentials', client_id: clientId };
    const signIn = async (): Promise<readonly [number, unknown]> => {
      const body = new URLSearchParams({ ...form, client_secret: clientSecret });
      const answer = await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body });
      return [answer.status, await answer.json()];
    };
    expect(await signIn()).toMatchObject([400, { error: 'inactive_user' }]);
    expect(await signIn()).toMatchObject([400, { error: 'inactive_user' }]);
    expect(await signIn()).toMatchObject([200, { token_type: 'Bearer' }]);
  },
);

statement.group('An unknown kind, option or object is answered with 400 and a sentence.', () => {
  it.each([
    [{ kind: 'flood' }, 'kind is "flood": give one of row_lock, read_only'],
    [{}, 'kind is undefined: give one of'],
    [{ kind: 'row_lock', object: 'Nope__c' }, 'object is "Nope__c": give the API name'],
    [{ kind: 'row_lock', object: 'Contact', rows: 3 }, 'row_lock has no option rows'],
    [{ kind: 'row_lock', object: 'Contact', times: 0 }, 'times is 0: give a whole number'],
    [{ kind: 'key_race', object: 'Contact' }, 'key is undefined: give the value'],
    [{ kind: 'slow_answer' }, 'milliseconds is undefined: give a whole number'],
    [{ kind: 'slow_answer', milliseconds: 5.5 }, 'milliseconds is 5.5: give a whole number'],
  ])('%j', async (body, message) => {
    const reply = await fault(body);
    expect([reply.status, refusalCode(reply)]).toEqual([400, 'INVALID_INPUT']);
    expect((reply.body as readonly { message: string }[])[0]?.message).toContain(message);
    expect((await org.ask('GET', '/local/faults')).body).toEqual([]);
  });

  it('faults that were asked for can be forgotten', async () => {
    await fault({ kind: 'row_lock', object: 'Contact' });
    expect((await control('faults/reset')).status).toBe(204);
    expect(await upsert('Contact', 'main:1')).toEqual(['ok']);
  });
});

statement('`POST /local/sessions/end` ends all sessions.', async () => {
  await control('sessions/end');
  const reply = await org.rest('GET', '/limits');
  expect([reply.status, refusalCode(reply)]).toEqual([401, 'INVALID_SESSION_ID']);
});

statement(
  '`POST /local/daily-limit` with `limit` sets how many API calls are answered until the next reset.',
  async () => {
    expect((await control('daily-limit', { limit: 2 })).status).toBe(204);
    const status = async (): Promise<number> => (await org.rest('GET', '/limits')).status;
    expect([await status(), await status(), await status()]).toEqual([200, 200, 403]);
    await control('requests/reset');
    expect(await status()).toBe(200);
    const bad = await control('daily-limit', { limit: -1 });
    expect(bad.body).toMatchObject([
      { message: 'limit is -1: give a whole number from 0 to 1000000000.' },
    ]);
  },
);

statement(
  'A composite call is one API call, whatever is in it; so is every other REST call, every call of an Apex REST class and every Metadata call.',
  async () => {
    const item = { method: 'GET', url: `${root}/query?q=SELECT+Id+FROM+User` };
    await org.composite([
      { ...item, referenceId: 'a' },
      { ...item, referenceId: 'b' },
    ]);
    await org.query('SELECT Id FROM User');
    await org.ask('GET', `${root}/metadata/deployRequest/0Af000000000000AAA`);
    await org.ask('GET', '/services/apexrest/woo/main/orders');
    expect((await org.ask('GET', '/local/requests')).body).toMatchObject({
      billed: 4,
      requests: 4,
      writes: 0,
      subrequests: { query: 2 },
      byKind: { composite: 1, query: 1, metadata: 1, apex: 1 },
    });
    await control('requests/reset');
    expect((await org.ask('GET', '/local/requests')).body).toMatchObject({ billed: 0 });
  },
);

statement(
  'Sign-in, and calls that were refused for their session or the daily limit, cost nothing.',
  async () => {
    await fetch(`${org.url}/services/oauth2/token`, { method: 'POST' });
    await fetch(`${org.url}${root}/limits`);
    await org.rest('GET', '/limits', undefined, { authorization: 'Bearer 00D!x' });
    await control('daily-limit', { limit: 0 });
    await org.rest('GET', '/limits');
    expect((await org.ask('GET', '/local/requests')).body).toMatchObject({
      billed: 0,
      byKind: { oauth: 1, refused: 3 },
    });
  },
);

statement(
  '`POST /local/merge` with `master` and `merged` (one or two ids) merges accounts, contacts or leads: the others are deleted and say where they went by `MasterRecordId`, as `queryAll` shows; what pointed to them points to the survivor.',
  async () => {
    const person = (name: string): Promise<string> => org.create('Contact', { LastName: name });
    const [master, second, third] = [await person('A'), await person('B'), await person('C')];
    const orders = [
      await org.create('Woo_Order__c', { Name: '2', Contact__c: second }),
      await org.create('Woo_Order__c', { Name: '3', Contact__c: third }),
    ];
    expect((await control('merge', { master, merged: [second, third] })).status).toBe(204);
    expect(await org.query('SELECT Id FROM Contact')).toMatchObject([{ Id: master }]);
    const gone = 'SELECT MasterRecordId, IsDeleted FROM Contact WHERE IsDeleted = true';
    const left = { MasterRecordId: master, IsDeleted: true };
    expect(await org.query(gone, '/queryAll')).toMatchObject([left, left]);
    expect(await org.query('SELECT Id, Contact__c FROM Woo_Order__c ORDER BY Name')).toMatchObject(
      orders.map((id) => ({ Id: id, Contact__c: master })),
    );
    const old = await org.rest('PATCH', `/sobjects/Contact/${second}`, { Title: 'x' });
    expect([old.status, refusalCode(old)]).toEqual([404, 'ENTITY_IS_DELETED']);
  },
);

statement(
  'A merge of records that are deleted, of different objects, or the same is answered with 400 and a sentence.',
  async () => {
    const contact = await org.create('Contact', { LastName: 'A' });
    const account = await org.create('Account', { Name: 'A' });
    const gone = await org.create('Contact', { LastName: 'B' });
    await org.rest('DELETE', `/sobjects/Contact/${gone}`);
    const message = async (body: object): Promise<unknown> => {
      const reply = await control('merge', body);
      expect(reply.status).toBe(400);
      return (reply.body as readonly { message: string }[])[0]?.message;
    };
    expect(await message({ master: contact, merged: [gone] })).toBe(
      `merged[0] ${gone}: entity is deleted`,
    );
    const other = 'merged[0] must be another record of the same object as master.';
    expect(await message({ master: contact, merged: [account] })).toBe(other);
    expect(await message({ master: contact, merged: [contact] })).toBe(other);
    expect(await message({ master: 'x', merged: [contact] })).toContain('master is "x"');
    expect(await message({ master: contact, merged: [] })).toContain('one or two ids');
  },
);
