import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ignoredIssues } from '../../../src/sync/report/ignored-issues.ts';
import { Decisions } from '../../../src/sync/report/issue-decisions.ts';
import { MemoryState } from '../../support/memory-state.ts';

function world() {
  const forgotten: string[] = [];
  const state = new MemoryState();
  state.twoWay.forgetRefusals = (keys) => Promise.resolve(void forgotten.push(...keys));
  const asked: (readonly string[])[] = [];
  const known = new Set(['a', 'b', 'c']);
  const changes: string[] = [];
  const queued: unknown[] = [];
  const clock = { at: Date.parse('2026-11-24T12:00:00Z'), now: () => new Date(clock.at) };
  const parts = {
    org: { userId: () => Promise.resolve('0051'), queries: () => Promise.resolve([]) },
    clock,
    issues: {
      known: () => Promise.resolve(known),
      changesOf: (keys: readonly string[]) => {
        asked.push(keys);
        return Promise.resolve(changes.map((key) => ({ resource: 'order', key })));
      },
    },
    queue: { add: (_: unknown, how: unknown) => Promise.resolve(void queued.push(how)) },
    state,
  } as unknown as ConstructorParameters<typeof Decisions>[0];
  return {
    decisions: new Decisions(parts),
    state,
    asked,
    known,
    clock,
    changes,
    queued,
    forgotten,
  };
}

const row = (
  key: string,
  State__c: string,
  Resolution__c: string | null = null,
  LastModifiedById = '0052',
) => ({
  Issue_Key__c: key,
  State__c,
  Resolution__c,
  LastModifiedById,
  SystemModstamp: '2026-11-24T12:00:00Z',
});

it('what people ignore is remembered over a restart, until they open it again', async () => {
  const { decisions, state, asked } = world();
  expect(await ignoredIssues(state)).toEqual([]);
  await decisions.take([row('b', 'ignored'), row('a', 'ignored'), row('c', 'open', 'retry')]);
  expect(await ignoredIssues(state)).toEqual(['a', 'b']);
  // Of what is only ignored nothing is looked at again.
  expect(asked).toEqual([['c']]);
  await decisions.take([row('b', 'ignored', 'take_woo')]);
  expect(await ignoredIssues(state)).toEqual(['b']);
  await decisions.take([]);
  expect(await ignoredIssues(state)).toEqual([]);
});

it('what is decided of an ignored issue is carried out once, and our own write to it decides nothing', async () => {
  const { decisions, state, asked } = world();
  const decided = row('b', 'ignored', 'take_woo');
  await decisions.take([decided]);
  await decisions.take([decided]);
  await decisions.take([{ ...decided, LastModifiedById: '0051', SystemModstamp: 'later' }]);
  expect(asked).toEqual([['b'], [], []]);
  expect(await ignoredIssues(state)).toEqual(['b']);
});

it('what was decided of an issue that is over is no decision', async () => {
  const { decisions, asked } = world();
  await decisions.take([row('b', 'resolved', 'retry')]);
  expect(asked).toEqual([[]]);
});

it.each([
  [999, undefined],
  [1000, 'bulk'],
] as const)('queues the records of what was decided, very many in bulk: %i', async (count, how) => {
  const { decisions, changes, queued } = world();
  changes.push(...Array.from({ length: count }, (_, at) => `main:${at}`));
  await decisions.take([row('a', 'open', 'retry')]);
  expect(queued).toEqual([how]);
});

it.each(['retry', 'take_woo'])('withdraws what was refused before: %s', async (resolution) => {
  const { decisions, changes, forgotten } = world();
  changes.push('main:7');
  await decisions.take([row('a', 'open', resolution)]);
  expect(forgotten).toEqual(['main:7']);
});

it('asks for both by the query that the sweep makes anyway, decisions first', async () => {
  expect(await world().decisions.soql()).toMatch(
    /WHERE \(State__c IN \('open', 'ignored'\) AND .*\) OR State__c = 'ignored' ORDER BY Resolution__c NULLS LAST, LastModifiedDate DESC LIMIT 2000$/,
  );
});

it('decisions come before what is ignored, as Resolution has its values in that order', () => {
  const field = join(
    import.meta.dirname,
    '../../../../force-app/main/default/objects/Woo_Sync_Issue__c',
    'fields/Resolution__c.field-meta.xml',
  );
  const names = [...readFileSync(field, 'utf8').matchAll(/<fullName>(\w+)</g)].map(
    ([, name]) => name,
  );
  expect(names.slice(1, 5)).toEqual(['take_woo', 'take_salesforce', 'retry', 'ignore']);
});

it('asks for what was ignored since the last look, and for all of it once an hour', async () => {
  const { decisions, state, known, clock, asked } = world();
  const look = async (rows: Parameters<typeof decisions.take>[0]) => {
    const soql = await decisions.soql();
    await decisions.take(rows);
    return soql;
  };
  await look([row('a', 'ignored'), row('b', 'ignored')]);
  clock.at += 60_000;
  expect(await look([row('c', 'ignored')])).toContain(
    "OR (SystemModstamp >= 2026-11-24T11:50:00.000Z AND (State__c = 'ignored' OR LastModifiedById != '0051'))",
  );
  expect(await ignoredIssues(state)).toEqual(['a', 'b', 'c']);
  await look([row('b', 'open')]);
  expect(await ignoredIssues(state)).toEqual(['a', 'c']);
  expect(asked.flat()).toEqual([]);
  // It is over: what opens under its key is another matter.
  known.delete('a');
  await look([]);
  expect(await ignoredIssues(state)).toEqual(['c']);
  await look(Array.from({ length: 2000 }, () => row('c', 'ignored')));
  expect(await look([row('c', 'ignored')])).toContain("OR State__c = 'ignored'");
  clock.at += 3_600_000;
  expect(await look([])).toContain("OR State__c = 'ignored'");
  expect(await ignoredIssues(state)).toEqual([]);
});
