import { expect, test } from 'vitest';
import { loadPlatform } from './platform.ts';

interface Seen {
  readonly seenOf: (seen: number, notifications: readonly { readonly number: number }[]) => number;
}

const numbered = (...numbers: readonly number[]) => numbers.map((number) => ({ number }));

test.each([
  ['of none is what was kept', 7, numbered(), 7],
  ['of the newest is itself', 7, numbered(7, 6), 7],
  ['of older ones leaves those above', 7, numbered(9, 8, 7), 7],
  ['of an org before this one counts nothing', 7, numbered(2, 1), 0],
])('what the bell has seen %s', async (_, seen, notifications, expected) => {
  const { seenOf } = await loadPlatform<Seen>('host/bellSeen');
  expect(seenOf(seen, notifications)).toBe(expected);
});
