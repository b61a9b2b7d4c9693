import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';

import { startPair, type Pair, type PairOptions } from '../../scripts/lib/demo/pair.ts';
import { quietSf, run, SfCli, type Ran } from '../../scripts/lib/sf.ts';
import { readEnv } from '../../scripts/setup/service/env-file.ts';
import { openTerminal } from './terminal.ts';

/*
 * `npm run setup` as an admin runs it, from an org in which nothing is but its people to the first order.
 */

/** An admin at a new org and a shop. */
interface Desk {
  readonly pair: Pair;
  readonly home: string;
  /** Where the variables of the service come to be. */
  readonly folder: string;
  readonly admin: Connection;
  close(): Promise<void>;
}

async function newDesk(features: PairOptions['features'] = {}): Promise<Desk> {
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-desk-'));
  const pair = await startPair({ orders: 10, features });
  const { org, orgUrl } = pair;
  await new SfCli(home).must(
    ['org', 'login', 'access-token', '--instance-url', orgUrl, '--no-prompt', '--alias', 'local'],
    { env: { SF_ACCESS_TOKEN: org.adminToken } },
  );
  const folder = join(home, 'woo-salesforce');
  // Making the database of a new state takes seconds.
  cpSync(join(inject('prepared'), 'state'), join(folder, 'state'), { recursive: true });
  return {
    pair,
    home,
    folder,
    admin: new Connection({ instanceUrl: orgUrl, accessToken: org.adminToken, version: '66.0' }),
    close: async () => {
      await pair.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

const recordsOf = async ({ admin }: Desk, soql: string): Promise<Record<string, unknown>[]> =>
  (await admin.query(soql)).records;

/** Address of the order that was made last in the shop, among those that are in the org. */
async function newestOrder(desk: Desk): Promise<string> {
  const [order] = await recordsOf(
    desk,
    'SELECT Id FROM Woo_Order__c ORDER BY Created_In_Woo__c DESC LIMIT 1',
  );
  return `${desk.pair.orgUrl}/lightning/r/Woo_Order__c/${String(order?.['Id'])}/view`;
}

/** The statuses of the orders in the org. */
async function statuses(desk: Desk): Promise<ReadonlySet<unknown>> {
  return new Set(
    (await recordsOf(desk, 'SELECT Status__c FROM Woo_Order__c')).map((one) => one['Status__c']),
  );
}

function expectNoKeys({ pair: { store }, folder }: Desk, said: string): void {
  const files = readdirSync(folder, { withFileTypes: true }).filter((one) => one.isFile());
  const texts = files.map(({ name }) => readFileSync(join(folder, name), 'utf8'));
  for (const secret of [store.consumerKey, store.consumerSecret])
    for (const text of [said, ...texts]) expect(text.includes(secret)).toBe(false);
}

describe('at a terminal', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await newDesk();
  });

  afterAll(() => desk.close());

  it('leads from an empty org to the first order', async () => {
    const { pair, home, folder } = desk;
    const { store, storeUrl, orgUrl } = pair;
    const began = performance.now();
    const terminal = openTerminal('node scripts/setup/main.ts --target-org local', home);
    await terminal.type('Address of the shop', `${storeUrl}/\r`);
    await terminal.type('Key of the REST API', `${store.consumerKey}\r`);
    await terminal.type('Its secret', `${store.consumerSecret}\r`);
    const pasted = terminal.keystrokes();
    await terminal.type('When do orders arrive', '2\r');
    await terminal.type('What does a customer become', '9\r');
    await terminal.type(
      '"9" is no answer: give a number from 1 to 3, or accounts, persons, contacts.',
      '3\r',
    );
    await terminal.type('How far back do orders go', '\r');
    await terminal.type('Address under which the shop reaches the service', '\r');
    await terminal.type('Load this into the org now?', '\r');
    expect(await terminal.ended, terminal.screen()).toEqual([0, null]);
    const seconds = Math.round((performance.now() - began) / 1000);
    const keys = terminal.keystrokes() - pasted;
    // What the goal of ten minutes is measured by.
    process.stdout.write(
      `npm run setup: ${seconds} seconds, ${keys} keystrokes beside the shop and its key\n`,
    );
    expect(keys).toBeLessThan(15);

    expect(terminal.screen()).toContain(`The newest order: ${await newestOrder(desk)}`);
    expect(terminal.screen()).toContain(`Org: ${orgUrl}, as ${pair.org.adminUsername}`);
    expect(terminal.screen()).not.toContain('should be replaced');
    expectNoKeys(desk, terminal.screen());
    const env = readEnv(readFileSync(join(folder, '.env'), 'utf8'));
    expect(env).toMatchObject({ SF_LOGIN_URL: orgUrl, DATA_DIR: join(folder, 'state') });
    expect(Object.keys(env)).not.toContain('PUBLIC_URL');
    const [user] = await recordsOf(
      desk,
      `SELECT Profile.UserLicense.Name FROM User WHERE Username = '${env['SF_USERNAME'] ?? ''}'`,
    );
    expect(user).toMatchObject({ Profile: { UserLicense: { Name: 'Salesforce Integration' } } });
    expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
    expect(statSync(env['SF_JWT_KEY_FILE'] ?? '').mode & 0o777).toBe(0o600);
  });

  it('goes by what was answered', async () => {
    expect(await statuses(desk)).toEqual(new Set(['completed', 'processing']));
    const contacts = await recordsOf(desk, 'SELECT AccountId FROM Contact');
    expect(contacts.length).toBeGreaterThan(0);
    expect(new Set(contacts.map((one) => one['AccountId']))).toEqual(new Set([null]));
  });
});

describe('without a terminal', () => {
  let desk: Desk;

  beforeAll(async () => {
    desk = await newDesk({ personAccounts: true });
  });

  afterAll(() => desk.close());

  /** Runs it with these variables, or where nobody is signed in. */
  async function setup(env: Readonly<Record<string, string>>): Promise<Ran & { said: string }> {
    const args = ['scripts/setup/main.ts', '--target-org', 'local', '--compose'];
    const ran = await run('node', args, { env: { HOME: desk.home, ...quietSf, ...env } });
    return { ...ran, said: ran.stdout + ran.stderr };
  }

  const shop = () => {
    const { store, storeUrl } = desk.pair;
    return {
      WOO_STORE_URL: storeUrl,
      WOO_CONSUMER_KEY: store.consumerKey,
      WOO_CONSUMER_SECRET: store.consumerSecret,
    };
  };
  const answers = {
    WOO_ORDERS: 'every',
    WOO_CUSTOMERS: 'persons',
    WOO_SINCE: '2000-01-01',
    PUBLIC_URL: 'http://localhost:3000',
  };

  it('all that is missing is named, and nothing changed', async () => {
    const { code, said } = await setup({
      ...answers,
      WOO_SINCE: 'ever',
      HOME: join(desk.home, 'nobody'),
    });
    expect(said).toContain('Nothing was changed.');
    expect(said).toContain('- The Salesforce CLI is not signed in to the target org');
    for (const name of ['WOO_STORE_URL', 'WOO_CONSUMER_KEY', 'WOO_CONSUMER_SECRET'])
      expect(said).toContain(`- ${name} is not set: `);
    expect(said).toContain('- WOO_SINCE: "ever" is not how far back');
    expect(code).toBe(1);
    const types = await desk.admin.describeGlobal();
    expect(types.sobjects.some(({ name }) => name === 'Woo_Store__mdt')).toBe(false);
  });

  it('stops with a sentence where the shop fails in between', async () => {
    const on = 'GET data/currencies/current';
    desk.pair.store.faults.add({
      kind: 'status',
      on,
      status: 503,
      retry_after: undefined,
      times: 1,
    });
    const { code, said } = await setup({ ...shop(), ...answers });
    expect(said).toContain('The shop was reached and did not answer as WooCommerce does (HTTP 503');
    expect(code, said).toBe(1);
  });

  it('goes on from there, without the keys that the org has, to the first order', async () => {
    const { applicationUser: user, applicationPassword: password } = desk.pair.store;
    const content = { WOO_APP_USER: user, WOO_APP_PASSWORD: password };
    const env = { WOO_ORDERS: 'completed', WOO_FIRST_LOAD: 'yes', ...content };
    const { code, said } = await setup(env);
    expect(said).toContain('The application password in WOO_APP_PASSWORD is of an administrator');
    expect(said).toContain('WordPress shows its content through the org.');
    expect(said).not.toContain(password);
    expect(said).toContain('WOO_ORDERS changes nothing, since the org keeps its mappings');
    expect(said).toContain('/.env stays as it is.');
    expect(said).toContain(`The newest order: ${await newestOrder(desk)}`);
    expect(code, said).toBe(0);
    expectNoKeys(desk, said);
    expect(said).not.toContain(
      readEnv(readFileSync(join(desk.folder, '.env'), 'utf8'))['SIDECAR_SECRET'],
    );
  });

  it('goes by what was answered at first', async () => {
    expect([...(await statuses(desk))]).toEqual(expect.arrayContaining(['completed', 'on-hold']));
    const people = await recordsOf(desk, 'SELECT IsPersonAccount FROM Account');
    expect(people.length).toBeGreaterThan(0);
    expect(new Set(people.map((one) => one['IsPersonAccount']))).toEqual(new Set([true]));
    expect(readdirSync(desk.folder)).toEqual(
      expect.arrayContaining(['.env', 'compose.yaml', 'nginx.conf']),
    );
    const { PUBLIC_URL, SIDECAR_SECRET, POSTGRES_PASSWORD } = readEnv(
      readFileSync(join(desk.folder, '.env'), 'utf8'),
    );
    expect(PUBLIC_URL).toBe('http://localhost:3000');
    expect(SIDECAR_SECRET).toMatch(/^\w{64}$/);
    expect(POSTGRES_PASSWORD).toMatch(/^\w{48}$/);
  });
});
