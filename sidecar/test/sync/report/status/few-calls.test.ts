import { expect, it } from 'vitest';
import { statusRow } from '../../../../src/sync/report/status/status-row.ts';
import type { StoreSnapshot } from '../../../../src/sync/report/status/store-snapshot.ts';
import { snapshot } from './snapshot.ts';

const said = (over: Partial<StoreSnapshot>) => {
  const { State__c, Message__c } = statusRow(snapshot(over));
  return `${String(State__c)}: ${String(Message__c)}`;
};

it('says where changes are looked for rarely, since API calls are few', () => {
  expect(said({ sweepsEvery: 11_520 })).toBe(
    'attention: By the budget of API calls changes and commands are looked for every 192 minutes only. Raise it (Woo Store), or set PUBLIC_URL.',
  );
});

it('says where silence is noticed later than an admin wants it', () => {
  const few = { seenEvery: 11_520 };
  expect(said({ ...few, silentMinutes: 15 })).toBe(
    'attention: By the budget of API calls silence is noticed after 576 minutes, not 15.',
  );
  // Less counts as fifteen.
  expect(said({ ...few, silentMinutes: 1 })).toMatch(/ not 15\.$/);
});

it.each([
  ['in time', {}],
  ['as often as it should be', { sweepsEvery: 300 }],
  ['seen often enough', { seenEvery: 1000, silentMinutes: 60 }],
  ['seen exactly as often as it has to be', { seenEvery: 1200, silentMinutes: 60 }],
  ['of a store that does not say', { seenEvery: 11_520 }],
] as const)('is healthy %s', (_, over) => {
  expect(said(over)).toBe('healthy: null');
});
