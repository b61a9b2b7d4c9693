import { afterEach, beforeEach, expect } from 'vitest';
import { HttpOrg, refusalCode, type Reply } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

beforeEach(async () => {
  org = await HttpOrg.start();
});
afterEach(() => org.close());

const fault = (body: object): Promise<Reply> => org.ask('POST', '/local/faults', body);
const createAccount = (): Promise<Reply> => org.rest('POST', '/sobjects/Account', { Name: 'A' });
const accounts = async (): Promise<number> => (await org.query('SELECT Id FROM Account')).length;

statement(
  '`{"kind": "status", "status": 500, "code": "UNKNOWN_EXCEPTION"}`: the next REST call is answered with this status and code and does nothing.',
  async () => {
    await fault({ kind: 'status', status: 500, code: 'UNKNOWN_EXCEPTION' });
    const refused = await createAccount();
    expect([refused.status, refusalCode(refused)]).toEqual([500, 'UNKNOWN_EXCEPTION']);
    expect(await accounts()).toBe(0);
    const bad = await fault({ kind: 'status', status: 200, code: 'OK' });
    expect([bad.status, bad.body]).toMatchObject([
      400,
      [{ message: 'status is 200: give a whole number from 400 to 599.' }],
    ]);
  },
);

statement(
  '`{"kind": "apex_error", "message": "System.LimitException: Apex heap size too large"}`: the next REST call is answered with 500 `APEX_ERROR` and this message, as Apex does where a class does not catch an exception; it does nothing.',
  async () => {
    const message = 'System.LimitException: Apex heap size too large';
    await fault({ kind: 'apex_error', message });
    const refused = await createAccount();
    expect([refused.status, refused.body]).toEqual([500, [{ errorCode: 'APEX_ERROR', message }]]);
    expect(await accounts()).toBe(0);
    expect((await fault({ kind: 'apex_error' })).status).toBe(400);
  },
);

statement(
  '`{"kind": "html"}`: the next REST call is answered with 200 and a page of HTML, and does nothing.',
  async () => {
    await fault({ kind: 'html' });
    const { status, headers, body } = await createAccount();
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8']);
    expect(body).toMatch(/^<!DOCTYPE html>/);
    expect(await accounts()).toBe(0);
  },
);

statement(
  '`{"kind": "session_refused", "times": 2}`: the next two REST calls are refused with 401 `INVALID_SESSION_ID`, however new their session is.',
  async () => {
    await fault({ kind: 'session_refused', times: 2 });
    const [first, second] = [await createAccount(), await createAccount()];
    expect([first.status, refusalCode(first)]).toEqual([401, 'INVALID_SESSION_ID']);
    expect([second.status, refusalCode(second)]).toEqual([401, 'INVALID_SESSION_ID']);
    expect(await accounts()).toBe(0);
  },
);

statement(
  '`{"kind": "cut_call"}`: the connection breaks in place of the next REST call, which is not carried out.',
  async () => {
    await fault({ kind: 'cut_call' });
    await expect(createAccount()).rejects.toThrow(TypeError);
    expect(await accounts()).toBe(0);
  },
);

statement(
  'Faults of REST calls take `on`: with `POST composite`, `composite` or `apexrest/woo/main/reads` only such calls meet them. A call meets one fault at most, the one that was asked for first.',
  async () => {
    const one = { status: 500, code: 'ONE' };
    const root = '/services/apexrest/woo';
    await fault({ kind: 'status', on: 'GET sobjects/Account', ...one });
    await fault({ kind: 'status', on: 'sobjects/Account', status: 500, code: 'TWO' });
    await fault({ kind: 'status', on: 'apexrest/woo/main/reads', ...one, code: 'THREE' });
    await fault({ kind: 'unavailable', on: 'POST sobjects/Account' });
    expect((await org.ask('GET', `${root}/main/orders`)).status).not.toBe(500);
    expect(refusalCode(await org.ask('POST', `${root}/main/reads`, {}))).toBe('THREE');
    expect(refusalCode(await createAccount())).toBe('TWO');
    expect(refusalCode(await createAccount())).toBe('SERVER_UNAVAILABLE');
    expect((await createAccount()).status).toBe(201);
    expect(refusalCode(await org.rest('GET', '/sobjects/Account'))).toBe('ONE');
    const bad = await fault({ kind: 'html', on: '/composite' });
    expect([bad.status, bad.body]).toMatchObject([
      400,
      [{ message: expect.stringContaining('on is "/composite": give a route') as string }],
    ]);
  },
);
