import { describe, expect, it } from 'vitest';

import { dried } from '../../../src/sync/pipeline/dry-run.ts';
import { IdStore, MemoryState, TakingOrg } from '../../support/memory-state.ts';
import { verified } from '../../support/links.ts';

const order = {
  object: 'Order',
  key: 'main:1',
  recordId: '001',
  ...verified('h'),
  parentKey: null,
};
const refund = { ...order, object: 'Refund', key: 'main:2', parentKey: 'main:1' };
const rest = { byId: false, readNumber: 0 };

async function world() {
  const state = new MemoryState();
  await state.didWrite(
    [
      { ...order, ...rest },
      { ...refund, ...rest },
    ],
    [],
  );
  return { state, dry: dried({ org: new TakingOrg().asOrg, store: new IdStore({}), state }).state };
}

describe('the state of a dry run', () => {
  it('goes on without what would have been removed, and keeps it', async () => {
    const { state, dry } = await world();
    await dry.didWrite([], [order, refund]);
    expect([...(await dry.links('Order', ['main:1'])).keys()]).toEqual([]);
    expect((await dry.children('Refund', ['main:1'])).get('main:1')).toEqual([]);
    expect([...(await state.links('Order', ['main:1'])).keys()]).toEqual(['main:1']);
  });

  it('has again what would have been made anew', async () => {
    const { dry } = await world();
    await dry.didWrite([], [order, refund]);
    await dry.didWrite([{ ...order, ...rest, ...verified('new') }], []);
    expect((await dry.links('Order', ['main:1'])).get('main:1')).toMatchObject({ hash: 'new' });
  });

  it('lets no lookup wait', async () => {
    const { state, dry } = await world();
    const change = { resource: 'order', key: 'main:1' } as const;
    await dry.waiting.save([{ object: 'Order', key: 'main:1', change }]);
    expect(await state.waiting.due('main', 1)).toEqual([]);
    expect(await dry.waiting.due('main', 1)).toEqual([]);
  });
});
