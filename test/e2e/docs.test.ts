import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { AdminSession } from '../../scripts/lib/install/admin-session.ts';
import { sidecarEnv } from '../../scripts/lib/install/deploy.ts';
import { setStoreKeys, verifyGateway } from '../../scripts/lib/install/store-keys.ts';
import { startPair, type Pair } from '../../scripts/lib/demo/pair.ts';
import { quietSf, root, run, SfCli } from '../../scripts/lib/sf.ts';
import { commandBlocks } from './command-blocks.ts';
import { freePort } from './free-port.ts';
import { endServices, startService } from './service.ts';
import { emptyState } from './support.ts';

/*
 * README and docs as a reader follows them: each page's commands in one shell, in a copy of the project. What a reader
 * replaces is replaced here too.
 */

const tracked = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '');
const pages = tracked.filter((file) => file === 'README.md' || /^docs\/[^/]+\.md$/.test(file));
/** Pages whose commands need what the pages before them have set up. Those of `running` need the service. */
const setUp = ['docs/connect.md', 'docs/outbound-messages.md'];
const running = ['docs/commands.md', 'docs/tutorial.md'];
const runOf = (page: string) =>
  commandBlocks(readFileSync(join(root, page), 'utf8')).filter(
    ({ notRun }) => notRun === undefined,
  );
const others = pages.filter((page) => ![...setUp, ...running].includes(page));

let pair: Pair;
let home: string;
let project: string;
let env: Readonly<Record<string, string>>;

/** All that git knows, beside the packages that are installed. */
function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'woo-salesforce-docs-'));
  for (const file of tracked) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** A folder for the PATH in which `npm ci` does nothing: all is installed, and shared with the tests that run now. */
function npmThatInstallsNothing(): string {
  const folder = join(home, 'bin');
  const npm = execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim();
  mkdirSync(folder);
  writeFileSync(join(folder, 'npm'), `#!/bin/sh\n[ "$1" = ci ] || exec '${npm}' "$@"\n`, {
    mode: 0o755,
  });
  return folder;
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'woo-salesforce-reader-'));
  project = copyOfProject();
  pair = await startPair({ orders: 10, features: { translations: true } });
  const { org, orgUrl, store, storeUrl } = pair;
  const port = String(await freePort());
  const publicUrl = `http://127.0.0.1:${port}`;
  const path = [npmThatInstallsNothing(), join(root, 'node_modules/.bin'), process.env['PATH']];
  env = {
    ...quietSf,
    HOME: home,
    PATH: path.join(':'),
    SF_TARGET_ORG: 'prod',
    WOO_STORE_URL: storeUrl,
    WOO_SYNC_USERNAME: org.integrationUsername,
    WOO_SERVICE_URL: publicUrl,
    WOO_CONSUMER_KEY: store.consumerKey,
    WOO_CONSUMER_SECRET: store.consumerSecret,
    STORE_KEY: store.consumerKey,
    STORE_SECRET: store.consumerSecret,
    ...sidecarEnv(org, null, orgUrl, emptyState(home)),
    PORT: port,
    PUBLIC_URL: publicUrl,
    SIDECAR_SECRET: 's'.repeat(32),
  };
  await new SfCli(home).must(
    ['org', 'login', 'access-token', '--instance-url', orgUrl, '--no-prompt', '--alias', 'prod'],
    { env: { SF_ACCESS_TOKEN: org.adminToken } },
  );
});

afterAll(async () => {
  await endServices();
  await pair.close();
  for (const folder of [home, project]) rmSync(folder, { recursive: true, force: true });
});

/** What a reader puts in place of an example. */
function asTyped(text: string): string {
  const { shop } = pair.store;
  const order = shop.orders
    .all()
    .map((entry) => entry.read())
    .find(({ status }) => status === 'completed');
  return text
    .replaceAll('https://shop.example.com', pair.storeUrl)
    .replaceAll('woo-sync@example.com', pair.org.integrationUsername)
    .replaceAll('1042', String(order?.id));
}

/** Runs the blocks of a page one after the other, until one fails. @returns the exit code, and all that was said */
async function follow(page: string): Promise<{ readonly code: number; readonly said: string }> {
  const script = runOf(page)
    .map(({ line, text }) => `echo "${page}:${line}"\n${asTyped(text)}`)
    .join('\n');
  const { code, stdout, stderr } = await run('bash', ['-eo', 'pipefail', '-c', script], {
    cwd: project,
    env,
  });
  return { code, said: stdout + stderr };
}

const followed = (page: string): void => {
  it(page, async () => {
    const { code, said } = await follow(page);
    expect(code, said).toBe(0);
    expect(said).not.toMatch(/^(?:Error|FAILED)/m);
  });
};

describe('commands that no test runs', () => {
  const unrun = pages.flatMap((page) =>
    commandBlocks(readFileSync(join(root, page), 'utf8')).flatMap(({ notRun = '' }) => notRun),
  );

  it('say which test runs them instead, and it is there', () => {
    const named = unrun.flatMap((why) => why.match(/\S+\.test\.ts/g) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((file) => !tracked.includes(file))).toEqual([]);
  });
});

describe('what a page says to type works', () => {
  describe('to set up', () => {
    setUp.forEach(followed);

    it('and the keys of the shop, which are typed in Setup', async () => {
      const { org, orgUrl, store } = pair;
      const session = new AdminSession(orgUrl, org.adminUsername, org.adminToken);
      await setStoreKeys(session, 'Woo_Store', store);
      expect(await verifyGateway(session, 'main')).toBe('USD');
    });
  });

  describe('while the service is stopped', () => {
    others.filter((page) => runOf(page).length > 0).forEach(followed);
  });

  describe('while the service runs', () => {
    beforeAll(async () => {
      await startService(env);
    });
    running.forEach(followed);
  });
});
