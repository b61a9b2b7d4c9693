import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import { AdminSession } from './admin-session.ts';
import { deployMetadata, type Metadata } from './install.ts';
import { DEPLOY_TESTS, FLOWS_NOTE, isProduction } from './production.ts';
import { root, SfCli, type Ran, type RunOptions } from '../sf.ts';

const org = createOrg();
let session: AdminSession;

beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
});

afterAll(() => org.close());

const CLASSES = join(root, 'force-app/main/default/classes');
const RULE = 'Needs_Woo_Run_Commands.validationRule-meta.xml';

/** Without comments, in which a name is no use of it. */
const classes = readdirSync(CLASSES)
  .filter((file) => file.endsWith('.cls'))
  .map((file) => ({
    name: file.replace('.cls', ''),
    source: readFileSync(join(CLASSES, file), 'utf8').replaceAll(/\/\*[^]*?\*\/|\/\/.*/g, ''),
  }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** Notes what the CLI would be asked for. */
class Recorder extends SfCli {
  readonly calls: (readonly string[])[] = [];
  readonly environments: unknown[] = [];

  override must(args: readonly string[], { env }: RunOptions = {}): Promise<Ran> {
    this.calls.push(args);
    this.environments.push(env);
    return Promise.resolve({ code: 0, stdout: '', stderr: '' });
  }
}

async function deployed(more: Partial<Metadata>): Promise<string> {
  const sf = new Recorder('/nowhere');
  const outbound = { endpoint: null, username: 'sync@example.com' };
  const route = 'named_credential';
  await deployMetadata(sf, { upgrade: true, storeUrl: undefined, route, outbound, ...more });
  return sf.calls.map((args) => args.join(' ')).join('\n');
}

describe('a production org', () => {
  it.each([
    [0, 'Enterprise Edition', true],
    [1, 'Enterprise Edition', false],
    [0, 'Developer Edition', false],
  ])('with sandbox %i and edition %s: %s', async (sandbox, edition, production) => {
    const { db } = org.data;
    db.run('UPDATE Organization SET IsSandbox = ?, OrganizationType = ?', sandbox, edition);
    expect(await isProduction(session)).toBe(production);
  });

  it('runs the tests of this project alone, and others run none', async () => {
    expect(await deployed({ production: true })).toContain(
      `--test-level RunSpecifiedTests ${DEPLOY_TESTS.map((name) => `--tests ${name}`).join(' ')}`,
    );
    expect(await deployed({ production: false })).not.toContain('--test');
  });

  it('gets no Apex, and so runs no test, after a package', async () => {
    const start = 'project deploy start --concise';
    expect(await deployed({ production: true, packaged: true })).toBe(
      `${start} -d config/org/main/outbound`,
    );
    expect(await deployed({ production: true, packaged: true, upgrade: false })).toBe(
      `${start} -d config/org`,
    );
  });

  it('has every test class of force-app named, for each class must be covered by these', () => {
    const tests = classes.filter(({ source }) => /@IsTest\s+[\w ]*static/i.test(source));
    expect([...DEPLOY_TESTS].sort()).toEqual(tests.map(({ name }) => name));
  });

  it('has no class that the named tests do not reach', () => {
    const reached = new Set<string>();
    const reach = (name: string): void => {
      if (reached.has(name)) return;
      reached.add(name);
      const source = classes.find((one) => one.name === name)?.source ?? '';
      const isUsed = (other: string): boolean => new RegExp(`\\b${other}\\b`, 'i').test(source);
      for (const one of classes) if (isUsed(one.name)) reach(one.name);
    };
    for (const name of DEPLOY_TESTS) reach(name);
    expect([...reached].sort()).toEqual(classes.map(({ name }) => name));
  });

  it('is told how many flows to activate', () => {
    expect(FLOWS_NOTE).toContain('there are twelve');
  });
});

describe('WooFlowsTest, which runs in the deploys of others too', () => {
  const source = readFileSync(join(CLASSES, 'WooFlowsTest.cls'), 'utf8');

  it('makes products in one place', () => {
    expect(source.match(/new Product2\(/g)).toHaveLength(1);
  });

  it('takes no refusal of a record for a failure', () => {
    expect(source).not.toMatch(/^\s*(?:insert|update|upsert)\b/im);
    expect(source).toContain('Database.insert(record, false)');
    expect(source).toContain('Database.update(record, false)');
  });

  it('gives no command that the rule keeps for those with a custom permission', () => {
    const rule = readFileSync(
      join(CLASSES, '../objects/Woo_Command__c/validationRules', RULE),
      'utf8',
    );
    const given = [...source.matchAll(/new Woo_Command__c\(Type__c = '(\w+)'/g)].map(
      ([, type]) => type,
    );
    expect(given).toHaveLength(1);
    for (const type of given) expect(rule).toContain(`ISPICKVAL(Type__c, &quot;${type}&quot;)`);
  });
});
