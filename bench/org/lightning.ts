import { Connection } from 'jsforce';

import { startChromium } from '../../scripts/lib/machine/chromium.ts';
import { makeRecord, makeRecords } from '../../scripts/lib/demo/make-records.ts';
import { sampleImage } from '../../scripts/lib/demo/sample-image.ts';
import type { Bench, Setting } from '../lib/bench.ts';
import { OrgProcess } from '../lib/programs/org.ts';
import { atMost, countAtMost, median, shown, type Result } from '../lib/results/results.ts';
import { measureEditor } from './editor.ts';
import { measureHome } from './home.ts';
import { type Requests, requestsOf, resetRequests, type Stage } from './stage.ts';

const FEW = 50;
const MANY = 5_000;
const SHORT_MANY = 500;
const ROUNDS = 9;
const PATIENCE_MS = 60_000;

/** What reps and admins wait for, and what their pages ask of Salesforce: the host, the org and Chromium in their own processes. */
export async function measureLightning(
  bench: Bench,
  setting: Setting,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  say('the Lightning host builds the components');
  const { processes } = setting;
  const org = await OrgProcess.start(processes, bench.freshOrgFile());
  const args = ['local/lightning/main.ts', '--org', org.url, '--token', org.adminToken];
  const server = await processes.serve([...args, '--port', '0'], /\/local\/requests\n/);
  const host = /^Lightning host: (\S+)/m.exec(server.welcome)?.[1] ?? '';
  const admin = new Connection({
    instanceUrl: org.url,
    accessToken: org.adminToken,
    version: '66.0',
  });
  const { context, close } = await startChromium();
  try {
    const stage: Stage = { page: await context.newPage(), admin, host };
    return [
      ...(await measureOrders(stage, setting.isShort, say)),
      ...(await measureDrag(stage, say)),
      ...(await measureOrder(stage)),
      ...(await measureEditor(stage, setting.isShort)),
      ...(await measureHome(bench, setting, stage.page, say)),
    ];
  } finally {
    await close();
    await server.stop();
    await org.stop();
  }
}

async function measureOrders(stage: Stage, isShort: boolean, say: (line: string) => void) {
  const [rounds, most] = isShort ? [1, SHORT_MANY] : [ROUNDS, MANY];
  say(`customers with ${FEW} and with ${most} orders`);
  const [few, many] = [await customer(stage.admin, FEW), await customer(stage.admin, most)];
  const ratios: number[] = [];
  const times: number[] = [];
  let requests: Requests = { ours: 0, all: 0 };
  for (let round = 0; round <= rounds; round += 1) {
    const fewer = await open(stage, few, FEW);
    const more = await open(stage, many, most);
    // The first round fills caches and compilers.
    if (round === 0) continue;
    ratios.push(more.ms / fewer.ms);
    times.push(more.ms);
    requests = more.requests;
  }
  const name = `Contact page with ${most} orders`;
  return [
    atMost(`${name}: time until ready ÷ with ${FEW}`, 1.3, '', median(ratios)),
    shown(`${name}: time until ready`, 'ms', median(times)),
    ...results('Contact page', requests),
  ];
}

/** Time from the address to the list, and the requests until nothing is read any more. */
async function open(stage: Stage, contact: string, orders: number) {
  const { page, host } = stage;
  await resetRequests(host);
  const started = performance.now();
  await page.goto(`${host}/lightning/r/Contact/${contact}/view`);
  const range = page.getByText(`1–10 of ${orders.toLocaleString('en-US')}`);
  await range.waitFor({ timeout: PATIENCE_MS });
  const ms = performance.now() - started;
  await page.waitForLoadState('networkidle');
  return { ms, requests: await requestsOf(host) };
}

async function measureDrag(stage: Stage, say: (line: string) => void) {
  say('an image is dragged into the gallery');
  const { page, admin, host } = stage;
  const product = await makeRecord(admin, 'Product2', { Name: 'Bean bag', IsActive: true });
  await addImage(admin, product, 'Front');
  await resetRequests(host);
  await page.goto(`${host}/lightning/r/Product2/${product}/view`);
  const image = page.locator('li[data-key]').filter({ hasText: 'Front' });
  await image.locator('img').waitFor({ timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle');
  const opened = await requestsOf(host);
  const zones = page.locator('c-woo-product-image-zone');
  const gallery = zones.filter({ has: page.getByRole('heading', { name: 'Gallery' }) });
  await resetRequests(host);
  const started = performance.now();
  await image.dragTo(gallery);
  await page.getByRole('status').getByText('Saved').waitFor({ timeout: PATIENCE_MS });
  const ms = performance.now() - started;
  await page.waitForLoadState('networkidle');
  const dragged = await requestsOf(host);
  return [
    ...results('Product page', opened),
    countAtMost('Image dragged into the gallery: requests until saved', 2, dragged.all),
    shown('Image dragged into the gallery: time until saved', 'ms', ms),
  ];
}

/** An order of two products with an image each. */
async function measureOrder({ page, admin, host }: Stage) {
  const contact = await customer(admin, 1);
  const { records } = await admin.query<{ Id: string }>(
    `SELECT Id FROM Woo_Order__c WHERE Contact__c = '${contact}'`,
  );
  const order = records[0]?.Id ?? '';
  for (const name of ['Chair', 'Table']) await addLine(admin, order, name);
  await resetRequests(host);
  await page.goto(`${host}/lightning/r/Woo_Order__c/${order}/view`);
  await page.locator('tr.product img').nth(1).waitFor({ timeout: PATIENCE_MS });
  await page.waitForLoadState('networkidle');
  return results('Order page with images', await requestsOf(host));
}

async function addLine(admin: Connection, order: string, name: string): Promise<void> {
  const product = await makeRecord(admin, 'Product2', { Name: name, IsActive: true });
  await addImage(admin, product, name);
  const file = await admin.query<{ ContentDocumentId: string }>(
    `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${product}'`,
  );
  const Woo_Featured_Image__c = file.records[0]?.ContentDocumentId ?? '';
  await admin.sobject('Product2').update({ Id: product, Woo_Featured_Image__c });
  await makeRecord(admin, 'Woo_Order_Item__c', {
    Order__c: order,
    Product__c: product,
    Type__c: 'product',
    Item_Name__c: name,
    Quantity__c: 1,
    Total__c: 10,
    Woo_Key__c: `main:${name}`,
  });
}

/** A file on a product. */
async function addImage(admin: Connection, product: string, title: string): Promise<void> {
  await makeRecord(admin, 'ContentVersion', {
    Title: title,
    PathOnClient: `${title}.png`,
    FirstPublishLocationId: product,
    VersionData: sampleImage([60, 120, 200]).toString('base64'),
  });
}

const results = (page: string, { ours, all }: Requests): readonly Result[] => [
  countAtMost(`${page}: requests of our components to Salesforce`, 4, ours),
  shown(`${page}: with those of the page's standard parts`, '', all),
];

async function customer(admin: Connection, orders: number): Promise<string> {
  const contact = await makeRecord(admin, 'Contact', { LastName: `With ${orders} orders` });
  const start = Date.parse('2026-11-20T12:00:00Z');
  const rows = Array.from({ length: orders }, (_, at) => ({
    Name: `${orders}-${at}`,
    Contact__c: contact,
    Store__c: 'main',
    Status__c: at % 10 === 9 ? 'cancelled' : 'completed',
    Currency_Code__c: at % 4 === 3 ? 'USD' : 'EUR',
    Total__c: 10 + (at % 90),
    Created_In_Woo__c: new Date(start - at * 60_000).toISOString(),
    Woo_Key__c: `main:${orders}-${at}`,
  }));
  await makeRecords(admin, 'Woo_Order__c', rows);
  return contact;
}
