import { expect, test } from 'vitest';
import { loadPlatform } from './platform.ts';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem'>;

interface Recent {
  readonly noteViewed: (storage: Storage, user: string, object: string, id: string) => void;
  readonly recentView: (
    columns: readonly string[],
    ids: readonly string[],
    objects: string,
  ) => object;
  readonly viewedOf: (storage: Storage, user: string, object: string) => string[];
}

const { noteViewed, recentView, viewedOf } = await loadPlatform<Recent>('host/recent');

function storage(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      values.set(key, value);
    },
  };
}

test('what was viewed last comes first, each record once', () => {
  const kept = storage();
  for (const id of ['a', 'b', 'a', 'c']) noteViewed(kept, 'ada', 'Thing__c', id);
  expect(viewedOf(kept, 'ada', 'Thing__c')).toEqual(['c', 'a', 'b']);
});

test('users and objects are kept apart', () => {
  const kept = storage();
  noteViewed(kept, 'ada', 'Thing__c', 'a');
  expect(viewedOf(kept, 'rita', 'Thing__c')).toEqual([]);
  expect(viewedOf(kept, 'ada', 'Part__c')).toEqual([]);
});

test('fifty are kept', () => {
  const kept = storage();
  for (let id = 0; id < 60; id += 1) noteViewed(kept, 'ada', 'Thing__c', String(id));
  const ids = viewedOf(kept, 'ada', 'Thing__c');
  expect([ids.length, ids[0], ids.at(-1)]).toEqual([50, '59', '10']);
});

test('the list has the address of an org', () => {
  expect(recentView(['Name'], ['a'], 'Things')).toEqual({
    name: '__Recent',
    label: 'Recently Viewed',
    columns: ['Name'],
    ids: ['a'],
    filters: [],
    note: '',
  });
});

test('an empty one says where the records are', () => {
  expect(recentView(['Name'], [], 'Things')).toMatchObject({
    note: "You haven't viewed any Things recently. Try switching list views.",
  });
});
