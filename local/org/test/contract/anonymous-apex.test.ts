import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployFiles, failuresOf, file } from '../../metadata/test/packages.ts';
import { HttpOrg, refusalCode } from './http-org.ts';
import { statement } from './statement.ts';

let org: HttpOrg;

const counter = `public with sharing class Counter {
  public static Integer accounts() {
    return [SELECT COUNT() FROM Account];
  }
  @future public static void later(String name) {
    insert new Account(Name = name);
  }
  public static void fail() {
    Account none;
    none.Name = 'x';
  }
}`;

beforeAll(async () => {
  org = await HttpOrg.start();
  const shelf = '<label>Shelf</label><length>9</length><type>Text</type>';
  const files = {
    'objects/Account.object': file(
      'CustomObject',
      `<fields><fullName>Shelf__c</fullName>${shelf}</fields>`,
    ),
    'classes/Counter.cls': counter,
    'classes/Counter.cls-meta.xml': file(
      'ApexClass',
      '<apiVersion>66.0</apiVersion><status>Active</status>',
    ),
  };
  expect(failuresOf(deployFiles(org.org.data, files))).toEqual([]);
});
afterAll(() => org.close());

interface Outcome {
  readonly compiled: boolean;
  readonly success: boolean;
  readonly line: number;
  readonly column: number;
  readonly compileProblem: string | null;
  readonly exceptionMessage: string | null;
  readonly exceptionStackTrace: string | null;
}

async function run(code: string, token = org.org.adminToken): Promise<Outcome> {
  const query = new URLSearchParams({ anonymousBody: code }).toString();
  const { status, body } = await org.rest(
    ...(['GET', `/tooling/executeAnonymous/?${query}`, undefined] as const),
    { authorization: `Bearer ${token}` },
  );
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body as Outcome;
}

const escaped = (code: string): string =>
  code.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The debug log, as `sf apex run` asks for it. */
async function logOf(code: string): Promise<string> {
  const answer = await fetch(`${org.url}/services/Soap/s/66.0/00D`, {
    method: 'POST',
    headers: { 'content-type': 'text/xml', soapaction: 'executeAnonymous' },
    body: `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:a="http://soap.sforce.com/2006/08/apex"><e:Header><a:SessionHeader><a:sessionId>${org.org.adminToken}</a:sessionId></a:SessionHeader></e:Header><e:Body><executeAnonymous xmlns="http://soap.sforce.com/2006/08/apex"><apexcode>${escaped(code)}</apexcode></executeAnonymous></e:Body></e:Envelope>`,
  });
  expect(answer.status).toBe(200);
  return answer.text();
}

const names = async (): Promise<readonly unknown[]> =>
  (await org.query('SELECT Name FROM Account ORDER BY Name')).map((one) => one['Name']);

statement.group(
  'Anonymous Apex runs as a transaction of who sends it, over SOAP with a debug log, and over REST: statements, methods and types of its own, and the classes of the org.',
  () => {
    it('keeps what it has written', async () => {
      const code = `
        class Names { List<String> all = new List<String>{ 'One', 'Two' }; }
        void make(String name) { insert new Account(Name = name); }
        for (String name : new Names().all) make(name);
        System.assertEquals(2, Counter.accounts());`;
      expect(await run(code)).toEqual({
        line: -1,
        column: -1,
        compiled: true,
        success: true,
        compileProblem: null,
        exceptionMessage: null,
        exceptionStackTrace: null,
      });
      expect(await names()).toEqual(['One', 'Two']);
    });

    it('gives variables their values in turn with the other statements', async () => {
      const code = `
        Integer n = 1;
        n++;
        final Integer twice = n * 2;
        if (twice > 3) n = 10;
        Integer sum() { return n + twice; }
        System.assertEquals(14, sum());`;
      expect(await run(code)).toMatchObject({
        compiled: true,
        success: true,
        exceptionMessage: null,
      });
    });

    it('keeps nothing of what fails, and says where', async () => {
      const before = await names();
      const code = "insert new Account(Name = 'Three');\nInteger none = 0;\nCounter.fail();";
      expect(await run(code)).toMatchObject({
        compiled: true,
        success: false,
        line: 3,
        exceptionMessage: 'System.NullPointerException: Attempt to de-reference a null object',
        exceptionStackTrace:
          'Class.Counter.fail: line 10, column 1\nAnonymousBlock: line 3, column 1',
      });
      expect(await names()).toEqual(before);
    });

    it('says what does not compile', async () => {
      expect(await run('Integer one = 1;\nInteger two = tree;')).toMatchObject({
        compiled: false,
        success: false,
        line: 2,
        column: 15,
        compileProblem: 'Variable does not exist: tree',
      });
      expect(await run('Integer one = ;')).toMatchObject({ compiled: false, line: 1 });
      for (const [code, line] of [
        ['Integer cast = 1;', 1],
        ['Integer one = 1;\nInteger cast = 1;', 2],
      ] as const)
        expect(await run(code)).toMatchObject({
          compiled: false,
          line,
          column: 9,
          compileProblem: 'Identifier name is reserved: cast',
        });
      expect(await run('')).toMatchObject({ compiled: true, success: true });
    });

    it('runs what is to run later', async () => {
      expect(await run("Counter.later('Later');")).toMatchObject({ success: true });
      await expect.poll(names).toContain('Later');
    });

    it('says in a log what it was told to', async () => {
      const log = await logOf(
        "System.debug('first & <second>');\nSystem.debug(LoggingLevel.FINE, 'hidden');\nList<Account> all = [SELECT Id FROM Account];",
      );
      expect(log).toMatch(/\|USER_DEBUG\|\[1\]\|DEBUG\|first &amp; &lt;second&gt;\n/);
      expect(log).not.toContain('|hidden');
      expect(log).toContain('Number of SOQL queries: 1 out of 100');
      expect(log).toContain('<success>true</success>');
    });

    it('ends by its limits', async () => {
      expect(await run('while (true) { Integer i = 0; }')).toMatchObject({
        exceptionMessage: 'System.LimitException: Apex CPU time limit exceeded',
      });
      expect(await run("String s = 'x'; while (true) { s += s; }")).toMatchObject({
        exceptionMessage: 'System.LimitException: Apex heap size too large: 8388608',
      });
      expect(await run(`Integer i = ${'('.repeat(600)}1${')'.repeat(600)};`)).toMatchObject({
        compileProblem: expect.stringContaining('NOT_EMULATED') as string,
      });
      expect(await run('void f() { f(); } f();')).toMatchObject({
        exceptionMessage: 'System.LimitException: Maximum stack depth reached: 1001',
      });
      expect(
        await run('for (Integer i = 0; i < 101; i++) { Integer n = Counter.accounts(); }'),
      ).toMatchObject({ exceptionMessage: 'System.LimitException: Too many SOQL queries: 101' });
    });

    it('with the rights of the user, who may author Apex', async () => {
      const { org: local } = org;
      const rep = local.sessions.user(local.repUsername);
      if (!rep) throw new Error('the org has no rep');
      const query = new URLSearchParams({ anonymousBody: 'Integer i = 1;' }).toString();
      const answer = await org.rest('GET', `/tooling/executeAnonymous/?${query}`, undefined, {
        authorization: `Bearer ${local.sessions.issue(rep).token}`,
      });
      expect([answer.status, refusalCode(answer)]).toEqual([403, 'INSUFFICIENT_ACCESS']);
      // Not even the administrator sees a custom field that nothing gives.
      expect(await run('List<Account> all = [SELECT Shelf__c FROM Account];')).toMatchObject({
        exceptionMessage: expect.stringContaining("No such column 'Shelf__c'") as string,
      });
    });
  },
);
