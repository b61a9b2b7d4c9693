import { readFileSync } from 'node:fs';
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

  it('has the tests that are named, and is told how many flows to activate', () => {
    for (const name of DEPLOY_TESTS) {
      expect(readFileSync(join(CLASSES, `${name}.cls`), 'utf8')).toMatch(/^@IsTest$/im);
    }
    expect(FLOWS_NOTE).toContain('there are twelve');
  });
});

describe('WooFlowsTest, which runs in the deploys of others too', () => {
  const source = readFileSync(join(CLASSES, 'WooFlowsTest.cls'), 'utf8');

  it('makes products in one place', () => {
    expect(source.match(/new Product2\(/g)).toHaveLength(1);
  });

  it('takes no refusal of a product for a failure', () => {
    expect(source.match(/^\s*(?:insert|update|upsert) \w+;/gm)).toEqual([
      '        insert command;',
      '        update command;',
      '        insert issue;',
      '        update issue;',
    ]);
    expect(source).toContain('Database.insert(product, false)');
    expect(source).toContain('Database.update(product, false)');
  });
});
