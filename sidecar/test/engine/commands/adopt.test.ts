import { expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { failure, scene } from './record-scene.ts';
import { world } from './world.ts';

const CHANGED = new CodedError(
  'STORE_URL_CHANGED',
  'It was another shop.',
  'Give the command Adopt.',
);

function moved(reason = CHANGED) {
  const one = world();
  const stopped = { key: 'outlet', label: 'Outlet', reason, since: new Date(0) };
  one.reloads.brings = { stopped: [stopped] };
  const adopted: string[] = [];
  one.adopting.by = (key) => {
    adopted.push(key);
    return Promise.resolve('https://new.example');
  };
  return { ...one, adopted };
}

it('adopts the new address of a store that is stopped for it, and reads the configuration anew', async () => {
  const { run, adopted, reloads } = moved();
  const done = await run('adopt', { Store__c: 'outlet' });
  expect(done).toMatchObject({ State__c: 'done' });
  expect(done['Result__c']).toContain('The store "outlet" is the shop at https://new.example now.');
  expect(adopted).toEqual(['outlet']);
  expect(reloads.count).toBe(2);
});

it('says why it cannot where the store is stopped for something else, and where none is named', async () => {
  const { run, adopted } = moved(new CodedError('STORE_KEY_INVALID', 'A colon.', 'Mend it.'));
  expect(await run('adopt', { Store__c: 'outlet' })).toMatchObject({
    State__c: 'failed',
    Result__c: expect.stringContaining('STORE_KEY_INVALID: A colon.') as string,
  });
  expect(await run('adopt')).toMatchObject({
    State__c: 'failed',
    Result__c: expect.stringContaining('does not name the store') as string,
  });
  expect(adopted).toEqual([]);
});

it('says that there is nothing to adopt of a store whose shop calls itself so', async () => {
  const { run } = world();
  const { Result__c: text } = await run('adopt', { Store__c: 'main' });
  expect(text).toContain('there is nothing to adopt');
});

it('takes what a restored shop has now, and has those records alone looked at', async () => {
  const { run, queue, state, looked } = scene();
  const failures = [
    failure('main:7', { code: 'RECORD_IS_ANOTHER' }),
    failure('main:8', { code: 'RECORD_WENT_BACK' }),
    failure('main:9'),
  ];
  await queue.finish({ jobs: [], failures, seen: [], followUps: [] });
  const origin = { marks: ['a'], modified: 1, isHeld: true, isAnother: true, ordersDue: false };
  // The issue of the last one was closed.
  const keys = ['main:7', 'main:8', 'outlet:7', 'main:10'];
  await state.origins.save(
    'order',
    keys.map((key) => ({ ...origin, key })),
  );
  const { Result__c: text } = await run('adopt', { Store__c: 'main' });
  expect(text).toBe(
    '3 records of the store "main" that came back otherwise are taken as the shop has them now.',
  );
  expect(looked.sort()).toEqual(['main:10', 'main:7', 'main:8']);
  expect(await state.origins.others('main')).toEqual(new Set());
  expect(await state.origins.others('outlet')).toEqual(new Set(['order outlet:7']));
});

it('lets nothing go during the first backfill, and says so', async () => {
  const { run, queue, state } = scene([], undefined, { isLoaded: false });
  const origin = { marks: ['a'], modified: 1, isHeld: true, isAnother: false, ordersDue: false };
  await state.origins.save('order', [{ ...origin, key: 'main:7' }]);
  const before = new Map(state.origins.saved);
  const { Result__c: text } = await run('adopt', { Store__c: 'main' });
  expect(text).toMatch(/^COMMAND_FIRST_LOAD: .* store main /);
  expect(state.origins.saved).toEqual(before);
  expect(await queue.backlog()).toEqual([]);
});
