import { expect, it } from 'vitest';
import { GuestIssues } from '../../../src/engine/store/guest-issues.ts';
import type { Issue } from '../../../src/ports/issues.ts';
import { mappingTo } from '../../support/rows.ts';

const contacts = mappingTo('Contact', { resource: 'customer' });
const change = { resource: 'customer', key: 'main:3' };

const open = async (...keys: string[]) => {
  const issues = keys.map((key) => ({ key, recordKey: key, object: 'Contact', change: null }));
  const known = [...issues, { key: 'main:3', recordKey: 'main:3', object: 'Contact', change }];
  return GuestIssues.of({ find: () => Promise.resolve(known as unknown as Issue[]) }, 'main');
};
const failure = (recordKey: string) => ({ recordKey, key: recordKey, code: 'X', message: '' });
const keysOf = (guests: GuestIssues, whole: boolean) =>
  guests.over(whole ? [contacts] : []).map(({ key }) => key);

it('takes a guest who failed again for no better, whatever was said before', async () => {
  const guests = await open('main:guest:a', 'main:guest:b');
  guests.seen(contacts, 'main:guest:a');
  guests.failed(contacts, failure('main:guest:a'));
  expect(keysOf(guests, true)).toEqual(['main:guest:b']);
});

it('takes only those that were seen for better where not all orders were walked', async () => {
  const guests = await open('main:guest:a', 'main:guest:b');
  guests.seen(contacts, 'main:guest:a');
  guests.seen(contacts, 'main:guest:unknown');
  expect(keysOf(guests, false)).toEqual(['main:guest:a']);
});

it('leaves customers to their own change events', async () => {
  expect(keysOf(await open(), true)).toEqual([]);
});
