/** What an admin meets in the editor of mappings on no plain day: much, an end, silence, another store. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { answered } from './answered.ts';
import { openBrowser, type Browser } from './browser.ts';
import { ARABIC, EditorWorld, EMOJI, MANY } from './editor-world.ts';
import { looksRight, settled } from './looks-right.ts';

const PATIENT = { timeout: 600_000 };
const CHECKED = 'Checked: no problems.';
const SAVED = 'Saved. The service goes by it within a minute.';

let at: EditorWorld;
let browser: Browser;

beforeAll(async () => {
  [at, browser] = await Promise.all([EditorWorld.open(), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await at.close();
});

const rows = (page: Page) => page.locator('c-woo-mapping-field');
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: true });
const fieldsAre = (page: Page, count: number) =>
  answered(page, page.getByRole('heading', { name: `Fields (${count})` }));

async function goTo(page: Page, mapping: string): Promise<void> {
  const url = await at.lightning.as('editor');
  await page.goto(`${url}/lightning/n/Woo_Mappings?c__mapping=${mapping}`);
}

async function open(page: Page, mapping: string): Promise<void> {
  await goTo(page, mapping);
  await answered(page, page.getByText(CHECKED));
  await settled(page);
}

async function countOf(mapping: string): Promise<number> {
  const { admin } = at.lightning.world;
  const soql = `SELECT COUNT() FROM Woo_Field_Mapping__mdt WHERE Mapping__r.DeveloperName = '${mapping}'`;
  return (await admin.query(soql)).totalSize;
}

async function save(page: Page): Promise<void> {
  await button(page, 'What changes / Save').click();
  await button(page, 'Save').click();
}

describe('the editor', () => {
  it('takes 200 rows at once, keeps them over a reload, shows each by a record and saves them', async () => {
    const before = await countOf('Order');
    await browser.visit(async (page) => {
      await open(page, 'Order');
      await button(page, 'Choose several').click();
      await button(page, /^Tick all with a suggested field/).click();
      const add = button(page, /^Add \d+ rows$/);
      const added = Number(/\d+/.exec(await add.innerText())?.[0]);
      expect(added).toBeGreaterThanOrEqual(MANY);
      await add.click();
      await fieldsAre(page, before + added);
      await page.reload();
      await fieldsAre(page, before + added);
      await answered(page, page.getByText(CHECKED));
      expect(await page.locator('c-woo-mapping-preview-record .row').count()).toBe(before + added);
      await page.getByRole('searchbox', { name: 'Find a row' }).fill('meta_data.custom_19');
      await expect.poll(() => rows(page).count()).toBe(10);
      await rows(page).getByText(ARABIC).first().waitFor();
      await rows(page).getByText(EMOJI).first().waitFor();
      await looksRight(page, 'editor-many');
      await save(page);
      await page.getByText(SAVED).waitFor(PATIENT);
      expect(await countOf('Order')).toBe(before + added);
    });
  });

  it('says that the session has ended, and saves all that was typed after signing in again', async () => {
    await browser.visit(
      async (page) => {
        await open(page, 'Refund');
        await page.getByRole('textbox', { name: 'Name of the mapping' }).fill(ARABIC);
        await page.keyboard.press('Tab');
        await page.getByRole('heading', { name: ARABIC }).waitFor();
        at.lightning.endSession('editor');
        try {
          await save(page);
          await page.getByText(/^Your session has ended.* then save here/).waitFor();
          await looksRight(page, 'editor-session-ended');
          await page.reload();
          await page.getByText('The org answered 401 to /local/tabs').waitFor();
        } finally {
          // Without it the tests below would have no pages.
          await at.lightning.signInAgain('editor');
        }
        await page.reload();
        await page.getByText('What you had not saved is back.').waitFor();
        await save(page);
        await page.getByText(SAVED).waitFor(PATIENT);
      },
      { expected: /answer 401/ },
    );
    const soql = "SELECT MasterLabel FROM Woo_Mapping__mdt WHERE DeveloperName = 'Refund'";
    expect(await at.lightning.world.orgRow(soql)).toMatchObject({ MasterLabel: ARABIC });
  });

  it('offers names while the shop does not answer, and its values once it does', async () => {
    const { faults } = at.lightning.world.store;
    await browser.visit(async (page) => {
      const silent = { on: undefined, times: 1000, status: 503, retry_after: undefined };
      faults.add({ kind: 'status', ...silent });
      await goTo(page, 'Product');
      await page
        .getByText('The shop does not answer, so there are no example values.')
        .waitFor(PATIENT);
      await settled(page);
      await page
        .getByText(/^WOO_UNAVAILABLE: .* Wait, or look into the error log/)
        .waitFor(PATIENT);
      expect(await page.getByText('empty in the latest record').count()).toBe(0);
      await button(page, 'Choose several').click();
      await page.getByText('short_description').first().waitFor();
      await looksRight(page, 'editor-shop-silent');
      faults.clear();
      await button(page, 'Try again').first().click();
      await page
        .getByText(/^e\.g\. /)
        .first()
        .waitFor(PATIENT);
    });
  });

  it('shows values of the store that the mapping is for', async () => {
    await browser.visit(async (page) => {
      await open(page, 'Order');
      const shown = (number: string) => page.getByRole('heading', { name: `order ${number}` });
      await shown(at.latest.main).waitFor();
      await page.getByRole('combobox', { name: 'Store' }).click();
      await page.getByRole('option', { name: 'Outlet Store' }).click();
      await shown(at.latest.outlet).waitFor(PATIENT);
      await page.getByText('e.g. Bought at the outlet').waitFor(PATIENT);
      await looksRight(page, 'editor-outlet');
    });
  });
});
