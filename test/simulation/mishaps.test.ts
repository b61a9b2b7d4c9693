import { expect, it } from 'vitest';

import { inProcess, startProcess } from './preload/processes.ts';
import { isWrite, Mishaps } from './world/mishaps.ts';

const request = (method: string, path: string, body: unknown = '') => ({
  method,
  url: new URL(`http://127.0.0.1:41001${path}`),
  headers: {},
  process: null,
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const QUERY = { method: 'GET', url: '/services/data/v66.0/query?q=x', referenceId: 'r1' };
const UPSERT = {
  method: 'PATCH',
  url: '/services/data/v66.0/composite/sobjects/Product2/Woo_Key__c',
  referenceId: 'r2',
  body: { records: [] },
};
const composite = (...compositeRequest: readonly object[]) =>
  request('POST', '/services/data/v66.0/composite', { compositeRequest });

it('a call of several queries is no write, and one that writes among them is one', () => {
  expect(isWrite(composite(QUERY, QUERY))).toBe(false);
  expect(isWrite(composite(QUERY, UPSERT))).toBe(true);
});

it('a sign-in and a read are none, and whatever else changes something is one', () => {
  expect(isWrite(request('POST', '/services/oauth2/token', 'grant_type=x'))).toBe(false);
  expect(isWrite(request('GET', '/wp-json/wc/v3/orders?include=1'))).toBe(false);
  expect(isWrite(request('POST', '/wp-json/wc/v3/orders/batch', { update: [] }))).toBe(true);
  expect(isWrite(request('DELETE', '/services/data/v66.0/composite/sobjects?ids=1'))).toBe(true);
});

it('a process that is to end right after a write outlives queries, and what another process does', () => {
  const [writing, other] = [startProcess(), startProcess()];
  const ended: number[] = [];
  const mishaps = new Mishaps(
    (downMs) => ended.push(downMs),
    () => undefined,
  );
  const answer = { status: 200, headers: {}, rawHeaders: [], body: Buffer.from('{}') };
  mishaps.arm({ kind: 'crash', where: 'state', when: 'after_write', nth: 1, downMs: 7 });
  const call = (process: number) => inProcess(process, () => mishaps.called('links', 'before'));
  mishaps.answered({ ...composite(QUERY), process: writing }, answer);
  expect(call(writing)).toBe(true);
  mishaps.answered({ ...composite(QUERY, UPSERT), process: writing }, answer);
  expect(call(other)).toBe(true);
  expect(call(writing)).toBe(false);
  expect(ended).toEqual([7]);
});

it.each(['request', 'state'] as const)(
  'one that is to end right before a write does so, wherever it was to end: %s',
  (where) => {
    const process = startProcess();
    const mishaps = new Mishaps(
      () => undefined,
      () => undefined,
    );
    mishaps.arm({ kind: 'crash', where, when: 'before_write', nth: 1, downMs: 7 });
    expect(mishaps.called('links', 'before')).toBe(true);
    expect(mishaps.mishap({ ...composite(QUERY), process })).toBeNull();
    expect(mishaps.mishap({ ...composite(UPSERT), process })).toEqual({ kind: 'crash_before' });
    expect(mishaps.mishap({ ...composite(UPSERT), process })).toBeNull();
  },
);
