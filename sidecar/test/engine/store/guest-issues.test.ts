import { expect, it } from 'vitest';
import { GuestIssues } from '../../../src/engine/store/guest-issues.ts';
import type { Issue } from '../../../src/ports/issues.ts';
import { mappingTo } from '../../support/rows.ts';

const contacts = mappingTo('Contact', { resource: 'customer' });
const change = { resource: 'customer', key: 'main:3' };

/** Nobody closes anything here. */
const resolve = () => Promise.reject(new Error('Nothing is to be closed.'));

const issue = (recordKey: string, over: Partial<Issue> = {}) => ({
  key: `customer:Contact:${recordKey}`,
  recordKey,
  resource: 'customer',
  object: 'Contact',
  kind: 'failed',
  attempts: 1,
  change: null,
  ...over,
});
const open = async (...guests: (string | ReturnType<typeof issue>)[]) => {
  const issues = guests.map((one) => (typeof one === 'string' ? issue(one) : one));
  const known = [...issues, issue('main:3', { change: change as NonNullable<Issue['change']> })];
  return GuestIssues.of(
    { resolve, find: () => Promise.resolve(known as unknown as Issue[]) },
    'main',
  );
};
const failure = (recordKey: string) => ({ recordKey, key: recordKey, code: 'X', message: '' });
const keysOf = async (guests: GuestIssues, whole: boolean) =>
  (await guests.over(whole ? [contacts] : [])).map(({ key }) => key);

it('takes a guest who failed again for no better, whatever was said before', async () => {
  const guests = await open('main:guest:a', 'main:guest:b');
  guests.listener.seen(contacts, 'main:guest:a');
  guests.listener.failed(contacts, failure('main:guest:a'));
  expect(await keysOf(guests, true)).toEqual(['customer:Contact:main:guest:b']);
});

it('takes only those that were seen for better where not all orders were walked', async () => {
  const guests = await open('main:guest:a', 'main:guest:b');
  guests.listener.seen(contacts, 'main:guest:a');
  guests.listener.seen(contacts, 'main:guest:unknown');
  expect(await keysOf(guests, false)).toEqual(['customer:Contact:main:guest:a']);
});

it('leaves customers to their own change events', async () => {
  expect(await keysOf(await open(), true)).toEqual([]);
});

it('takes what may be wrong beside the link of a guest for over only where the guest was looked at', async () => {
  const key = 'customer:Contact:main:guest:a#lead';
  const lead = issue('main:guest:a', { key });
  const asked = { key: 'customer:Contact:main:guest:a#Phone', kind: 'conflict' } as const;
  const conflict = issue('main:guest:a', asked);
  const guests = await open('main:guest:a', lead, conflict);
  expect(await keysOf(guests, true)).toEqual(['customer:Contact:main:guest:a']);
  guests.listener.seen(contacts, 'main:guest:a');
  expect(await keysOf(guests, true)).toContain(key);
});

it('leaves open what failed again beside the load', async () => {
  const again = [issue('main:guest:a', { attempts: 2 })];
  const answers = [[issue('main:guest:a')], again] as unknown as Issue[][];
  const find = () => Promise.resolve(answers.shift() ?? []);
  expect(await keysOf(await GuestIssues.of({ find, resolve }, 'main'), true)).toEqual([]);
});

it('asks for issues of customers page by page', async () => {
  const many = Array.from({ length: 1001 }, (_, at) => issue(`main:guest:${at}`));
  const asked: unknown[] = [];
  const find = (of: object, most: number) => {
    asked.push(of);
    const { after } = of as { after: string };
    const from = many.findIndex(({ key }) => key === after) + 1;
    return Promise.resolve(many.slice(from, from + most) as unknown as Issue[]);
  };
  const guests = await GuestIssues.of({ find, resolve }, 'main');
  expect(asked).toEqual(
    ['', 'customer:Contact:main:guest:999'].map((after) => ({
      store: 'main',
      prefix: 'customer:',
      after,
    })),
  );
  expect(await keysOf(guests, true)).toHaveLength(1001);
});

it('tells objects apart, and goes by those of customers', async () => {
  const account = issue('main:guest:a', {
    key: 'customer:Account:main:guest:a',
    object: 'Account',
  });
  const guests = await open('main:guest:a', account);
  const orders = mappingTo('Account', { resource: 'order' });
  expect((await guests.over([orders])).map(({ key }) => key)).toEqual([]);
  guests.listener.failed(contacts, failure('main:guest:a'));
  const accounts = mappingTo('Account', { resource: 'customer' });
  expect((await guests.over([contacts, accounts])).map(({ key }) => key)).toEqual([account.key]);
});

it.each([
  ['all orders were walked', {}, 1],
  ['another list could not be read', { list: 'products' }, 1],
  ['orders could not be read', { list: 'orders' }, 0],
  ['it was stopped, or went on behind an earlier one', { isPart: true }, 0],
  ['an earlier one had read some', { before: 'orders' }, 0],
] as const)('closes those of whom nothing was said where %s', async (_what, how, closed) => {
  const { list, before, isPart } = { list: null, before: null, isPart: false, ...how };
  const known = [issue('main:guest:a')] as unknown as Issue[];
  let resolved = 0;
  const close = (issues: readonly Issue[]) => Promise.resolve(void (resolved += issues.length));
  const find = () => Promise.resolve(known);
  const guests = await GuestIssues.of({ find, resolve: close as never }, 'main');
  const named = (name: string | null) => (name === null ? [] : [{ list: name }]);
  const result = { lists: named(list), before: named(before) } as never;
  await guests.close({ result, isPart, mappings: [contacts] });
  expect(resolved).toBe(closed);
});
