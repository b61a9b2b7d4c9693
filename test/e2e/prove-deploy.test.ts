import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { field, file } from '../../local/org/metadata/test/packages.ts';
import { startPair, type Pair } from '../../scripts/lib/demo/pair.ts';
import { quietSf, run, SfCli } from '../../scripts/lib/sf.ts';
import type { Report } from '../../scripts/prove/report/report.ts';
import { mustDeploy } from './metadata.ts';

/* An org that has nothing of the project, but a field that stands in its way. */

let pair: Pair;
let home: string;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'woo-salesforce-prove-'));
  pair = await startPair({ orders: 0 });
  const { org, orgUrl } = pair;
  await new SfCli(home).must(
    ['org', 'login', 'access-token', '--instance-url', orgUrl, '--no-prompt', '--alias', 'local'],
    { env: { SF_ACCESS_TOKEN: org.adminToken } },
  );
});

afterAll(async () => {
  await pair.close();
  rmSync(home, { recursive: true, force: true });
});

/** The report of a run, and its exit code. */
async function prove(...args: readonly string[]) {
  const json = join(home, 'report.json');
  const all = ['--target-org', 'local', '--deploy-only', '--json', json, ...args];
  const { code, stderr } = await run('node', ['scripts/prove/main.ts', ...all], {
    env: { HOME: home, ...quietSf },
  });
  return { code, stderr, report: JSON.parse(readFileSync(json, 'utf8')) as Report };
}

const resultsOf = ({ lines }: Report): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.map(({ id, result }) => [id, result]));

it('validates an org that is not set up, and keeps nothing in it', async () => {
  const before = pair.org.data.components().length;
  const { code, report } = await prove('--tests');
  expect(resultsOf(report)).toMatchObject({
    'force-app': 'holds',
    'config/org': 'holds',
    // The Translation Workbench and Person Accounts are off.
    'config/japanese': 'cannot tell',
    translations: 'cannot tell',
    'config/recipes/person-accounts': 'cannot tell',
    'config/recipes/orders-back': 'holds',
    'config/recipes/draft-orders': 'holds',
    'apex-tests-pass': 'holds',
  });
  expect(report.counts['differs']).toBe(0);
  expect(code).toBe(0);
  expect(pair.org.data.components().length).toBe(before);
});

it('tells what the org refuses, by part and by row, without names of the org', async () => {
  mustDeploy(pair.org, [
    'objects/Contact.object',
    file('CustomObject', field('Woo_More_Currencies__c', '<length>40</length><type>Text</type>')),
  ]);
  const { code, report } = await prove();
  expect(code).toBe(1);
  expect(resultsOf(report)).toMatchObject({
    'force-app': 'differs',
    'new: CustomField Contact.Woo_More_Currencies__c': 'differs',
  });
  const text = JSON.stringify(report);
  expect(text).toContain('Cannot change the field type of Contact.Woo_More_Currencies__c');
  for (const name of [new URL(pair.orgUrl).host, pair.org.adminUsername, tmpdir() + '/woo'])
    expect(text).not.toContain(name);
});
