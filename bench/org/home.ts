import { DatabaseSync } from 'node:sqlite';

import { Connection } from 'jsforce';
import type { Page } from 'playwright-core';

import { makeRecord, makeRecords } from '../../scripts/lib/demo/make-records.ts';
import type { Bench, Setting } from '../lib/bench.ts';
import { OrgProcess } from '../lib/programs/org.ts';
import type { Server } from '../lib/programs/processes.ts';
import { atMost, countAtMost, median, shown, type Result } from '../lib/results/results.ts';
import { type Requests, requestsOf, resetRequests } from './stage.ts';

const FEW = 1_000;
const MANY = 100_000;
/** As many as there are days, so that each has orders. */
const SHORT = { few: 1_000, many: 2_000 };
const ROUNDS = 9;
const PATIENCE_MS = 120_000;
/** Orders of a shop of some years. */
const DAYS = 1_000;
const DAY_MS = 24 * 3_600_000;

/** An org with so many orders, and the host that shows it. */
interface Shown {
  readonly orders: number;
  readonly org: OrgProcess;
  readonly server: Server;
  readonly host: string;
}

/** How long the home page of an admin takes, by how many orders the org has. */
export async function measureHome(
  bench: Bench,
  setting: Setting,
  page: Page,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const all: Shown[] = [];
  try {
    for (const orders of setting.isShort ? [SHORT.few, SHORT.many] : [FEW, MANY]) {
      say(`an org with ${orders.toLocaleString('en-US')} orders`);
      all.push(await open(bench, setting, orders));
    }
    const [few, many] = all as [Shown, Shown];
    say('the home page of both by turns');
    return await measure(page, { few, many, rounds: setting.isShort ? 1 : ROUNDS });
  } finally {
    for (const { org, server } of all) {
      await server.stop();
      await org.stop();
    }
  }
}

interface Turns {
  readonly few: Shown;
  readonly many: Shown;
  readonly rounds: number;
}

async function measure(page: Page, { few, many, rounds }: Turns): Promise<readonly Result[]> {
  const ratios: number[] = [];
  const times: number[] = [];
  let requests: Requests = { ours: 0, all: 0 };
  for (let round = 0; round <= rounds; round += 1) {
    const fewer = await look(page, few);
    const more = await look(page, many);
    // The first round fills caches and compilers.
    if (round === 0) continue;
    ratios.push(more.ms / fewer.ms);
    times.push(more.ms);
    requests = more.requests;
  }
  const name = `Home page with ${many.orders.toLocaleString('en-US')} orders`;
  return [
    atMost(
      `${name}: time until ready ÷ with ${few.orders.toLocaleString('en-US')}`,
      ...([1.3, '', median(ratios)] as const),
    ),
    shown(`${name}: time until ready`, 'ms', median(times)),
    countAtMost('Home page: requests of our components to Salesforce', 6, requests.ours),
    shown("Home page: with those of the page's standard parts", '', requests.all),
  ];
}

/** Time from the address until sales, orders that wait, the latest orders and the state of the stores are there. */
async function look(page: Page, { host }: Shown) {
  await resetRequests(host);
  const started = performance.now();
  await page.goto(`${host}/lightning/page/home`);
  const parts = [
    page.locator('c-woo-latest-orders tr.order').nth(9),
    page.locator('c-woo-sales-home .amount').first(),
    page.locator('c-woo-sales-desk li.order').first(),
    page.locator('c-woo-sync-health .toggle').first(),
  ];
  await Promise.all(parts.map((part) => part.waitFor({ timeout: PATIENCE_MS })));
  const ms = performance.now() - started;
  await page.waitForLoadState('networkidle');
  return { ms, requests: await requestsOf(host) };
}

async function open(bench: Bench, { processes }: Setting, orders: number): Promise<Shown> {
  const file = bench.freshOrgFile();
  const loading = await OrgProcess.start(processes, file);
  await fill(loading, orders);
  await loading.stop();
  dateBack(file);
  const org = await OrgProcess.start(processes, file);
  const args = ['local/lightning/main.ts', '--org', org.url, '--token', org.adminToken];
  const server = await processes.serve([...args, '--port', '0'], /\/local\/requests\n/);
  const host = /^Lightning host: (\S+)/m.exec(server.welcome)?.[1] ?? '';
  return { orders, org, server, host };
}

/** Orders of two currencies and some statuses, as many on each day; one of ten waits. */
async function fill({ url, adminToken }: OrgProcess, orders: number): Promise<void> {
  const admin = new Connection({ instanceUrl: url, accessToken: adminToken, version: '66.0' });
  const now = Date.now();
  const apart = (DAYS * DAY_MS) / orders;
  const rows = Array.from({ length: orders }, (_, at) => ({
    Name: `${at}`,
    Store__c: 'main',
    Woo_Key__c: `main:${at}`,
    Status__c: at % 10 === 9 ? 'on-hold' : 'completed',
    Currency_Code__c: at % 4 === 3 ? 'USD' : 'EUR',
    Total__c: 10 + (at % 90),
    Created_In_Woo__c: new Date(now - at * apart).toISOString(),
  }));
  await makeRecords(admin, 'Woo_Order__c', rows);
  const Last_Seen__c = new Date(now).toISOString();
  await makeRecord(admin, 'Woo_Store_Status__c', {
    Name: 'Main',
    Store__c: 'main',
    State__c: 'healthy',
    Last_Seen__c,
  });
}

/** Orders came to Salesforce as they were placed, and were not written since; no API says so afterwards. */
function dateBack(file: string): void {
  const data = new DatabaseSync(file);
  data.exec(
    'UPDATE "Woo_Order__c" SET "CreatedDate" = "Created_In_Woo__c", "SystemModstamp" = "Created_In_Woo__c"',
  );
  data.close();
}
