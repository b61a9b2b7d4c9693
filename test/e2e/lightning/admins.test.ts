/** What admins, and people who care for products, do about the sync in Lightning while the service runs. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { file } from '../../../local/org/metadata/test/packages.ts';
import { eventually } from '../eventually.ts';
import { LiveWorld } from '../live-world.ts';
import { type Edit, mustDeploy, record, set } from '../metadata.ts';
import type { RunningService } from '../service.ts';
import { ToldWorld } from '../told-world.ts';
import { answered } from './answered.ts';
import { openBrowser, type Browser } from './browser.ts';
import { attention } from './home-records.ts';
import { LightningWorld } from './lightning-world.ts';
import { looksRight, settled } from './looks-right.ts';
import { MappingForm } from './mapping-form.ts';
import { CONDITION, LOGIC, MISTAKES, mistakenMapping } from './mapping-mistakes.ts';

const PATIENT = { timeout: 600_000 };
/** A day on which something was found. */
const ALL_REPAIRED = /^\S+ \S+ UTC: \d+ compared, ([1-9]\d*) found, \1 repaired/;
/** The id of a record that the org does not have. */
const UNKNOWN = '01t000000000001AAA';

let at: LightningWorld;
let live: LiveWorld;
let service: RunningService;
let browser: Browser;

beforeAll(async () => {
  [at, browser] = await Promise.all([LightningWorld.open(10), openBrowser()]);
  // Both sides changed: a person decides.
  mustDeploy(at.world.org, record('Woo_Mapping.Product', set('Conflict_Rule__c', 'ask')));
  live = new LiveWorld(at.world);
  service = await live.start();
});

afterAll(async () => {
  await browser.close();
  await at.close();
});

/** Simple products of the shop that no test has used. */
const unused = (() => {
  let taken = 0;
  return () => {
    const fit = at.world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .filter(({ type, status, name }) => {
        return type === 'simple' && status === 'publish' && !name.includes('&');
      });
    const product = fit[taken];
    taken += 1;
    if (!product) throw new Error('the shop has no more such products');
    return product;
  };
})();

async function openHome(page: Page): Promise<void> {
  await page.goto(`${await at.as('admin')}/lightning/page/home`);
  await page.getByRole('heading', { name: 'WooCommerce sync' }).waitFor();
  await settled(page);
}

/** Opens what is folded; what is open stays so. */
async function unfold(page: Page, name: string): Promise<void> {
  const folded = page.getByRole('button', { name, expanded: false });
  if ((await folded.count()) > 0) await folded.first().click();
}

const TECHNICAL = 'Stores, commands and API calls';

/** Fills in one of the forms for commands and starts it. */
async function command(page: Page, name: string, records?: Records): Promise<void> {
  await unfold(page, TECHNICAL);
  await page.getByRole('button', { name, exact: true }).click();
  if (records) {
    await page.getByRole('combobox', { name: 'Records' }).click();
    await page.getByRole('option', { name: records.which }).click();
    await page.getByRole('textbox', { name: /^WooCommerce id|^Record ID/ }).fill(records.text);
  }
  await page.getByRole('button', { name: 'Start', exact: true }).click();
}

interface Records {
  readonly which: 'Order' | 'Salesforce record';
  readonly text: string;
}

const orders = (text: number | string): Records => ({ which: 'Order', text: String(text) });

const commands = (page: Page) => page.locator('c-woo-sync-command');

describe('a command', () => {
  it('syncs an order now, and the page shows by itself that it is done', async () => {
    const [order] = live.completed();
    const id = order?.id ?? 0;
    await browser.visit(async (page) => {
      await openHome(page);
      await command(page, 'Sync now', orders(id));
      const newest = commands(page).first();
      await newest.getByText('Done').waitFor(PATIENT);
      await newest.getByText(`main:${id}`).waitFor();
      await looksRight(page, 'home-synced');
    });
  });

  it('that cannot be is refused before it is given', async () => {
    await browser.visit(async (page) => {
      await openHome(page);
      await command(page, 'Sync now', orders('ten'));
      await page.getByText('Enter the numbers that the shop shows').waitFor();
    });
  });

  it('explains an order, and tells what a backfill would do', async () => {
    const [order] = live.completed();
    await browser.visit(async (page) => {
      await openHome(page);
      await command(page, 'Explain', orders(order?.id ?? 0));
      await commands(page).first().getByText('Done').waitFor(PATIENT);
      await commands(page).first().getByText('Woo_Order__c').first().waitFor();
      await command(page, 'Dry run');
      const newest = commands(page).filter({ hasText: 'Dry run' }).first();
      await newest.getByText('Done').waitFor(PATIENT);
      await looksRight(page, 'home-commands');
    });
  });

  it('that fails says why', async () => {
    await browser.visit(async (page) => {
      await openHome(page);
      await command(page, 'Sync now', { which: 'Salesforce record', text: UNKNOWN });
      const newest = commands(page).first();
      await newest.getByText('Failed', { exact: true }).waitFor(PATIENT);
      await newest.locator('.result').getByText(UNKNOWN).waitFor();
      await looksRight(page, 'home-failed-command');
    });
  });
});

describe('a record', () => {
  it('in conflict shows both values, and the one that is picked goes to both sides', async () => {
    const { product, Id } = await inConflict();
    await browser.visit(async (page) => {
      await page.goto(await at.record('buyer', 'Product2', Id));
      const badge = page.locator('c-woo-sync-badge');
      await badge.getByText('Changed on both sides').first().waitFor();
      await badge.getByText('Named in the shop').waitFor();
      await badge.getByText('Named in Salesforce').waitFor();
      // The card of the shop shows the shop's price, whatever Salesforce holds, until that goes to the shop.
      const card = page.locator('c-woo-product-stock');
      await card.getByText('777.00').waitFor();
      await card.getByText('a person decides which are right').waitFor();
      expect(await card.getByText('510.00').count()).toBe(0);
      await looksRight(page, 'product-conflict-badge');
      for (const field of ['Product Name', 'Woo Regular Price']) {
        const issue = badge.locator('c-woo-sync-issue', { hasText: `Field ${field}` });
        await issue.getByRole('button', { name: "Take Salesforce's value" }).click();
      }
      await badge.getByText('In step with the shop').waitFor(PATIENT);
      await card.getByText('510.00').waitFor(PATIENT);
      expect(await card.locator('.note').count()).toBe(0);
    });
    const { name, regular_price: price } =
      at.world.store.shop.products.get(product.id)?.read() ?? {};
    expect([name, price]).toEqual(['Named in Salesforce', '510']);
  });

  it('that takes what the shop has shows it at once, in the header and the fields too', async () => {
    const { Id } = await inConflict();
    await browser.visit(async (page) => {
      await page.goto(await at.record('buyer', 'Product2', Id));
      const named = (name: string) => page.getByRole('heading', { level: 1, name });
      await named('Named in Salesforce').waitFor();
      const badge = page.locator('c-woo-sync-badge');
      const take = badge.getByRole('button', { name: "Take the shop's value" });
      await take.first().click();
      await take.last().click();
      await badge.getByText('In step with the shop').waitFor(PATIENT);
      await named('Named in the shop').waitFor();
      await settled(page);
      expect(await page.getByText('Named in Salesforce').count()).toBe(0);
      await looksRight(page, 'product-conflict-settled');
    });
  });

  it('that Salesforce refuses says why, and is tried again once that is mended', async () => {
    const product = unused();
    const Id = await live.arrives('Product2', product.id, { Woo_Key__c: `main:${product.id}` });
    refuseUnicorns(true);
    at.world.store.edits.updateProduct(product.id, { name: 'Unicorn' });
    await eventually(async () => {
      const issue = await at.world.orgRow(
        `SELECT State__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'product:Product2:main:${product.id}'`,
      );
      expect(issue).toMatchObject({ State__c: 'open' });
    });
    await browser.visit(async (page) => {
      await page.goto(await at.record('buyer', 'Product2', Id));
      const badge = page.locator('c-woo-sync-badge');
      await badge.getByText('Could not be synced').waitFor();
      await badge.getByText(/There are no unicorns/).waitFor();
      await looksRight(page, 'product-failed');
      refuseUnicorns(false);
      await badge.getByRole('button', { name: 'Try again' }).click();
      await badge.getByText('In step with the shop').waitFor(PATIENT);
    });
    await live.arrives('Product2', product.id, { Name: 'Unicorn' });
  });
});

describe.each(['desktop', 'phone'] as const)('the home page on a %s', (viewport) => {
  it('says how the shop is doing', async () => {
    await eventually(async () => {
      const row = await at.world.orgRow('SELECT State__c, Webhooks__c FROM Woo_Store_Status__c');
      expect(row).toMatchObject({ State__c: 'healthy' });
      expect(row?.['Webhooks__c']).toContain('active');
    });
    await browser.visit(
      async (page) => {
        await at.as('admin');
        const before = at.requestsOf('admin');
        await openHome(page);
        expect(at.requestsOf('admin') - before).toBeLessThanOrEqual(6);
        await page.getByText('All stores are healthy: changes arrive in time.').waitFor();
        expect(await page.locator('c-woo-sync-store').count()).toBe(0);
        expect(await page.locator('c-woo-sync-actions').count()).toBe(0);
        await looksRight(page, `home-folded-${viewport}`);
        await unfold(page, TECHNICAL);
        await unfold(page, 'Details');
        await page.getByText(/^\d+ of \d+ active$/).waitFor();
        await looksRight(page, `home-${viewport}`);
      },
      { viewport },
    );
  });
});

describe('the home page', () => {
  it('shows each mapping, and by day what comparisons found; one is started there', async () => {
    // The first comparison is the service's own: it would put the edit right before the one that is started here.
    await service.waitForLog(({ msg }) => msg === 'nightly reconcile');
    const id = live.completed().at(-1)?.id ?? 0;
    const Id = await live.arrives('Woo_Order__c', id, { Woo_Key__c: `main:${id}` });
    const order = at.world.admin.sobject('Woo_Order__c');
    expect(await order.update({ Id, Billing_City__c: 'Elsewhere' })).toMatchObject({
      success: true,
    });
    await browser.visit(async (page) => {
      await openHome(page);
      await unfold(page, TECHNICAL);
      await unfold(page, 'Details');
      const mapping = page
        .locator('c-woo-sync-mappings li')
        .filter({ hasText: 'Products and Variations' });
      await mapping.getByText('Active').first().waitFor();
      await mapping.getByText('last written').first().waitFor();
      await page.getByRole('button', { name: 'Compare now' }).click();
      const newest = commands(page).first();
      await newest.getByText('Done').waitFor(PATIENT);
      await newest
        .getByText(/records of the shop compared: \d+ may differ and (?:is|are) looked at again /)
        .waitFor();
      const found = await eventually(async () => {
        const row = await at.world.orgRow('SELECT Proof_By_Day__c FROM Woo_Store_Status__c');
        const [, count] = ALL_REPAIRED.exec(String(row?.['Proof_By_Day__c'])) ?? [];
        expect(count).toBeDefined();
        return count;
      });
      await page.getByRole('button', { name: 'Refresh' }).first().click();
      const cells = page.locator('c-woo-sync-proofs tr.proof').first().locator('td');
      await expect
        .poll(() => cells.allInnerTexts(), PATIENT)
        .toEqual([expect.stringMatching(/^\d+$/), found, found]);
      await looksRight(page, 'home-proof');
      await mapping.getByRole('link', { name: 'Products and Variations' }).click();
      await page.getByRole('heading', { name: 'What would be written' }).waitFor(PATIENT);
    });
  });
});

it('an issue that nobody will mend is left as it is, and needs nobody any more', async () => {
  const product = unused();
  await live.arrives('Product2', product.id, { Woo_Key__c: `main:${product.id}` });
  refuseUnicorns(true);
  at.world.store.edits.updateProduct(product.id, { name: 'Unicorn' });
  const state = async () => {
    const key = `product:Product2:main:${product.id}`;
    const issue = await at.world.orgRow(
      `SELECT State__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = '${key}'`,
    );
    return issue?.['State__c'];
  };
  await eventually(async () => {
    expect(await state()).toBe('open');
  });
  await browser.visit(async (page) => {
    await openHome(page);
    const issue = page.locator('c-woo-sync-issue').filter({ hasText: 'There are no unicorns' });
    await issue.waitFor();
    await issue.getByRole('button', { name: 'Leave as it is' }).click();
    await issue.waitFor({ state: 'detached' });
    expect(await state()).toBe('ignored');
    await page.reload();
    await page.getByRole('heading', { name: 'WooCommerce sync' }).waitFor();
    await settled(page);
    expect(await issue.count()).toBe(0);
  });
  refuseUnicorns(false);
});

/** The card of a mapping on the page of all of them. */
const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true });

async function openMappings(page: Page): Promise<void> {
  await page.goto(`${await at.as('admin')}/lightning/n/Woo_Mappings`);
  await card(page, 'Orders').waitFor();
  await settled(page);
}

/** Chooses from the menu of a mapping. */
async function choose(page: Page, name: string, what: string): Promise<void> {
  await card(page, name)
    .getByRole('button', { name: `More actions: ${name}` })
    .click();
  await page.getByRole('menuitem', { name: what }).click();
}

const confirm = (page: Page) => page.getByRole('button', { name: 'OK' }).click();
const mappingIs = async (name: string, isActive: boolean) => {
  const found = await at.world.orgRow(
    `SELECT Active__c FROM Woo_Mapping__mdt WHERE DeveloperName = '${name}'`,
  );
  expect(found).toMatchObject({ Active__c: isActive });
};

const REFUND = "SELECT Id FROM Woo_Mapping__mdt WHERE DeveloperName = 'Refund'";

describe('the page of mappings', () => {
  it('lists them with their counts, and why one is held; what is done with one, and undone', async () => {
    mustDeploy(at.world.org, record('Woo_Mapping.Refund', set('Condition_Logic__c', '1 AND')));
    await browser.visit(async (page) => {
      await openHome(page);
      const before = at.requestsOf('admin');
      await page.getByRole('link', { name: 'Sync', exact: true }).click();
      await page.getByRole('link', { name: 'Matches', exact: true }).waitFor();
      await looksRight(page, 'sync-pages');
      await page.getByRole('link', { name: 'Mappings', exact: true }).click();
      await card(page, 'Orders').getByText('Records').waitFor();
      await settled(page);
      // One of them says on Sync who is told.
      expect(at.requestsOf('admin') - before).toBeLessThanOrEqual(5);
      await choose(page, 'Order Items', 'Switch off');
      await confirm(page);
      await card(page, 'Order Items').getByText('Off', { exact: true }).waitFor(PATIENT);
      await mappingIs('Order_Item', false);
      await choose(page, 'Order Items', 'Undo last save');
      await confirm(page);
      await card(page, 'Order Items').getByText('On', { exact: true }).waitFor(PATIENT);
      await mappingIs('Order_Item', true);
      // The save made the service read the configuration: it holds what was broken before.
      await expect
        .poll(async () => {
          await page.getByRole('button', { name: 'Refresh', exact: true }).click();
          await settled(page);
          return card(page, 'Refunds').getByText('Held', { exact: true }).count();
        }, PATIENT)
        .toBe(1);
      await card(page, 'Refunds')
        .getByText(/the condition logic "1 AND" ends/)
        .waitFor();
      await choose(page, 'Refunds', 'Delete');
      await confirm(page);
      await page.getByRole('heading', { name: 'Switched off' }).waitFor(PATIENT);
      await mappingIs('Refund', false);
      await looksRight(page, 'mappings-desktop');
      await page.getByRole('button', { name: 'Bring back: Refunds' }).click();
      await card(page, 'Refunds').waitFor(PATIENT);
      await mappingIs('Refund', true);
    });
  });

  it('gives files for git, templates, and what removes for good what is off, on a phone', async () => {
    await browser.visit(
      async (page) => {
        await openMappings(page);
        const download = page.waitForEvent('download');
        await choose(page, 'Orders', 'Download for git');
        expect((await download).suggestedFilename()).toBe('Order.zip');
        await page.getByRole('button', { name: 'Edit: Orders' }).click();
        await page.getByRole('heading', { name: 'What would be written' }).waitFor(PATIENT);
        await looksRight(page, 'mapping-phone');
        await page.goBack();
        await page.getByRole('button', { name: 'New mapping' }).click();
        await page.getByRole('button', { name: 'Customer or guest → Lead' }).waitFor();
        await looksRight(page, 'mappings-phone');
        await choose(page, 'Refunds', 'Delete');
        await confirm(page);
        const off = page.locator('c-woo-mapping-off');
        const files = await off.getByLabel('destructiveChanges.xml').innerText(PATIENT);
        mustDeploy(at.world.org, ['destructiveChanges.xml', files]);
        await page.getByRole('button', { name: 'Refresh', exact: true }).click();
        await off.getByRole('heading').first().waitFor({ state: 'detached' });
        expect(await at.world.orgRow(REFUND)).toBeUndefined();
      },
      { viewport: 'phone' },
    );
  });
});

describe('a mapping that is made from nothing', () => {
  beforeAll(() => {
    const off = ['Order', 'Order_Item', 'Refund', 'Product'];
    const isOff: Edit = [/(<field>Active__c<\/field>\s*<value[^>]*>)true/, '$1false'];
    mustDeploy(at.world.org, ...off.map((name) => record(`Woo_Mapping.${name}`, isOff)));
  });

  const make = (fill: (form: MappingForm) => Promise<void>) =>
    browser.visit(async (page) => {
      await page.goto(`${await at.as('admin')}/lightning/n/Woo_Mappings`);
      const form = new MappingForm(page);
      await fill(form);
      return form;
    });

  it('of orders takes at most 25 clicks and 40 characters, and the next one arrives so', async () => {
    const form = await make(async (by) => {
      await by.begin('Paid orders', 'Order', 'woo order');
      await by.onlyWhen('completed');
      await by.choose('number', 'status', 'total', 'customer');
      await by.fix('deleted', 'No (false)');
      await by.save('orders');
    });
    expect(form.clicks).toBeLessThanOrEqual(25);
    expect(form.characters).toBeLessThanOrEqual(40);
    const bought = await live.atShop(`/products/${unused().id}/buy`, { quantity: 1 });
    const id = Number(bought['id']);
    at.world.store.edits.updateOrder(id, { status: 'completed' });
    const values = { Name: String(id), Status__c: 'completed', Deleted_In_Woo__c: false };
    await live.arrives('Woo_Order__c', id, values);
  });

  it('of products takes at most 20 clicks and 30 characters, and a purchase shows there', async () => {
    const { id } = unused();
    const form = await make(async (by) => {
      await by.begin('Goods', 'Product or variation', 'product2');
      await by.choose('name', 'sku', 'stock_quantity', 'regular_price');
      await by.save('products');
    });
    expect(form.clicks).toBeLessThanOrEqual(20);
    expect(form.characters).toBeLessThanOrEqual(30);
    at.world.store.edits.updateProduct(id, { manage_stock: true, stock_quantity: 16 });
    await live.arrives('Product2', id, { Woo_Stock__c: 16 });
    await live.atShop(`/products/${id}/buy`, { quantity: 4 });
    await live.arrives('Product2', id, { Woo_Stock__c: 12 });
  });
});

describe('a mapping with fifteen mistakes', () => {
  it('shows each where it is, with what to do', async () => {
    mustDeploy(at.world.org, ...mistakenMapping());
    await browser.visit(async (page) => {
      await page.goto(`${await at.as('admin')}/lightning/n/Woo_Mappings?c__mapping=Mistakes`);
      const rows = page.locator('c-woo-mapping-field');
      await answered(page, rows.locator('c-woo-mapping-problems').nth(MISTAKES.length - 1));
      const told = new Map<string, string>();
      for (const one of await rows.all()) {
        const field = await one.locator('.target input').inputValue();
        told.set(field, await one.locator('c-woo-mapping-problems').innerText());
      }
      const shown = MISTAKES.map(({ field, says }) => told.get(field)?.includes(says) ?? false);
      expect(
        MISTAKES.filter((_, at) => !shown[at]),
        JSON.stringify([...told]),
      ).toEqual([]);
      const condition = page.locator('c-woo-mapping-condition c-woo-mapping-problems');
      expect(await condition.innerText()).toContain(CONDITION);
      await page.getByText(LOGIC).waitFor();
      expect(MISTAKES.length + 2).toBe(15);
      await looksRight(page, 'mapping-mistakes');
    });
  });
});

describe('with the service down', () => {
  it('home says since when, and what was asked for waits', async () => {
    expect(await service.stop()).toBe(0);
    const status = await at.find('SELECT Id FROM Woo_Store_Status__c');
    const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
    const set = await at.world.admin
      .sobject('Woo_Store_Status__c')
      .update({ Id: status, Last_Seen__c: hourAgo });
    expect(set).toMatchObject({ success: true });
    await browser.visit(async (page) => {
      await page.clock.install();
      await openHome(page);
      await page.getByText('The sync does not seem to run.').waitFor();
      await command(page, 'Retry all');
      await commands(page).first().getByText('Waiting').waitFor();
      const quiet = page.getByText('Nothing has happened for some minutes.');
      // The page looks again every three seconds, and each time it waits for the answer.
      await expect
        .poll(
          async () => {
            await page.clock.runFor(3_000);
            return quiet.count();
          },
          { ...PATIENT, interval: 20 },
        )
        .toBe(1);
      await looksRight(page, 'home-down');
    });
  });
});

/** A product that was named on both sides, so that a person decides. */
async function inConflict() {
  const product = unused();
  const Id = await live.arrives('Product2', product.id, { Woo_Key__c: `main:${product.id}` });
  const { outbox } = at.world.store.webhooks;
  await outbound('hold');
  outbox.hold();
  const named = await at.world.admin
    .sobject('Product2')
    .update({ Id, Name: 'Named in Salesforce', Woo_Regular_Price__c: 510 });
  expect(named).toMatchObject({ success: true });
  at.world.store.edits.updateProduct(product.id, {
    name: 'Named in the shop',
    regular_price: '777',
  });
  await outbound('release');
  outbox.release();
  for (const field of ['Name', 'Woo_Regular_Price__c'])
    await eventually(async () => {
      const issue = await at.world.orgRow(
        `SELECT State__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'product:Product2:main:${product.id}#${field}'`,
      );
      expect(issue).toMatchObject({ State__c: 'open' });
    });
  return { product, Id };
}

async function outbound(what: 'hold' | 'release'): Promise<void> {
  const response = await fetch(`${at.world.orgUrl}/local/outbound/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(response.ok).toBe(true);
}

/** A rule of the admin. */
function refuseUnicorns(active: boolean): void {
  const xml = `<validationRules>
    <fullName>No_Unicorns</fullName><active>${active}</active>
    <errorConditionFormula>Name = &quot;Unicorn&quot;</errorConditionFormula>
    <errorDisplayField>Name</errorDisplayField><errorMessage>There are no unicorns.</errorMessage>
  </validationRules>`;
  mustDeploy(at.world.org, ['objects/Product2.object', file('CustomObject', xml)]);
}

/** The list of the bell is within a window of 1,280 pixels at 400 %. */
async function fitsNear(page: Page): Promise<void> {
  await page.setViewportSize({ width: 320, height: 256 });
  const box = await page.getByRole('region', { name: 'Notifications' }).boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(320);
  await page.setViewportSize({ width: 1280, height: 900 });
}

describe('the bell', () => {
  it('counts what flows have told the user, and leads to the record by keyboard', async () => {
    const { data, adminUsername } = at.world.org;
    const target = await at.find('SELECT Id FROM Product2 WHERE Woo_Key__c != null');
    const told = (title: string, user: string) => {
      const sent = { kind: 'notification', type: 'Woo_Attention', recipients: [user] } as const;
      const text = { title, body: 'Enter new keys in Setup, and check them.', target };
      data.sent.add({ ...sent, ...text, users: [user] }, data.now());
    };
    await browser.visit(async (page) => {
      await openHome(page);
      await page.getByRole('button', { name: /^Notifications/ }).click();
      await page.getByText('Nobody told you anything yet').waitFor();
      await looksRight(page, 'bell-empty');
      told('Main shop is stopped: nothing of it is synced', adminUsername);
      told('Not for the admin', 'somebody@local-org.example');
      await openHome(page);
      const bell = page.getByRole('button', { name: 'Notifications: 1 new' });
      await bell.focus();
      await page.keyboard.press('Enter');
      await page.getByText('Enter new keys in Setup').waitFor();
      expect(await page.getByText('Not for the admin').count()).toBe(0);
      await looksRight(page, 'bell');
      await fitsNear(page);
      await page.keyboard.press('Escape');
      await page.getByText('Enter new keys in Setup').waitFor({ state: 'detached' });
      // The focus is on the bell again.
      await page.keyboard.press('Enter');
      await page.getByText('Enter new keys in Setup').waitFor();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/lightning/r/${target}/view`);
      await page.getByRole('button', { name: 'Notifications', exact: true }).waitFor();
    });
  });

  it('has an e-mail beside it, whose link leads to the matter', async () => {
    const told = await ToldWorld.in(at.world);
    const title = 'Main shop has three matters at once';
    await attention(at.world, { Cause_Key__c: 'main:conflict:mail', Title__c: title });
    await told.hears(new RegExp(title));
    const link = new URL(told.linkIn(new RegExp(title)) ?? '');
    expect(link.origin).toBe(at.world.orgUrl);
    await browser.visit(async (page) => {
      // The local org has no pages of its own: its Lightning host shows them, at an address of its own.
      await page.goto(`${await at.as('admin')}${link.pathname}`);
      await page.getByText(title).first().waitFor();
    });
  });
});
