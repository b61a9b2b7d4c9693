import { expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { backfill } from '../../../src/sync/pipeline/backfill.ts';
import { CollectedFailures } from '../../../src/sync/report/collected-failures.ts';
import { CommandOrg } from '../../engine/commands/world.ts';
import { ListStore } from '../../support/list-store.ts';
import { MemoryState } from '../../support/memory-state.ts';
import { mappingTo, rowOf } from '../../support/rows.ts';

/** A shop that cannot hand its second post over. */
class HeavyShop extends ListStore {
  static of(): HeavyShop {
    const posts = [1, 3, 4].map((id) => ({ id, content_type: 'post' }));
    const shop = new HeavyShop({ 'content/post': posts });
    const { walk } = shop;
    const why = new CodedError('WOO_ANSWER_TOO_LARGE', 'It is larger.', 'Shorten it.');
    return Object.assign(shop, {
      walk: (...[list, from, params, onTooLarge]: Parameters<typeof walk>) => {
        if (list === 'content/post') onTooLarge?.({ id: 2, content_type: 'post' }, why);
        return walk(list, from, params);
      },
    });
  }
}

it('has an issue of its own for a record of a list that is too large, and the rest arrives', async () => {
  const content = (type: string) =>
    mappingTo(`${type}__c`, {
      resource: 'content',
      contentType: type,
      build: ({ id }) => ({ row: rowOf(`main:${type}:${String(id)}`, { Name: String(id) }) }),
    });
  const listener = new CollectedFailures();
  const [state, org, store] = [new MemoryState(), new CommandOrg(), HeavyShop.of()];
  const orders = mappingTo('Order', { build: ({ id }) => ({ row: rowOf(`main:${String(id)}`) }) });
  const mappings = [content('post'), content('page'), orders];
  const given = { org: org.audited, state, store, mappings, listener };
  await backfill({ ...given, dry: true });
  expect(listener.take()).toMatchObject([{ code: 'WOO_ANSWER_TOO_LARGE' }]);
  const { lists } = await backfill(given);
  expect(lists).toEqual([]);
  expect(org.of('post__c').map(({ Name }) => Name)).toEqual(['1', '3', '4']);
  expect(listener.take()).toMatchObject([
    {
      key: 'content:post__c:main:post:2',
      code: 'WOO_ANSWER_TOO_LARGE',
      reason: 'main:post:2: It is larger.',
      change: { resource: 'content', key: 'main:post:2' },
    },
  ]);
});
