import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from 'jsforce';
import { afterEach, expect, it } from 'vitest';
import { deployFiles, failuresOf, manifestOf, zipOf } from '../../../metadata/test/packages.ts';
import { apexRest, keepSecret, Shop, startApexOrg } from '../apex-org.ts';
import { createOrg } from '../../../org.ts';
import { statement } from '../statement.ts';
import { CodeOrg, codeFiles } from './code-org.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** A class that calls the shop and says which version of it has begun and ended. */
const asking = (version: string): string => `@RestResource(urlMapping='/asks')
global class Asks {
  @HttpGet global static void run() {
    String begun = '${version}';
    HttpRequest request = new HttpRequest();
    request.setMethod('GET');
    request.setEndpoint('callout:Woo_Store/slow');
    String answer = new Http().send(request).getBody();
    RestContext.response.responseBody = Blob.valueOf(begun + ' ' + answer + ' ${version}');
  }
}`;

statement(
  'Code that waits for the answer to a callout ends as it began: a deploy meanwhile counts for what begins after it.',
  async () => {
    const waiting: ServerResponse[] = [];
    const shop = await Shop.open((response) => {
      waiting.push(response);
    });
    open.push(() => {
      shop.close();
    });
    const org = await startApexOrg(shop.url);
    open.push(() => org.close());
    await keepSecret(org.admin);
    org.integration.grant({
      classes: ['Asks'],
      principals: ['Woo_Store-Woo_Keys'],
      objects: { UserExternalCredential: 'read' },
    });
    const { data } = org.org;
    for (const [at, version] of ['old', 'new'].entries()) {
      expect(failuresOf(deployFiles(data, codeFiles(asking(version))))).toEqual([]);
      const answered = apexRest(org, org.integration, '/asks');
      await expect.poll(() => waiting.length, { timeout: 20_000 }).toBe(at + 1);
      if (version === 'old') {
        expect(failuresOf(deployFiles(data, codeFiles(asking('new'))))).toEqual([]);
      }
      waiting[at]?.end('shop');
      expect((await answered).body).toBe(`${version} shop ${version}`);
    }
  },
);

const numbered = (n: number, code = ''): string =>
  `public class Numbered { public static Integer run() { ${code} return ${n}; } }`;

statement(
  'Two deploys at once follow each other, and so do a deploy and code that never ends: each is whole, or not there.',
  async () => {
    const org = await CodeOrg.start();
    open.push(() => org.close());
    const { url, org: one } = org.at;
    const connection = new Connection({
      instanceUrl: url,
      accessToken: one.adminToken,
      version: '66.0',
    });
    const deploy = async (source: string): Promise<boolean> => {
      const files = codeFiles(source);
      const zip = Buffer.from(zipOf({ ...files, 'package.xml': manifestOf(files) }));
      const locator = connection.metadata.deploy(zip, {
        singlePackage: true,
        rollbackOnError: true,
      });
      return (await locator.complete()).success;
    };
    const endless = org.run('while (true) { Integer i = 1; }');
    const results = await Promise.all([
      deploy(numbered(1)),
      deploy(numbered(2)),
      deploy(numbered(3, 'nonsense')),
    ]);
    expect(results).toEqual([true, true, false]);
    expect((await endless).exceptionMessage).toBe(
      'System.LimitException: Apex CPU time limit exceeded',
    );
    expect(['1', '2']).toContain(await org.told('Numbered.run()'));
  },
);

statement.group(
  'What is scheduled, and what is deployed, is there after a restart of an org that is kept in a file; a time that was missed is run once.',
  () => {
    it('runs once for the times that were missed, and then at the next', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-apex-'));
      open.push(() => {
        rmSync(folder, { recursive: true, force: true });
      });
      let now = new Date('2026-03-01T10:00:00Z');
      const start = () =>
        CodeOrg.start({
          file: join(folder, 'org.sqlite'),
          now: () => now,
          sessionSeconds: 10_000_000,
        });
      const first = await start();
      first.deploy(
        codeFiles(
          `public class Hourly implements Schedulable { public void execute(SchedulableContext c) { insert new Contact(LastName = 'hourly'); } }`,
          `trigger Marks on Contact (before insert) { for (Contact one : Trigger.new) { one.Title = 'marked'; } }`,
        ),
      );
      expect(await first.run("System.schedule('h', '0 0 * * * ?', new Hourly());")).toMatchObject({
        success: true,
      });
      await first.close();
      now = new Date('2026-03-01T15:30:00Z');
      const second = createOrg({ file: join(folder, 'org.sqlite'), now: () => now });
      open.push(() => second.close());
      await second.listen(0);
      const rows = (sql: string) => second.data.db.all(sql);
      await expect
        .poll(() => rows('SELECT Title FROM Contact'), { timeout: 20_000 })
        .toEqual([{ Title: 'marked' }]);
      expect(rows('SELECT NextFireTime FROM CronTrigger')).toEqual([
        { NextFireTime: '2026-03-01T16:00:00.000+0000' },
      ]);
    });
  },
);

it('a trigger that never ends refuses its save with the limit and its name', async () => {
  const org = await CodeOrg.start();
  open.push(() => org.close());
  org.deploy(
    codeFiles(
      'trigger Loops on Product2 (before insert) { while (true) { Integer i = 1; } }',
      'trigger Deep on Contact (after insert) { Deeper.go(1); }',
      'public class Deeper { public static Integer go(Integer n) { return go(n + 1); } }',
    ),
  );
  const said = async (type: string, record: object) =>
    JSON.stringify((await org.at.rest('POST', `/sobjects/${type}`, record)).body);
  expect(await said('Product2', { Name: 'x' })).toContain(
    'Loops: System.LimitException: Apex CPU time limit exceeded',
  );
  expect(await said('Contact', { LastName: 'x' })).toContain(
    'Deep: System.LimitException: Maximum stack depth reached: 1001',
  );
  expect(await org.values('SELECT Id FROM Product2')).toEqual([]);
});
