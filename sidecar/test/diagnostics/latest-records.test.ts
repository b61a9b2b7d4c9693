import { expect, it } from 'vitest';
import { latestOf } from '../../src/diagnostics/latest-records.ts';
import { CodedError } from '../../src/errors/coded-error.ts';
import type { WooRecord } from '../../src/mapping/model/record.ts';
import type { ListRead, WooPage } from '../../src/ports/store.ts';

/** Three records in each list; one whose list and id are named does not fit beside others, nor alone. */
function shop(code: 'WOO_ANSWER_TOO_LARGE' | 'WOO_REFUSED', large: string) {
  const asked: string[] = [];
  const list = (name: ListRead['list'], params: ListRead['params']): Promise<WooPage> => {
    asked.push(name);
    const { include, _fields } = params;
    const ids = include === undefined ? [3, 2, 1] : [Number(include)];
    const isLarge = _fields === undefined && ids.some((id) => `${name} ${id}` === large);
    if (isLarge) return Promise.reject(new CodedError(code, 'It is larger.', 'Shorten it.'));
    const records: readonly WooRecord[] = ids.map((id) => ({ id }));
    return Promise.resolve({ records, total: 3, pages: 1, storeTime: new Date(0) });
  };
  const lists = (reads: readonly ListRead[]) =>
    Promise.all(reads.map((read) => list(read.list, read.params)));
  return { key: 'main', asked, list, lists };
}

const reads = (['orders', 'content/post'] as const).map((list) => ({
  list,
  params: { per_page: '20' },
}));

const look = (shown: ReturnType<typeof shop>) => latestOf(shown, reads, () => shown.lists(reads));

it('names the one record that is too large, and looks at its neighbours', async () => {
  const { lists, findings } = await look(shop('WOO_ANSWER_TOO_LARGE', 'content/post 2'));
  expect(lists.map((one) => one.map(({ id }) => id))).toEqual([
    [3, 2, 1],
    [3, 1],
  ]);
  expect(findings).toEqual([
    {
      ...{ severity: 'error', code: 'WOO_ANSWER_TOO_LARGE', place: 'main', cure: 'Shorten it.' },
      message: 'content/post 2: It is larger.',
    },
  ]);
});

it('asks once where all of them fit, and leaves other refusals to the caller', async () => {
  const whole = shop('WOO_REFUSED', 'orders 7');
  expect((await look(whole)).findings).toEqual([]);
  expect(whole.asked).toEqual(['orders', 'content/post']);
  await expect(look(shop('WOO_REFUSED', 'orders 2'))).rejects.toMatchObject({
    code: 'WOO_REFUSED',
  });
});
