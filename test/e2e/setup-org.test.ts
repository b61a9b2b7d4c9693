import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { endpointOf } from '../../scripts/lib/install/outbound.ts';
import { startPair, type Pair } from '../../scripts/lib/demo/pair.ts';
import { createSecondShop, SECOND_STORE } from '../../scripts/lib/demo/second-store.ts';
import { quietSf, run, SfCli, type Ran } from '../../scripts/lib/sf.ts';
import { openTerminal as open } from './terminal.ts';

/*
 * The scripts as an admin runs them: in processes of their own, with the sign-ins of a home folder and what is
 * in the environment or typed.
 */

let pair: Pair;
let home: string;
let admin: Connection;
let seenArguments = '';

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'woo-salesforce-admin-'));
  pair = await startPair({ orders: 10 });
  const { org, orgUrl } = pair;
  admin = new Connection({ instanceUrl: orgUrl, accessToken: org.adminToken, version: '66.0' });
  await new SfCli(home).must(
    ['org', 'login', 'access-token', '--instance-url', orgUrl, '--no-prompt', '--alias', 'local'],
    { env: { SF_ACCESS_TOKEN: org.adminToken } },
  );
});

afterAll(async () => {
  await pair.close();
  rmSync(home, { recursive: true, force: true });
});

function answers() {
  const { org, store, storeUrl } = pair;
  return {
    WOO_STORE_URL: storeUrl,
    WOO_SYNC_USERNAME: org.integrationUsername,
    WOO_CONSUMER_KEY: store.consumerKey,
    WOO_CONSUMER_SECRET: store.consumerSecret,
    // No public address.
    WOO_SYNC_ENDPOINT: '',
  };
}

/** Runs a script without a terminal, while all command lines of this machine are looked at. */
async function script(
  name: 'deploy' | 'setup-org',
  args: readonly string[],
  env: Readonly<Record<string, string>> = answers(),
): Promise<Ran & { readonly said: string }> {
  const watch = setInterval(() => {
    for (const file of globSync('/proc/[0-9]*/cmdline')) seenArguments += readIfThere(file);
  }, 500);
  try {
    const target = ['--target-org', 'local', ...args];
    const ran = await run('node', [`scripts/${name}.ts`, ...target], {
      env: { HOME: home, ...quietSf, ...env },
    });
    return { ...ran, said: ran.stdout + ran.stderr };
  } finally {
    clearInterval(watch);
  }
}

/** Of a process that may have ended since. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

const openTerminal = () => open('node scripts/setup-org.ts --target-org local --skip-deploy', home);

function expectNoKeys(place: string, text: string): void {
  const { consumerKey, consumerSecret } = pair.store;
  for (const secret of [consumerKey, consumerSecret]) {
    expect(text.includes(secret), `a key in ${place}`).toBe(false);
  }
}

describe('before anything is changed', () => {
  it('says that nobody is signed in', async () => {
    const nobody = { ...answers(), HOME: join(home, 'nobody') };
    const { code, said } = await script('setup-org', [], nobody);
    expect(said).toContain('The Salesforce CLI is not signed in to the target org');
    expect(said).toContain('npx sf org login web');
    expect(code).toBe(1);
  });

  // What else is no answer is shown in scripts/lib: each run of a script takes the CLI some seconds.
  it('all variables are named that are missing', async () => {
    const none = { WOO_CONSUMER_KEY: '', WOO_CONSUMER_SECRET: '' };
    const { code, said } = await script('setup-org', [], { ...answers(), ...none });
    expect(said).toContain('WOO_CONSUMER_KEY is not set: ');
    expect(said).toContain('WOO_CONSUMER_SECRET is not set: ');
    expect(code).toBe(1);
  });

  it('and nothing was', async () => {
    const types = await admin.describeGlobal();
    expect(types.sobjects.some(({ name }) => name === 'Woo_Store__mdt')).toBe(false);
  });
});

describe('npm run setup-org', () => {
  it('sets an org up as far as the shop answers, and says what is left', async () => {
    const { code, said } = await script('setup-org', []);
    expect(said).toContain('The shop answers through the org; its currency is USD.');
    expect(said).toContain(`What is left for you, in Setup of ${pair.orgUrl}`);
    expect(said).toContain('External Client App Manager');
    expect(said).toMatch(/a contact with an account of its own[^]*docs\/recipes\.md/);
    expect(said).not.toContain('The service is told');
    expectNoKeys('the output', said);
    expect(code, said).toBe(0);
  });

  it('replaces the keys when it is run again, and keeps the configuration of the org', async () => {
    const [store] = (await admin.query('SELECT Id, DeveloperName, URL__c FROM Woo_Store__mdt'))
      .records;
    // As a service leaves it that was there.
    await admin.sobject('Woo_Store_Status__c').create({ Name: 'Main Store', Store__c: 'main' });
    const other = 'https://other.example.com';
    const wrong = { ...answers(), WOO_STORE_URL: other, WOO_CONSUMER_SECRET: 'cs_0f0f0f' };
    const refused = await script('setup-org', [], wrong);
    expect(refused.said).toContain('The org has stores already, and keeps its configuration.');
    expect(refused.said).toContain(`WOO_STORE_URL is ${other}, and the org keeps ${pair.storeUrl}`);
    expect(refused.said).toContain('The service is told to read the configuration now.');
    expect(refused.said).not.toContain('docs/recipes.md');
    const { records: commands } = await admin.query('SELECT Type__c FROM Woo_Command__c');
    expect(commands).toMatchObject([{ Type__c: 'reload' }]);
    expect(refused.said).toContain(
      'The shop refused the key that the org now holds for the store main (HTTP 401',
    );
    expect(refused.said).not.toContain('cs_0f0f0f');
    expect(refused.code).toBe(1);
    const { code, said } = await script('setup-org', ['--skip-deploy']);
    expect(said).toContain('its currency is USD.');
    expect(code).toBe(0);
    const { records } = await admin.query('SELECT Id, DeveloperName, URL__c FROM Woo_Store__mdt');
    expect(records).toEqual([store]);
  });

  it('says that a user or an external credential is not there', async () => {
    const nobody = { ...answers(), WOO_SYNC_USERNAME: 'nobody@local-org.example' };
    const user = await script('setup-org', ['--skip-deploy'], nobody);
    expect(user.said).toContain('nobody@local-org.example');
    expect(user.code).toBe(1);
    const args = ['--skip-deploy', '--credential', 'Woo_Nowhere'];
    const credential = await script('setup-org', args);
    expect(credential.said).toContain('The org shows no principal Woo_Keys');
    expect(credential.said).toContain('Woo_Nowhere');
    expect(credential.code).toBe(1);
  });

  it('takes typed answers, and shows no key while it is typed', async () => {
    const { org, store } = pair;
    const terminal = openTerminal();
    await terminal.type('User name of the integration user', `${org.integrationUsername}\r`);
    await terminal.type('Key of the REST API of the shop', `${store.consumerKey}\r`);
    await terminal.type('Its secret, cs_…: ', `${store.consumerSecret}\r`);
    expect(await terminal.ended, terminal.screen()).toEqual([0, null]);
    expect(terminal.screen()).toContain(org.integrationUsername);
    expect(terminal.screen()).toContain('its currency is USD.');
    expectNoKeys('the terminal', terminal.screen());
  });

  it('ends with a sentence and code 1 when the dialogue is ended by Ctrl-C', async () => {
    const terminal = openTerminal();
    await terminal.type('User name of the integration user', '\u0003');
    expect(await terminal.ended).toEqual([1, null]);
    expect(terminal.screen()).toContain('Stopped: nothing was typed.');
  });

  it('sets up one more store, as docs/stores.md says', async () => {
    const { addressVariable, folder } = SECOND_STORE;
    const outlet = createSecondShop();
    try {
      const url = await outlet.listen(0);
      const sf = new SfCli(home, { SF_TARGET_ORG: 'local' });
      await sf.must(['project', 'deploy', 'start', '-d', folder], {
        env: { [addressVariable]: url },
      });
      const args = ['--skip-deploy', '--store', 'outlet', '--credential', 'Woo_Outlet'];
      const keys = {
        WOO_CONSUMER_KEY: outlet.consumerKey,
        WOO_CONSUMER_SECRET: outlet.consumerSecret,
      };
      const without = await script('setup-org', args, { ...answers(), ...keys });
      expect(without.said).toContain('GATEWAY_CREDENTIAL_REFUSED');
      expect(without.code).toBe(1);
      const granted = [...args, '--permission-set', 'Woo_Outlet'];
      const { code, said } = await script('setup-org', granted, { ...answers(), ...keys });
      expect(said).toContain('The shop answers through the org; its currency is USD.');
      expect(code, said).toBe(0);
      const { records } = await admin.query(
        "SELECT Assignee.Username FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Woo_Outlet'",
      );
      expect(records).toHaveLength(2);
    } finally {
      await outlet.close();
    }
  });

  it('leaves the keys in no file of the admin and in no command line', () => {
    const files = readdirSync(home, { recursive: true, withFileTypes: true }).filter((one) =>
      one.isFile(),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const { parentPath, name } of files) {
      expectNoKeys(join(parentPath, name), readFileSync(join(parentPath, name), 'latin1'));
    }
    expect(seenArguments).toContain('setup-org.ts');
    expect(seenArguments).toContain('permset');
    expectNoKeys('a command line', seenArguments);
  });
});

describe('npm run deploy', () => {
  // Signs that mean something in XML and to the CLI.
  const address = 'https://shop.example.com/a&b/$&/$1';
  const stores = async () =>
    (await admin.query("SELECT URL__c, Route__c FROM Woo_Store__mdt WHERE Key__c = 'main'"))
      .records;

  it('takes any address, with --direct leaves the calls to the sidecar, with --packaged force-app to a package', async () => {
    const { code, said } = await script('deploy', ['--direct', '--packaged'], {
      ...answers(),
      WOO_STORE_URL: address,
    });
    expect(said).toContain('Next: npm run setup-org -- --skip-deploy');
    expect(said).toContain('Deploying config/org …');
    expect(said).toContain('Outbound messages go nowhere');
    expect(code, said).toBe(0);
    expect(await stores()).toMatchObject([{ URL__c: address, Route__c: 'direct' }]);
  });

  it('asks where outbound messages go, rather than to send them nowhere by mistake', async () => {
    const { code, said } = await script('deploy', ['--upgrade'], {});
    expect(said).toContain('WOO_SYNC_ENDPOINT is not set: ');
    expect(code).toBe(1);
  });

  it('--upgrade sends outbound messages to the sidecar, shows no token, touches no record', async () => {
    const sidecar = { PUBLIC_URL: 'https://sync.example.com', SIDECAR_SECRET: 'a'.repeat(64) };
    // Who has the rights of the sync need not be named.
    const { code, said } = await script('deploy', ['--upgrade'], sidecar);
    expect(code, said).toBe(0);
    const [, token = ''] = /outbound\/(.+)$/.exec(endpointOf(sidecar)) ?? [];
    expect(said).toContain(
      `https://sync.example.com/salesforce/outbound/…, as ${pair.org.integrationUsername}`,
    );
    expect(token).not.toBe('');
    expect(said).not.toContain(token);
    expect(seenArguments).not.toContain(token);
    const deployed = pair.org.data
      .components()
      .filter(({ type }) => type === 'WorkflowOutboundMessage');
    expect(JSON.stringify(deployed)).toContain(token);
    expect(await stores()).toMatchObject([{ URL__c: address, Route__c: 'direct' }]);
  });
});

describe('npm run package', () => {
  const build = (...args: readonly string[]) =>
    run('node', ['scripts/package/main.ts', ...args], { env: { HOME: home, ...quietSf } });

  it('says what it would build, and that the CLI knows no Dev Hub', async () => {
    const { code, stdout, stderr } = await build();
    expect(stdout).toMatch(/^WooCommerce Sync [\d.]+, without a namespace, of force-app:\n/);
    expect(stdout).toMatch(/^ +\d+ ApexClass$/m);
    expect(stderr).toContain('A package is built in a Dev Hub, and the Salesforce CLI knows none.');
    expect(stderr).toContain('npx sf org login web --set-default-dev-hub');
    expect(code).toBe(1);
  });
});
