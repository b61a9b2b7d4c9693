/** Every page under conditions that few developers see: near, dark, forced colours, right to left, longer words, keys. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eventually } from '../eventually.ts';
import { openBrowser, screenshot, type Browser } from './browser.ts';
import { DARK } from './dark-theme.ts';
import { ENGLISH_WORDS } from './english-words.ts';
import { LightningWorld, type Who } from './lightning-world.ts';
import { settled } from './looks-right.ts';
import { fillHome } from './home-records.ts';
import { PageFacts } from './page-facts.ts';
import { PseudoLocale } from './pseudo-locale.ts';

/** 1,280 pixels at 400 %. */
const NEAR = { width: 320, height: 256 };
const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1280, height: 900 };

let at: LightningWorld;
let browser: Browser;

beforeAll(async () => {
  [at, browser] = await Promise.all([LightningWorld.open(10), openBrowser()]);
  await fillHome(at);
});

afterAll(async () => {
  await browser.close();
  await at.close();
});

const first = (object: string, where = '') =>
  at.find(`SELECT Id FROM ${object} ${where} ORDER BY Id LIMIT 1`);
const record =
  (object: string, where = '') =>
  async () =>
    `/lightning/r/${object}/${await first(object, where)}/view`;
const fixed = (path: string) => () => Promise.resolve(path);
const ordered = (field: string) =>
  `WHERE Id IN (SELECT ${field} FROM Woo_Order__c WHERE ${field} != null)`;

/** Who looks, in English and in Japanese. */
interface Lookers {
  readonly english: Who;
  readonly japanese: Who;
}

const ADMINS: Lookers = { english: 'admin', japanese: 'reader' };
const REPS: Lookers = { english: 'rep', japanese: 'seller' };

interface Shown {
  readonly name: string;
  /** What must be there. */
  readonly ready: string;
  readonly path: () => Promise<string>;
  readonly lookers: Lookers;
}

const shown = (
  name: string,
  ready: string,
  path: Shown['path'],
  lookers: Lookers = ADMINS,
): Shown => ({ name, ready, path, lookers });

const DETAILS = 'host-detail-panel';

/** Each page: its name, what must be there, and where it is. A new page is a line. */
const PAGES: readonly Shown[] = [
  shown('home', 'c-woo-sync-issue', fixed('/lightning/page/home')),
  shown('home-rep', 'c-woo-sales-desk', fixed('/lightning/page/home'), REPS),
  shown('sales', 'c-woo-chart', fixed('/lightning/n/Woo_Sales')),
  shown('sync', 'c-woo-sync-pages a', fixed('/lightning/n/Woo_Sync')),
  shown('contact', 'c-woo-customer-orders', record('Contact', ordered('Contact__c'))),
  shown('account', 'c-woo-customer-orders', record('Account', ordered('Account__c'))),
  shown('order', 'c-woo-order-items', record('Woo_Order__c')),
  shown('product', 'c-woo-product-images', record('Product2', 'WHERE Woo_Key__c != null')),
  shown('refund', DETAILS, record('Woo_Refund__c')),
  shown('command', DETAILS, record('Woo_Command__c')),
  shown('issue', DETAILS, record('Woo_Sync_Issue__c')),
  shown('attention', DETAILS, record('Woo_Attention__c')),
  shown('mappings', 'c-woo-mapping-card', fixed('/lightning/n/Woo_Mappings')),
  shown('editor', 'c-woo-mapping-field', fixed('/lightning/n/Woo_Mappings?c__mapping=Order')),
  shown('matches', 'c-woo-matches', fixed('/lightning/n/Woo_Matches')),
];

async function open(page: Page, who: Who, path: string, ready: string): Promise<void> {
  await page.goto(`${await at.as(who)}${path}`);
  await page.locator(ready).first().waitFor();
  await settled(page);
}

/** No wider than its window, no text cut off. Keeps an image. */
async function fits(page: Page, name: string): Promise<void> {
  const facts = new PageFacts(page);
  // Components take a moment to follow the window.
  await expect
    .poll(() => facts.stickingOut(), { message: `${name} is wider than the window` })
    .toEqual([]);
  expect(await facts.hangingOver(), `${name} has controls over an edge`).toEqual([]);
  expect(await facts.clipped(), `${name} cuts off texts`).toEqual([]);
  await screenshot(page, name);
}

/** Links, buttons and badges: SLDS 1 has their colours in part without a hook. */
const OF_PLATFORM = /^<a |class="[^"]*slds-(button|badge)/;

/** Of texts beside those. */
async function contrasts(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  const found = violations
    .flatMap(({ nodes }) => nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`))
    .filter((text) => !OF_PLATFORM.test(text));
  expect(found, name).toEqual([]);
}

describe.each(PAGES)('the page $name', ({ name, ready, path, lookers }) => {
  it('fits at 400 %, right to left, with forced colours and in the dark, and is used by keys alone', async () => {
    await browser.visit(async (page) => {
      await open(page, lookers.english, await path(), ready);
      expect(await new PageFacts(page).unreached(), `${name} by keyboard`).toEqual([]);
      await page.setViewportSize(NEAR);
      await fits(page, `looks-${name}-400`);
      expect(await new PageFacts(page).scrollingSideways(), `${name} scrolls sideways`).toEqual([]);
      await page.setViewportSize(WIDE);
      await page.evaluate("document.documentElement.dir = 'rtl'");
      await fits(page, `looks-${name}-rtl`);
      await page.evaluate("document.documentElement.dir = 'ltr'");
      await page.emulateMedia({ forcedColors: 'active' });
      await fits(page, `looks-${name}-forced`);
      await page.emulateMedia({ forcedColors: 'none' });
      await page.addStyleTag({ content: DARK });
      await fits(page, `looks-${name}-dark`);
      await contrasts(page, `${name} in the dark`);
    });
  });

  it('has all its words in labels, which may be longer by two fifths', async () => {
    await browser.visit(async (page) => {
      const locale = await PseudoLocale.of(page);
      await open(page, lookers.english, await path(), ready);
      await fits(page, `looks-${name}-longer`);
      expect(locale.untranslated(await new PageFacts(page).texts()), name).toEqual([]);
      await page.setViewportSize(PHONE);
      await fits(page, `looks-${name}-longer-phone`);
    });
  });

  it('has no English word for who reads Japanese', async () => {
    await browser.visit(async (page) => {
      await open(page, lookers.japanese, await path(), ready);
      await fits(page, `looks-${name}-japanese`);
      const texts = await new PageFacts(page).texts();
      expect(
        texts.filter((text) => ENGLISH_WORDS.has(text)),
        name,
      ).toEqual([]);
      await page.setViewportSize(PHONE);
      await fits(page, `looks-${name}-japanese-phone`);
    });
  });
});

it('matches that cannot be found say why and what to do, whole', async () => {
  const reason = `WOO_UNREACHABLE: The shop of ${'Main Store '.repeat(8)}does not answer. `;
  const cure = `See that https://${'shop-'.repeat(20)}.example answers, then find matches again.`;
  await browser.visit(async (page) => {
    await open(page, 'admin', '/lightning/n/Woo_Matches', 'c-woo-matches');
    await page.getByRole('button', { name: 'Find matches' }).click();
    const Id = await eventually(() =>
      first('Woo_Command__c', "WHERE Type__c = 'list_matches' AND State__c = 'waiting'"),
    );
    const failed = { Id, State__c: 'failed', Result__c: reason + cure };
    await at.world.admin.sobject('Woo_Command__c').update(failed);
    await page.getByRole('alert').getByText(cure).waitFor();
    await settled(page);
    const facts = new PageFacts(page);
    for (const [size, viewport] of Object.entries({ wide: WIDE, near: NEAR })) {
      await page.setViewportSize(viewport);
      await expect.poll(() => facts.stickingOut(), { message: size }).toEqual([]);
      // Around a button that was just clicked a ring spreads, which is wider than its text.
      const cut = (await facts.clipped()).filter((text) => !text.startsWith('button: '));
      expect(cut, size).toEqual([]);
      await screenshot(page, `looks-matches-failed-${size}`);
    }
  });
});

it('an order has the words of its fields, its values and the tabs in Japanese', async () => {
  await browser.visit(async (page) => {
    await open(page, 'reader', await record('Woo_Order__c')(), 'c-woo-order-items');
    await page.getByRole('link', { name: '同期', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Woo 注文' }).first().waitFor();
    await page.getByText('完了', { exact: true }).first().waitFor();
    expect(await page.getByText('Completed', { exact: true }).count()).toBe(0);
    await screenshot(page, 'looks-japanese-order');
  });
});

it('tabs of pages have the words of the language, and five currencies stand apart and whole', async () => {
  const tabs = {
    Contact: ['ショップの注文', ordered('Contact__c')],
    Account: ['ショップの注文', ordered('Account__c')],
    Woo_Order__c: ['注文', ''],
    Product2: ['画像', 'WHERE Woo_Key__c != null'],
  } as const;
  const { records } = await at.world.admin.query<{ Id: string }>(
    'SELECT Id FROM Woo_Order__c WHERE Contact__c != null ORDER BY Name LIMIT 5',
  );
  const currencies = ['EUR', 'USD', 'JPY', 'GBP', 'CHF'];
  const orders = records.map(({ Id }, day) => ({
    Id,
    Status__c: 'completed',
    Currency_Code__c: currencies[day] ?? '',
    Total__c: 1_234_567.89,
    Created_In_Woo__c: new Date().toISOString(),
  }));
  const saved = await at.world.admin.sobject('Woo_Order__c').update(orders);
  expect(saved.filter(({ success }) => !success)).toEqual([]);
  await browser.visit(async (page) => {
    for (const [object, [title, where]] of Object.entries(tabs)) {
      await page.goto(`${await at.as('reader')}${await record(object, where)()}`);
      await page.getByRole('tab', { name: title, exact: true }).waitFor();
    }
    await screenshot(page, 'looks-japanese-tabs');
    await open(page, 'admin', '/lightning/page/home', 'c-woo-sales-home');
    for (const amount of [/€1,234,567/, /^\$1,23/, /¥1,234,568/, /£1,234,567/, /CHF\s1,234,567/]) {
      await page.locator('c-woo-sales-home').getByText(amount).first().waitFor();
    }
    await fits(page, 'looks-home-currencies');
    await page.setViewportSize(NEAR);
    await fits(page, 'looks-home-currencies-400');
    await open(page, 'admin', '/lightning/n/Woo_Sales', 'c-woo-chart');
    await page.getByRole('combobox', { name: 'Currency' }).click();
    const options = page.getByRole('option');
    for (const code of currencies) await options.filter({ hasText: code }).waitFor();
    await options.filter({ hasText: 'JPY' }).click();
    await page.getByText('¥1,234,568').first().waitFor();
    await settled(page);
    await fits(page, 'looks-sales-currencies-400');
    await page.setViewportSize(WIDE);
    await fits(page, 'looks-sales-currencies');
  });
});
