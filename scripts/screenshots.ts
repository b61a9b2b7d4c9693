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

async function screenshot(page: Page, url: string, heading: RegExp, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('heading', { name: heading }).first().waitFor();
  await page.waitForLoadState('networkidle');
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, fullPage: true });
  console.log(`docs/screenshots/${name}.png`);
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
    await screenshot(page, order, /^Order /, 'order');
    await screenshot(page, product, /^Images in the shop/, 'product');
    // The preview of the editor comes by a command, which the service answers within seconds.
    const editor = `${new URL(order).origin}/lightning/n/Woo_Mappings?c__mapping=Order`;
    await screenshot(page, editor, /^order \d/, 'mapping');
  } finally {
    await close();
  }
}

take().catch(reportFailure);
