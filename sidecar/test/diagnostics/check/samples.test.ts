import { expect, it } from 'vitest';
import { lookAt } from '../../../src/diagnostics/check/samples.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { ListRead, WooPage, WooStore } from '../../../src/ports/store.ts';
import { STORE_ROW } from '../../mapping/support/mappings.ts';

const page = (ids: readonly number[]): WooPage => ({
  records: ids.map((id) => ({ id })),
  total: 2,
  pages: 1,
  storeTime: new Date(0),
});

/** Each of its lists has a record that is too large, beside a small one. */
function shop(): WooStore {
  const list = (_list: ListRead['list'], { _fields, include }: ListRead['params']) =>
    _fields === undefined && include !== '1'
      ? Promise.reject(new CodedError('WOO_ANSWER_TOO_LARGE', 'It is larger.', 'Shorten it.'))
      : Promise.resolve(page(include === '1' ? [1] : [2, 1]));
  const store = { key: 'main', list, contentUser: () => Promise.resolve('member') };
  const lists = (reads: readonly ListRead[]) =>
    Promise.all(reads.map((read) => list(read.list, read.params)));
  return { ...store, lists } as unknown as WooStore;
}

it.each([
  [{ resource: 'order', contentType: null }, 'order', 'orders 2: It is larger.'],
  [{ resource: 'content', contentType: 'post' }, 'content post', 'content/post 2: It is larger.'],
] as const)('names what is too large of %j, and shows the rest', async (mapped, name, message) => {
  const { findings, samples } = await lookAt(STORE_ROW, shop, [mapped]);
  expect(findings).toMatchObject([{ code: 'WOO_ANSWER_TOO_LARGE', message }]);
  expect(samples.get(name)).toEqual([{ id: 1 }]);
});
