/**
 * `npm run screenshots -- --order URL --product URL`: takes the README's images from the running demo, which prints
 * both addresses.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';

import { reportFailure } from '../local/shared/failure.ts';
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

function addresses(): { readonly order: string; readonly product: string } {
  const { values } = parseArgs({
    options: { order: { type: 'string' }, product: { type: 'string' } },
  });
  const { order, product } = values;
  if (order !== undefined && product !== undefined) return { order, product };
  throw new Error('Give --order and --product: "npm run demo" prints both addresses.');
}

async function take(): Promise<void> {
  const { order, product } = addresses();
  const { context, close } = await startChromium();
  try {
    mkdirSync(folder, { recursive: true });
    const page = await context.newPage();
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
