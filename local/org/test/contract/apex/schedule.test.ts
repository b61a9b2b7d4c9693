import { afterAll, beforeAll, expect, it } from 'vitest';
import { nextTime, readCron } from '../../../apex/host/cron.ts';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

/** After the sample of the guide's page on the Apex Scheduler. */
const nightly = `public class Nightly implements Schedulable {
  String label;
  public Nightly(String label) { this.label = label; }
  public Nightly() { }
  public void execute(SchedulableContext context) {
    CronTrigger job = [SELECT TimesTriggered, CronJobDetail.Name FROM CronTrigger WHERE Id = :context.getTriggerId()];
    insert new Contact(LastName = label, Description = job.CronJobDetail.Name + ' ' + job.TimesTriggered);
    if (label == 'fails') { Account none; none.Name = 'x'; }
  }
}`;

const tests = `@IsTest private class NightlyTest {
  @IsTest static void runsAtStop() {
    Test.startTest();
    String id = System.schedule('of a test', '0 0 0 15 3 ? 2099', new Nightly('tested'));
    CronTrigger job = [SELECT CronExpression, TimesTriggered, NextFireTime FROM CronTrigger WHERE Id = :id];
    System.assertEquals('0 0 0 15 3 ? 2099', job.CronExpression);
    System.assertEquals(0, job.TimesTriggered);
    System.assertEquals('2099-03-15 00:00:00', String.valueOf(job.NextFireTime));
    System.assertEquals(0, [SELECT COUNT() FROM Contact WHERE LastName = 'tested']);
    Test.stopTest();
    System.assertEquals(1, [SELECT COUNT() FROM Contact WHERE LastName = 'tested']);
  }
}`;

let org: CodeOrg;
let now = new Date('2026-03-01T10:00:00Z');
const heard: string[] = [];

beforeAll(async () => {
  org = await CodeOrg.start({
    now: () => now,
    sessionSeconds: 10_000_000,
    report: (line) => {
      heard.push(line);
    },
  });
  org.deploy(codeFiles(nightly, tests));
});
afterAll(() => org.close());

const contacts = (label: string) =>
  org.values(`SELECT Description FROM Contact WHERE LastName = '${label}' ORDER BY CreatedDate`);

const schedule = (name: string, cron: string, label = name) =>
  org.run(`System.schedule('${name}', '${cron}', new Nightly('${label}'));`);

statement.group(
  '`System.schedule` has a `Schedulable` run by the clock of the org, in GMT, as who has scheduled it; CronTrigger has its rows, `System.abortJob` takes one away, and in a test it runs when the test stops.',
  () => {
    it('runs each time that the expression names, with the values of its object', async () => {
      expect(await schedule('nightly', '0 30 2 * * ?')).toMatchObject({ success: true });
      const soql =
        "SELECT NextFireTime, State, TimesTriggered FROM CronTrigger WHERE CronJobDetail.Name = 'nightly'";
      expect(await org.at.query(soql)).toMatchObject([
        { NextFireTime: '2026-03-02T02:30:00.000+0000', State: 'WAITING', TimesTriggered: 0 },
      ]);
      now = new Date('2026-03-02T02:30:01Z');
      await expect.poll(() => contacts('nightly'), { timeout: 8000 }).toEqual(['nightly 1']);
      now = new Date('2026-03-02T23:00:00Z');
      expect(await org.at.query(soql)).toMatchObject([
        { NextFireTime: '2026-03-03T02:30:00.000+0000', TimesTriggered: 1 },
      ]);
    });

    it('ends with its last time, and tells what has failed', async () => {
      expect(await schedule('once', '0 0 1 3 3 ? 2026', 'fails')).toMatchObject({ success: true });
      now = new Date('2026-03-03T01:00:01Z');
      await expect
        .poll(() => heard, { timeout: 8000 })
        .toContainEqual(
          expect.stringContaining('once failed: Attempt to de-reference a null object'),
        );
      expect(await contacts('fails')).toEqual([]);
      expect(
        await org.at.query(
          "SELECT State, NextFireTime FROM CronTrigger WHERE CronJobDetail.Name = 'once'",
        ),
      ).toMatchObject([{ State: 'DELETED', NextFireTime: null }]);
    });

    it('refuses what is no time to come, a name twice, and seconds that are no number', async () => {
      const said = async (name: string, cron: string) =>
        (await schedule(name, cron)).exceptionMessage;
      expect(await said('nightly', '0 0 5 * * ?')).toBe(
        'System.AsyncException: The Apex job named "nightly" is already scheduled for execution.',
      );
      expect(await said('a', '* 0 5 * * ?')).toBe(
        'System.StringException: Seconds and minutes must be specified as integers: *',
      );
      expect(await said('a', '0 0 5 1 1 ? 2020')).toContain('will never fire');
      expect(await said('a', '0 0 5')).toContain('Illegal cron expression format');
      expect(await said('a', '0 0 25 * * ?')).toContain('Illegal cron expression format: Hours 25');
    });

    it('is taken away by its id, and may be scheduled anew', async () => {
      const abort = `System.abortJob([SELECT Id FROM CronTrigger WHERE CronJobDetail.Name = 'nightly'].Id);`;
      expect(await org.run(abort)).toMatchObject({ success: true });
      expect(
        await org.values("SELECT Id FROM CronTrigger WHERE CronJobDetail.Name = 'nightly'"),
      ).toEqual([]);
      expect(await schedule('nightly', '0 0 5 * * ?')).toMatchObject({ success: true });
    });

    it('keeps a hundred jobs at most', async () => {
      const code = `for (Integer i = 0; i < 101; i++) { System.schedule('many ' + i, '0 0 5 * * ?', new Nightly('x')); }`;
      expect((await org.run(code)).exceptionMessage).toBe(
        'System.AsyncException: You have exceeded the maximum number (100) of Apex scheduled jobs.',
      );
      expect(
        await org.values("SELECT Id FROM CronTrigger WHERE CronJobDetail.Name = 'many 0'"),
      ).toEqual([]);
    });

    it('runs in a test when the test stops', async () => {
      const { body } = await org.at.rest('POST', '/tooling/runTestsSynchronous', {
        tests: [{ className: 'NightlyTest' }],
      });
      expect(body).toMatchObject({ numTestsRun: 1, failures: [] });
      expect(await contacts('tested')).toEqual([]);
    });
  },
);

it.each([
  ['0 0 13 * * ?', '2026-03-01T13:00:00Z'],
  ['0 0 22 ? * SUN', '2026-03-01T22:00:00Z'],
  ['0 0 10 ? * MON-FRI', '2026-03-02T10:00:00Z'],
  ['0 15 0/6 * * ?', '2026-03-01T12:15:00Z'],
  ['0 0 0 L * ?', '2026-03-31T00:00:00Z'],
  ['30 5 8 1,15 JAN,JUN ?', '2026-06-01T08:05:30Z'],
  ['0 0 0 29 2 ?', '2028-02-29T00:00:00Z'],
])('%s is next at %s', (cron, time) => {
  const after = Date.parse('2026-03-01T10:00:00Z');
  expect(nextTime(readCron(cron), after)).toBe(Date.parse(time));
});

it.each(['0 0 0 15W * ?', '0 0 0 ? * 2#1', '0 0 0 1 * MON', '0 0 0 ? * ?', '61 0 0 * * ?'])(
  '%s is refused',
  (cron) => {
    expect(() => readCron(cron)).toThrow();
  },
);
