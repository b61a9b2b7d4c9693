import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isPassedOn } from '../server/proxy.ts';
import { fakeFetch, type Asked } from './fake-org.ts';
import { loadPlatform } from './platform.ts';

let asked: Asked[];

beforeEach(() => {
  asked = fakeFetch();
});

afterEach(() => {
  vi.unstubAllGlobals();
});

type CallApex = (className: string, method: string, args?: object) => Promise<unknown>;

/** A call that is on its way, and the request that it has sent. */
async function called(args?: object): Promise<{ result: Promise<unknown>; request: Asked }> {
  const { callApex } = await loadPlatform<{ callApex: CallApex }>('platform/apex');
  const result = callApex('Things', 'all', args);
  const [request] = asked;
  if (!request) throw new Error('nothing was asked');
  return { result, request };
}

test('a method is called with its arguments, and what it returns comes frozen', async () => {
  const { result, request } = await called({ colour: 'red' });
  expect(request).toMatchObject({
    method: 'POST',
    path: '/local/apex/Things/all',
    body: { colour: 'red' },
  });
  request.answer({ returnValue: { rows: [1] } });
  const value = (await result) as { rows: number[] };
  expect(value).toEqual({ rows: [1] });
  expect(() => value.rows.push(2)).toThrow(TypeError);
});

test('a method without parameters is called with none, and may return nothing', async () => {
  const { result, request } = await called();
  expect(request.body).toEqual({});
  request.answer({ returnValue: null });
  expect(await result).toBe(null);
});

test('an exception arrives as Salesforce gives it to components', async () => {
  const { result, request } = await called();
  request.answer({ message: 'Not so.' }, 500);
  await expect(result).rejects.toMatchObject({
    ok: false,
    status: 500,
    statusText: 'Server Error',
    errorType: 'fetchResponse',
    body: { message: 'Not so.' },
  });
});

test('a session that ended is an error with its code', async () => {
  const { result, request } = await called();
  request.answer([{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired' }], 401);
  await expect(result).rejects.toMatchObject({
    status: 401,
    body: { errorCode: 'INVALID_SESSION_ID' },
  });
});

test.each([
  ['POST', '/local/apex/Things/all', true],
  ['GET', '/local/apex/Things/all', false],
  ['POST', '/local/apex/Things', false],
  ['POST', '/local/sessions/end', false],
])('the host passes on %s %s: %s', (method, path, isPassed) => {
  expect(isPassedOn(method, path)).toBe(isPassed);
});
