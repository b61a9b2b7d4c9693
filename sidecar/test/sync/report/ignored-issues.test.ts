import { expect, it } from 'vitest';
import { ignoredIssues } from '../../../src/sync/report/ignored-issues.ts';
import { Decisions } from '../../../src/sync/report/issue-decisions.ts';
import { MemoryState } from '../../support/memory-state.ts';

function world() {
  const state = new MemoryState();
  const asked: (readonly string[])[] = [];
  const parts = {
    org: { userId: () => Promise.resolve('0051'), queries: () => Promise.resolve([]) },
    issues: {
      changesOf: (keys: readonly string[]) => {
        asked.push(keys);
        return Promise.resolve([]);
      },
    },
    queue: { add: () => Promise.resolve() },
    twoWay: { markDirty: () => Promise.resolve() },
    state,
  } as unknown as ConstructorParameters<typeof Decisions>[0];
  return { decisions: new Decisions(parts), state, asked };
}

const row = (key: string, State__c: string, Resolution__c: string | null = null) => ({
  ...{ Issue_Key__c: key, State__c, Resolution__c, SystemModstamp: '2026-11-24T12:00:00Z' },
});

it('what people ignore is remembered over a restart, until they open it again', async () => {
  const { decisions, state, asked } = world();
  expect(await ignoredIssues(state)).toEqual([]);
  await decisions.take([row('b', 'ignored'), row('a', 'ignored'), row('c', 'open', 'retry')]);
  expect(await ignoredIssues(state)).toEqual(['a', 'b']);
  // Of what is ignored nothing is looked at again.
  expect(asked).toEqual([['c']]);
  await decisions.take([row('b', 'ignored', 'take_woo')]);
  expect(await ignoredIssues(state)).toEqual(['b']);
  await decisions.take([]);
  expect(await ignoredIssues(state)).toEqual([]);
});

it('asks for both by the query that the sweep makes anyway', async () => {
  expect(await world().decisions.soql()).toMatch(
    /WHERE \(State__c = 'open' AND .*\) OR State__c = 'ignored' ORDER BY LastModifiedDate DESC LIMIT 2000$/,
  );
});
