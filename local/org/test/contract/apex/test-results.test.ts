import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { deployFiles, failuresOf } from '../../../metadata/test/packages.ts';
import { createOrg, type Org } from '../../../org.ts';
import { root } from '../http-org.ts';
import { statement } from '../statement.ts';
import { codeFiles } from './code-org.ts';

const DAY = 86_400_000;

const classes = codeFiles(
  'public class Sums { public static Integer twice(Integer one) { return one * 2; } }',
  `@IsTest private class SumsTest {
  @IsTest static void doubles() { System.assertEquals(4, Sums.twice(2)); }
  @IsTest static void fails() { System.assertEquals(5, Sums.twice(2), 'odd'); }
}`,
);

const open: (() => unknown)[] = [];
const stopped = new Set<Org>();
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

let now = new Date('2026-03-01T10:00:00Z');

interface Started {
  readonly org: Org;
  readonly ask: Ask;
  readonly stop: () => Promise<void>;
}

type Ask = (path: string, body?: object) => Promise<unknown>;

/** An org that is kept in a file, as often as it is started. */
function keptOrg(): () => Promise<Started> {
  now = new Date('2026-03-01T10:00:00Z');
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-apex-'));
  open.push(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return async () => {
    const org = createOrg({ file: join(folder, 'org.sqlite'), now: () => now });
    const stop = async () => {
      if (stopped.has(org)) return;
      stopped.add(org);
      await org.close();
    };
    open.push(stop);
    const url = await org.listen(0);
    const ask = async (path: string, body?: object): Promise<unknown> => {
      const answer = await fetch(`${url}${root}/tooling${path}`, {
        method: body ? 'POST' : 'GET',
        headers: { authorization: `Bearer ${org.adminToken}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return answer.json();
    };
    return { org, ask, stop };
  };
}

const rows = async (ask: Ask, soql: string) => {
  const answer = await ask(`/query?q=${encodeURIComponent(soql)}`);
  const { records } = answer as { readonly records: readonly Record<string, unknown>[] };
  return records.map((one) => {
    const { attributes: _, ...values } = one;
    return values;
  });
};

const begin = async (ask: Ask): Promise<string> =>
  String(await ask('/runTestsAsynchronous', { tests: [{ className: 'SumsTest' }] }));

const statusOf = async (ask: Ask, id: string) =>
  (await rows(ask, `SELECT Status FROM ApexTestRunResult WHERE AsyncApexJobId = '${id}'`))[0]?.[
    'Status'
  ];

statement.group(
  'Results of tests and their coverage are there after a restart of an org that is kept in a file, for 30 days; a run that the stop has met is aborted.',
  () => {
    it('says the same as before, and numbers go on', async () => {
      const start = keptOrg();
      const first = await start();
      expect(failuresOf(deployFiles(first.org.data, classes))).toEqual([]);
      const id = await begin(first.ask);
      await expect.poll(() => statusOf(first.ask, id)).toBe('Failed');
      const all = async (ask: Ask) => [
        await rows(
          ask,
          `SELECT Status, ClassesCompleted, MethodsFailed, StartTime, EndTime FROM ApexTestRunResult WHERE AsyncApexJobId = '${id}'`,
        ),
        await rows(
          ask,
          `SELECT Id, Status, ExtendedStatus, ApexClassId FROM ApexTestQueueItem WHERE ParentJobId = '${id}'`,
        ),
        await rows(
          ask,
          `SELECT MethodName, Outcome, Message, StackTrace, ApexClass.Name FROM ApexTestResult WHERE AsyncApexJobId = '${id}' ORDER BY MethodName`,
        ),
        await rows(
          ask,
          'SELECT ApexClassOrTrigger.Name, ApexTestClass.Name, TestMethodName, NumLinesCovered, Coverage FROM ApexCodeCoverage ORDER BY TestMethodName',
        ),
        await rows(ask, 'SELECT PercentCovered FROM ApexOrgWideCoverage'),
      ];
      const before = await all(first.ask);
      expect(before.map((one) => one.length)).toEqual([1, 1, 2, 2, 1]);
      await first.stop();
      const second = await start();
      expect(await all(second.ask)).toEqual(before);
      const next = await begin(second.ask);
      expect(next > id).toBe(true);
      await expect.poll(() => statusOf(second.ask, next)).toBe('Failed');
      await second.stop();
      now = new Date(now.getTime() + 31 * DAY);
      const third = await start();
      expect(await rows(third.ask, 'SELECT Id FROM ApexTestRunResult')).toEqual([]);
      expect(await rows(third.ask, 'SELECT Id FROM ApexTestResult')).toEqual([]);
    });

    it('ends what was running', async () => {
      const start = keptOrg();
      const first = await start();
      expect(failuresOf(deployFiles(first.org.data, classes))).toEqual([]);
      const { ask } = first;
      const asked = { tests: [{ className: 'SumsTest', testMethods: ['doubles'] }] };
      const id = String(await ask('/runTestsAsynchronous', asked));
      first.org.data.db.run(
        `UPDATE "-tooling" SET value = json_set(value, '$.Status', 'Processing') WHERE kind IN ('ApexTestRunResult', 'ApexTestQueueItem')`,
      );
      await first.stop();
      const second = await start();
      expect(await statusOf(second.ask, id)).toBe('Aborted');
    });
  },
);
