/**
 * `npm run screenshots -- --order URL --product URL`: takes the README's images from the running demo, which prints
 * both addresses, and that of the charts from an org of its own. `-- --sales` takes that one alone.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';

import { Connection } from 'jsforce';

import { createHost } from '../local/lightning/host.ts';
import { createOrg } from '../local/org/org.ts';
import { reportFailure } from '../local/shared/failure.ts';
import { makeSampleSales } from './lib/shop/sample-sales.ts';
import { deployProject } from './lib/install/deploy.ts';
import { startChromium } from './lib/machine/chromium.ts';
import { root } from './lib/sf.ts';

const folder = join(root, 'docs', 'screenshots');

async function open(page: Page, url: string, heading: RegExp): Promise<string> {
  await page.goto(url);
  return page.getByRole('heading', { name: heading }).first().innerText();
}

async function keep(page: Page, name: string, fullPage = true): Promise<void> {
  await page.waitForLoadState('networkidle');
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage });
  console.log(`docs/screenshots/${name}.png`);
}

/** The editor with its preview of one order, down to the first fields. */
async function keepEditor(page: Page, url: string, number: string): Promise<void> {
  await open(page, url, /^Orders$/);
  await page.getByText('By number').click();
  await page.getByLabel('Number', { exact: true }).fill(number);
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  // The preview comes by a command, which the service answers within seconds.
  await page.getByRole('heading', { name: `order ${number}` }).waitFor();
  await keep(page, 'mapping', false);
}

/** The charts of a week. The demo's shop sold its goods at other times, so they have an org of their own. */
async function keepSales(page: Page): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'woo-salesforce-'));
  const org = createOrg();
  const orgUrl = await org.listen(0);
  const host = createHost({ org: orgUrl, token: org.adminToken });
  try {
    await deployProject(org, { org: orgUrl, store: 'http://127.0.0.1:8080' }, home);
    await makeSampleSales(
      new Connection({ instanceUrl: orgUrl, accessToken: org.adminToken, version: '66.0' }),
      new Date(),
    );
    await page.goto(`${await host.listen(0)}/lightning/n/Woo_Sales`);
    await page.locator('c-woo-chart').nth(4).waitFor();
    await keep(page, 'sales');
  } finally {
    await host.close();
    await org.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Null where the charts alone are wanted. */
function addresses(): { readonly order: string; readonly product: string } | null {
  const { values } = parseArgs({
    options: {
      order: { type: 'string' },
      product: { type: 'string' },
      sales: { type: 'boolean', default: false },
    },
  });
  const { order, product, sales } = values;
  if (sales) return null;
  if (order !== undefined && product !== undefined) return { order, product };
  throw new Error('Give --order and --product: "npm run demo" prints both addresses.');
}

async function take(): Promise<void> {
  const wanted = addresses();
  const { context, close } = await startChromium();
  try {
    mkdirSync(folder, { recursive: true });
    const page = await context.newPage();
    await keepSales(page);
    if (wanted === null) return;
    const { order, product } = wanted;
    const heading = await open(page, order, /^Order /);
    await keep(page, 'order');
    await open(page, product, /^Images in the shop/);
    await keep(page, 'product');
    const editor = `${new URL(order).origin}/lightning/n/Woo_Mappings?c__mapping=Order`;
    await keepEditor(page, editor, heading.replace('Order ', ''));
  } finally {
    await close();
  }
}

take().catch(reportFailure);
