import { expect, it } from 'vitest';
import type { OrgAnswer } from './admin-session.ts';
import { tellService } from './reload.ts';

/** An org that answers the count and the creation, and keeps what it was sent. */
function org(count: [number, unknown], created: [number, unknown] = [201, { id: 'a00' }]) {
  const sent: unknown[] = [];
  const answer = ([status, body]: [number, unknown]): OrgAnswer => {
    return { status, body, headers: new Headers() };
  };
  const request = (method: string, path: string, body?: unknown) => {
    if (method === 'POST') sent.push([path, body]);
    return Promise.resolve(answer(method === 'POST' ? created : count));
  };
  return { request, sent };
}
const refused = [{ errorCode: 'INVALID_TYPE', message: 'no such object' }];

it('gives the command where a service has been there', async () => {
  const there = org([200, { totalSize: 1 }]);
  expect(await tellService(there)).toContain('told to read the configuration now');
  expect(there.sent).toEqual([
    ['/services/data/v66.0/sobjects/Woo_Command__c', { Type__c: 'reload', State__c: 'waiting' }],
  ]);
});

it('says nothing where none ever was', async () => {
  const there = org([200, { totalSize: 0 }]);
  expect(await tellService(there)).toBeNull();
  expect(there.sent).toEqual([]);
});

it.each([
  ['does not show the status', org([400, refused])],
  ['does not take the command', org([200, { totalSize: 1 }], [403, refused])],
])('says what happens anyway where the org %s', async (_what, there) => {
  expect(await tellService(there)).toMatch(/INVALID_TYPE: no such object.*within five minutes/);
});
