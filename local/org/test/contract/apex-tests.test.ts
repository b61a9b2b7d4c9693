import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFiles, failuresOf, file } from '../../metadata/test/packages.ts';
import { HttpOrg, refusalCode } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

const classFile = (name: string, content: string) => ({
  [`classes/${name}.cls`]: content,
  [`classes/${name}.cls-meta.xml`]: file(
    'ApexClass',
    '<apiVersion>66.0</apiVersion><status>Active</status>',
  ),
});

const sums = (more = ''): string => `public class Sums {
  public static Integer half(Integer whole) {
    if (Math.mod(whole, 2) == 1) {
      return 0;
    }
    return whole / 2;${more}
  }
}`;

const test = `@IsTest
private class SumsTest {
  @IsTest static void halves() { Assert.areEqual(4, Sums.half(8)); }
}`;

beforeAll(async () => {
  org = await HttpOrg.start();
  const files = { ...classFile('Sums', sums()), ...classFile('SumsTest', test) };
  expect(failuresOf(deployFiles(org.org.data, files))).toEqual([]);
});
afterAll(() => org.close());

const run = (body: object, kind = 'runTestsSynchronous') =>
  org.rest('POST', `/tooling/${kind}`, body);

const rows = async (soql: string) => org.query(soql, '/tooling/query');

const stream = async (
  message: object,
  headers: Record<string, string> = {},
): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const { body } = await org.ask('POST', '/cometd/66.0', [message], headers);
  return body as readonly Readonly<Record<string, unknown>>[];
};

statement.group(
  '`/cometd` streams one channel, `/systemTopic/TestResult`: who has subscribed hears when a class of a test run ends.',
  () => {
    it('once it has, and not before', async () => {
      const [hand] = await stream({ channel: '/meta/handshake', version: '1.0', id: '1' });
      expect(hand).toMatchObject({ successful: true, id: '1' });
      const clientId = String(hand?.['clientId']);
      const subscription = '/systemTopic/TestResult';
      const [subscribed] = await stream({ channel: '/meta/subscribe', clientId, subscription });
      expect(subscribed).toMatchObject({ successful: true, subscription });
      const heard = stream({ channel: '/meta/connect', clientId, id: '2' });
      const { body } = await run({ tests: [{ className: 'SumsTest' }] }, 'runTestsAsynchronous');
      const [event, connected] = await heard;
      expect(event).toMatchObject({ channel: subscription, data: { sobject: { Id: body } } });
      expect(connected).toMatchObject({ channel: '/meta/connect', id: '2', successful: true });
      await stream({ channel: '/meta/disconnect', clientId });
      const [gone] = await stream({ channel: '/meta/connect', clientId });
      expect(gone).toMatchObject({ successful: false, error: '403::Unknown client' });
    });

    it('of no other channel, and nobody without a session', async () => {
      const [hand] = await stream({ channel: '/meta/handshake' });
      const clientId = hand?.['clientId'];
      const [other] = await stream({
        channel: '/meta/subscribe',
        clientId,
        subscription: '/data/ChangeEvents',
      });
      expect(other).toMatchObject({ successful: false });
      expect(other?.['error']).toContain('NOT_EMULATED');
      const [nobody] = await stream({ channel: '/meta/handshake' }, { authorization: 'OAuth x' });
      expect(nobody).toMatchObject({ successful: false, error: '401::Authentication invalid' });
    });
  },
);

statement.group(
  'The Tooling API answers queries of classes, test runs, coverage and versions of flows for who may look into Setup, and runs tests for who may author Apex; coverage of a class is gone once another text of it is deployed.',
  () => {
    const coverage =
      'SELECT ApexClassOrTrigger.Name, TestMethodName, NumLinesCovered, NumLinesUncovered, Coverage FROM ApexCodeCoverage';

    it('tells which lines each test has run', async () => {
      const { body } = await run({ tests: [{ className: 'sumstest', testMethods: ['HALVES'] }] });
      expect(body).toMatchObject({
        numTestsRun: 1,
        numFailures: 0,
        failures: [],
        successes: [{ name: 'SumsTest', methodName: 'halves' }],
        codeCoverage: [
          {
            name: 'Sums',
            numLocations: 3,
            numLocationsNotCovered: 1,
            locationsNotCovered: [{ line: 4 }],
          },
        ],
      });
      expect(await rows(coverage)).toMatchObject([
        {
          ApexClassOrTrigger: { Name: 'Sums' },
          TestMethodName: 'halves',
          NumLinesCovered: 2,
          NumLinesUncovered: 1,
          Coverage: { coveredLines: [3, 6], uncoveredLines: [4] },
        },
      ]);
      expect(await rows('SELECT PercentCovered FROM ApexOrgWideCoverage')).toMatchObject([
        { PercentCovered: 66 },
      ]);
    });

    it('forgets coverage of a class that is another now', async () => {
      await run({ tests: [{ className: 'SumsTest' }] });
      const changed = classFile('Sums', sums(' // by two'));
      expect(failuresOf(deployFiles(org.org.data, changed))).toEqual([]);
      expect(await rows(coverage)).toEqual([]);
      await run({ tests: [{ className: 'SumsTest' }], skipCodeCoverage: true });
      expect(await rows(coverage)).toEqual([]);
    });

    it('begins no run of what there is not', async () => {
      for (const tests of [
        [{ className: 'Sums' }],
        [{ className: 'SumsTest' }, { className: 'Nowhere' }],
        [{ className: 'SumsTest', testMethods: ['halves', 'doubles'] }],
        [{ testMethods: ['halves'] }],
      ]) {
        const answer = await run({ tests }, 'runTestsAsynchronous');
        expect([answer.status, refusalCode(answer)]).toEqual([400, 'INVALID_INPUT']);
      }
      const suites = await run({ suiteNames: 'Mine' }, 'runTestsAsynchronous');
      expect([suites.status, refusalCode(suites)]).toEqual([501, 'NOT_EMULATED']);
    });

    it('for nobody else', async () => {
      const { org: local } = org;
      const authorization = `Bearer ${local.sessions.issue(local.sessions.user(local.integrationUsername) ?? fail()).token}`;
      const asked = `/tooling/query?q=${encodeURIComponent(coverage)}`;
      for (const answer of [
        await org.rest('GET', asked, undefined, { authorization }),
        await org.rest('POST', '/tooling/runTestsSynchronous', {}, { authorization }),
      ]) {
        expect([answer.status, refusalCode(answer)]).toEqual([403, 'INSUFFICIENT_ACCESS']);
      }
    });
  },
);

function fail(): never {
  throw new Error('the org has no integration user');
}
