import { expect, it } from 'vitest';

import type { OrgAnswer } from '../lib/install/admin-session.ts';
import { mustBeSmall, SMALL_ORDERS, smallJourneys } from './journey-files.ts';
import { MOST_ORDERS } from './must-be-free.ts';
import { megabytesOf, mustHaveRoom } from './room.ts';

/** Megabytes that a Developer Edition org has. */
const DEVELOPER_EDITION = 5;

const org = (body: unknown) => ({
  request: (): Promise<OrgAnswer> => Promise.resolve({ status: 200, headers: new Headers(), body }),
});
const left = (megabytes: number) =>
  org({ DataStorageMB: { Max: DEVELOPER_EDITION, Remaining: megabytes } });

it('the small journeys fit into a Developer Edition org, and the others do not', () => {
  expect(megabytesOf(SMALL_ORDERS)).toBeLessThan(DEVELOPER_EDITION);
  expect(megabytesOf(MOST_ORDERS)).toBeGreaterThan(DEVELOPER_EDITION);
});

it('an org without room is refused, one that says nothing of it is not', async () => {
  await expect(mustHaveRoom(left(4), MOST_ORDERS)).rejects.toThrow(
    /^The org has 4 MB of data storage left, and these journeys take \d+ .*--small/,
  );
  await expect(mustHaveRoom(left(DEVELOPER_EDITION), SMALL_ORDERS)).resolves.toBeUndefined();
  await expect(mustHaveRoom(org([{ errorCode: 'X' }]), MOST_ORDERS)).resolves.toBeUndefined();
});

it('the small journeys are all but those of a large shop', () => {
  expect(smallJourneys).toEqual(
    ['main-job', 'edits', 'images', 'commands', 'issues'].map((name) => `${name}.test.ts`),
  );
  expect(() => {
    mustBeSmall(['edits', 'kill']);
  }).toThrow('The journey kill loads a large shop');
  expect(() => {
    mustBeSmall(['edits', 'main']);
  }).not.toThrow();
});
