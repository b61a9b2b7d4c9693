import { expect, it } from 'vitest';
import { latestOf } from '../../src/diagnostics/latest-records.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import type { WooRecord } from '../../src/mapping/model/record.ts';
import type { ListRead, WooPage } from '../../src/ports/store.ts';

/** Three records in each list; one whose list and id are named does not fit beside others, nor alone. */
function shop(code: 'WOO_ANSWER_TOO_LARGE' | 'WOO_REFUSED', large: string) {
  const asked: string[] = [];
  const params: ListRead['params'][] = [];
  const list = (name: ListRead['list'], query: ListRead['params']): Promise<WooPage> => {
    asked.push(name);
    params.push(query);
    const { include, _fields } = query;
    const ids = include === undefined ? [3, 2, 1] : [Number(include)];
    const isLarge = _fields === undefined && ids.some((id) => `${name} ${id}` === large);
    if (isLarge) return Promise.reject(new CodedError(code, 'It is larger.', 'Shorten it.'));
    const records: readonly WooRecord[] = ids.map((id) => ({ id }));
    return Promise.resolve({ records, total: 3, pages: 1, storeTime: new Date(0) });
  };
  const lists = (reads: readonly ListRead[]) =>
    Promise.all(reads.map((read) => list(read.list, read.params)));
  return { key: 'main', asked, params, list, lists };
}

const params = { per_page: '20' };
const posts: ListRead = { list: 'content/post', params };
const reads: readonly ListRead[] = [{ list: 'orders', params }, posts];

const look = (shown: ReturnType<typeof shop>) => latestOf(shown, reads, () => shown.lists(reads));

it('names the one record that is too large, and looks at its neighbours', async () => {
  const { lists, findings } = await look(shop('WOO_ANSWER_TOO_LARGE', 'content/post 2'));
  expect(lists.map((one) => one.map(({ id }) => id))).toEqual([
    [3, 2, 1],
    [3, 1],
  ]);
  expect(findings).toEqual([
    {
      severity: 'error',
      code: 'WOO_ANSWER_TOO_LARGE',
      place: 'main',
      cure: 'Shorten it.',
      message: 'content/post 2: It is larger.',
    },
  ]);
});

it('asks once where all of them fit, and leaves other refusals to the caller', async () => {
  const whole = shop('WOO_REFUSED', 'orders 7');
  expect((await look(whole)).findings).toEqual([]);
  expect(whole.asked).toEqual(['orders', 'content/post']);
  const refused = shop('WOO_REFUSED', 'orders 2');
  await expect(look(refused)).rejects.toMatchObject({ code: 'WOO_REFUSED' });
  expect(refused.asked).toEqual(['orders', 'content/post']);
});

it('leaves a refusal of a single record to the caller, too', async () => {
  const refused = shop('WOO_REFUSED', 'content/post 2');
  const page = { records: [{ id: 3 }], total: 3 };
  const looked = latestOf(refused, [posts], () => Promise.resolve([page]));
  await expect(looked).rejects.toMatchObject({ code: 'WOO_REFUSED' });
});

it('looks behind the end of a page that a large record has cut short', async () => {
  const shown = shop('WOO_ANSWER_TOO_LARGE', 'content/post 2');
  const first = { records: [{ id: 3 }], total: 3 };
  const { lists, findings } = await latestOf(shown, [posts], () => Promise.resolve([first]));
  expect(lists).toEqual([[{ id: 3 }, { id: 1 }]]);
  expect(findings).toEqual([
    expect.objectContaining({ message: 'content/post 2: It is larger.', place: 'main' }),
  ]);
  // The list of ids, and those that were not there yet.
  expect(shown.params).toEqual([
    { per_page: '20', _fields: 'id' },
    { per_page: '1', include: '2' },
    { per_page: '1', include: '1' },
  ]);
});

it('asks for nothing by itself where the shop counts records that it does not show', async () => {
  const shown = shop('WOO_REFUSED', 'orders 7');
  const page = { records: [{ id: 3 }, { id: 2 }, { id: 1 }], total: 5 };
  const { lists } = await latestOf(shown, [posts], () => Promise.resolve([page]));
  expect(lists).toEqual([page.records]);
  expect(shown.asked).toEqual(['content/post']);
});

it('asks for nothing by itself where the list goes on behind the page', async () => {
  const shown = shop('WOO_REFUSED', 'orders 7');
  const page = { records: [{ id: 3 }, { id: 2 }, { id: 1 }], total: 40 };
  const asked = [{ ...posts, params: { per_page: '3' } }];
  const { lists } = await latestOf(shown, asked, () => Promise.resolve([page]));
  expect([lists, shown.asked]).toEqual([[page.records], []]);
});
