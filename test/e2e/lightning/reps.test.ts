/** What sales reps do in Lightning, with the rights of the permission set Woo Sales. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { putPermissionSet } from '../../../local/org/test/permission-sets.ts';
import { makeRecord, makeRecords } from '../../../scripts/lib/demo/make-records.ts';
import { openBrowser, type Browser } from './browser.ts';
import { LightningWorld } from './lightning-world.ts';
import { looksRight, settled } from './looks-right.ts';
import { customer, linesOf, ordersOf } from './odd-orders.ts';

const LONG = 'Sitzsack '.repeat(22).trim();
const ARABIC = 'ليلى حدّاد';

let at: LightningWorld;
let browser: Browser;

beforeAll(async () => {
  [at, browser] = await Promise.all([LightningWorld.open(60), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await at.close();
});

const money = (amount: number, currency: string) =>
  new Intl.NumberFormat('en-US', { style: 'currency', currency }).format(amount);

/** A completed order of the shop with a coupon and shipping, so that its sum has many parts. */
function richOrder() {
  const orders = at.world.store.shop.orders.all().map((entry) => entry.read());
  const order = orders.find(
    ({ status, coupon_lines: coupons, shipping_total: shipping }) =>
      status === 'completed' && coupons.length > 0 && Number(shipping) > 0,
  );
  if (!order) throw new Error('the shop has no completed order with a coupon and shipping');
  return order;
}

describe.each(['desktop', 'phone'] as const)('on a %s', (viewport) => {
  it('a customer has all orders at a glance, and an order opens from there', async () => {
    const busiest = await at.world.admin.query<{ Id: string; orders: number; spent: number }>(
      "SELECT Contact__c Id, COUNT(Id) orders FROM Woo_Order__c WHERE Contact__c != null AND Status__c = 'completed' GROUP BY Contact__c ORDER BY COUNT(Id) DESC LIMIT 1",
    );
    const [{ Id: contact, orders } = { Id: '', orders: 0 }] = busiest.records;
    const address = await at.record('rep', 'Contact', contact);
    await browser.visit(
      async (page) => {
        await page.goto(address);
        await page.getByRole('heading', { name: /^Shop orders/ }).waitFor();
        await looksRight(page, `contact-${viewport}`);
        await page.getByRole('combobox', { name: 'Status' }).click();
        await page.getByRole('option', { name: `Completed (${orders})` }).click();
        await settled(page);
        const rows = page.locator('tr.order');
        await expect.poll(() => rows.count()).toBe(Math.min(orders, 10));
        const first = rows.first().getByRole('link');
        const number = await first.innerText();
        await first.click();
        await page.waitForURL(/\/lightning\/r\/Woo_Order__c\//);
        await page.getByRole('heading', { level: 1, name: number }).waitFor();
        await settled(page);
      },
      { viewport },
    );
  });

  it('home shows the latest orders, the newest first, and nothing that a rep may not do', async () => {
    const sold = { Status__c: 'completed', Created_In_Woo__c: new Date().toISOString() };
    await makeRecords(at.world.admin, 'Woo_Order__c', [
      {
        ...sold,
        Name: `E-${viewport}`,
        Total__c: 20,
        Refunded_Total__c: 5,
        Currency_Code__c: 'CHF',
      },
      { ...sold, Name: `J-${viewport}`, Total__c: 1200, Currency_Code__c: 'JPY' },
    ]);
    const newest = await at.world.admin.query<{ Name: string }>(
      'SELECT Name FROM Woo_Order__c WHERE Deleted_In_Woo__c = FALSE ORDER BY Created_In_Woo__c DESC, Id DESC LIMIT 10',
    );
    const url = await at.as('rep');
    await browser.visit(
      async (page) => {
        const asked = at.requestsOf('rep');
        await page.goto(`${url}/lightning/page/home`);
        const card = page.locator('c-woo-latest-orders');
        await card.getByRole('rowheader').first().waitFor();
        await settled(page);
        expect(at.requestsOf('rep') - asked).toBeLessThanOrEqual(6);
        const shown = await card.getByRole('rowheader').allInnerTexts();
        expect(shown).toEqual(newest.records.map(({ Name }) => Name));
        expect(await page.getByText('checkout-draft').count()).toBe(0);
        await page.getByText('rep', { exact: true }).waitFor();
        expect(await page.getByText(/permission set|Setup|administrator/).count()).toBe(0);
        for (const name of ['Sync now', 'Backfill', 'Retry all']) {
          expect(await page.getByRole('button', { name }).count()).toBe(0);
        }
        const francs = money(viewport === 'desktop' ? 15 : 30, 'CHF');
        const amounts = page.locator('c-woo-sales-home .amount');
        await expect.poll(() => amounts.allInnerTexts()).toContain(francs);
        await looksRight(page, `home-orders-${viewport}`);
        const before = at.requestsOf('rep');
        await page.getByRole('link', { name: 'All charts' }).click();
        await page.getByRole('combobox', { name: 'Currency' }).click();
        await page.getByRole('option', { name: 'CHF' }).click();
        const days = page.getByRole('table', { name: 'Sales by day (CHF)' });
        await expect.poll(() => days.getByRole('row').last().innerText()).toContain(francs);
        await settled(page);
        expect(at.requestsOf('rep') - before).toBeLessThanOrEqual(6);
        await looksRight(page, `sales-${viewport}`);
      },
      { viewport },
    );
  });

  it('an order reads as in the shop: lines, amounts to the cent, and the way into the shop', async () => {
    const order = richOrder();
    const id = await at.find(`SELECT Id FROM Woo_Order__c WHERE Woo_Key__c = 'main:${order.id}'`);
    const address = await at.record('rep', 'Woo_Order__c', id);
    await browser.visit(
      async (page) => {
        await page.goto(address);
        await page.getByRole('heading', { name: `Order ${order.number}`, exact: true }).waitFor();
        await settled(page);
        const amount = (line: string) => page.locator(`[data-line="${line}"] dd`).innerText();
        expect(await amount('total')).toBe(money(Number(order.total), order.currency));
        expect(await amount('discount')).toBe(money(-Number(order.discount_total), order.currency));
        expect(await amount('shipping')).toBe(money(Number(order.shipping_total), order.currency));
        expect(await page.locator('tr.product').count()).toBe(order.line_items.length);
        for (const { sku } of order.line_items) {
          if (sku) await page.getByText(`SKU: ${sku}`).waitFor();
        }
        const shop = page.getByRole('link', { name: /Open in the shop/ });
        expect(await shop.getAttribute('href')).toContain(String(order.id));
        await looksRight(page, `order-${viewport}`);
      },
      { viewport },
    );
  });

  it('right-to-left names, emoji and names of 200 letters fit, and none turns text round', async () => {
    const { admin } = at.world;
    const contact = await customer(admin, {
      FirstName: '🛋️ Zoë',
      LastName: `${ARABIC} ${viewport}`,
    });
    const [order = ''] = await makeRecords(admin, 'Woo_Order__c', ordersOf(contact, 1));
    const product = await makeRecord(admin, 'Product2', { Name: LONG, IsActive: true });
    await makeRecords(
      admin,
      'Woo_Order_Item__c',
      linesOf(order, 2, product).map((line) => ({ ...line, Item_Name__c: LONG })),
    );
    const [turned] = linesOf(order, 3).slice(2);
    await makeRecord(admin, 'Woo_Order_Item__c', { ...turned, Item_Name__c: '\u202Eevil' });
    await browser.visit(
      async (page) => {
        await page.goto(await at.record('rep', 'Contact', contact));
        await page.getByRole('heading', { level: 1, name: new RegExp(ARABIC) }).waitFor();
        await looksRight(page, `contact-odd-${viewport}`);
        await page.goto(await at.record('rep', 'Woo_Order__c', order));
        await page.getByRole('link', { name: LONG }).first().waitFor();
        await page.getByText('[U+202E]evil').first().waitFor();
        await looksRight(page, `order-odd-${viewport}`);
        await page.goto(await at.record('rep', 'Product2', product));
        await page.getByText('Not in the shop').first().waitFor();
        await looksRight(page, `product-odd-${viewport}`);
      },
      { viewport },
    );
  });

  it('home says how the stores are, with nothing to press that a rep may not', async () => {
    const home = `${await at.as('rep')}/lightning/page/home`;
    await browser.visit(
      async (page) => {
        await page.goto(home);
        await page.getByRole('heading', { name: 'WooCommerce sync' }).waitFor();
        await looksRight(page, `home-rep-${viewport}`);
        expect(await page.getByRole('button', { name: 'Backfill' }).count()).toBe(0);
        await page.getByRole('link', { name: 'Woo Orders', exact: true }).first().click();
        await page.waitForURL(/\/lightning\/o\/Woo_Order__c\/list/);
        await looksRight(page, `orders-${viewport}`);
      },
      { viewport },
    );
  });

  it('a customer without orders is told so', async () => {
    const contact = await customer(at.world.admin, { LastName: `Nobody ${viewport}` });
    await browser.visit(
      async (page) => {
        await page.goto(await at.record('rep', 'Contact', contact));
        await page.getByText('No orders yet').waitFor();
        await looksRight(page, `contact-empty-${viewport}`);
      },
      { viewport },
    );
  });
});

describe('an order of half past eleven at night in New York', () => {
  const NEW_YORK_MS = 5 * 3_600_000;
  const DAY_MS = 86_400_000;
  /** Three days ago there; in winter the clock of New York is five hours behind. */
  const day = new Date(Date.now() - NEW_YORK_MS - 3 * DAY_MS).toISOString().slice(0, 10);
  const placed = new Date(Date.parse(`${day}T23:30:00Z`) + NEW_YORK_MS);
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  const shownAs = (of: string) =>
    new Intl.DateTimeFormat('en-US', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    }).format(new Date(of));

  beforeAll(async () => {
    const { admin, org } = at.world;
    await makeRecords(
      admin,
      'Woo_Order__c',
      [
        { Name: 'late', Status__c: 'completed', Created_In_Woo__c: placed.toISOString() },
        { Name: 'held', Status__c: 'on-hold', Created_In_Woo__c: placed.toISOString() },
      ].map((one) => ({ ...one, Total__c: 40, Refunded_Total__c: 2.5, Currency_Code__c: 'NOK' })),
    );
    // As a manager does who shares the folder of the reports.
    const folders = org.data
      .components()
      .filter(({ type, fullName }) => type === 'ReportFolder' && fullName === 'Woo_Sales');
    const folderShares = [
      { accessLevel: 'View', sharedTo: 'Organization', sharedToType: 'Organization' },
    ];
    org.data.putComponents(
      folders.map((one) => ({ ...one, body: { ...(one.body as object), folderShares } })),
    );
  });

  it.each([
    ['newYork', day, 'desktop'],
    ['tokyo', next, 'phone'],
  ] as const)(
    'counts for the day of %s, in charts and in the report',
    async (who, own, viewport) => {
      const url = await at.as(who);
      await browser.visit(
        async (page) => {
          await page.goto(`${url}/lightning/n/Woo_Sales`);
          await page.getByRole('combobox', { name: 'Currency' }).click();
          await page.getByRole('option', { name: 'NOK' }).click();
          const rows = page.getByRole('table', { name: 'Sales by day (NOK)' }).locator('tr.row');
          await rows.first().waitFor();
          const texts = await rows.allInnerTexts();
          const sold = texts.filter((text) => text.includes('37.50'));
          expect(sold).toHaveLength(1);
          expect(sold[0]).toContain(shownAs(own));
          await looksRight(page, `sales-${who}-${viewport}`);
        },
        { viewport },
      );
      const headers = { Authorization: `Bearer ${await at.token(who)}` };
      const root = `${at.world.orgUrl}/services/data/v66.0/analytics/reports`;
      const ask = async <T>(path: string) =>
        (await (await fetch(root + path, { headers })).json()) as T;
      const list = await ask<{ id: string; name: string }[]>('');
      const { factMap, groupingsDown } = await ask<{
        factMap: Record<string, { aggregates: { value: number }[] }>;
        groupingsDown: {
          groupings: { value: string; groupings: { key: string; value: string }[] }[];
        };
      }>(`/${list.find(({ name }) => name === 'Daily Sales')?.id}`);
      const days = groupingsDown.groupings.find(({ value }) => value === 'NOK')?.groupings ?? [];
      const numbers = days.map(({ key, value }) => [
        value,
        factMap[`${key}!T`]?.aggregates.map((one) => one.value),
      ]);
      expect(numbers).toEqual([[own, [40, 2.5, 37.5, 1]]]);
    },
  );
});

describe('with much', () => {
  it('of 5,000 orders a page of ten is read, with at most four requests', async () => {
    const { admin } = at.world;
    const contact = await customer(admin, { LastName: 'Many' });
    await makeRecords(admin, 'Woo_Order__c', ordersOf(contact, 5_000));
    const address = await at.record('rep', 'Contact', contact);
    await browser.visit(async (page) => {
      const before = at.requestsOf('rep');
      await page.goto(address);
      await page.getByText('1–10 of 5,000').waitFor();
      await settled(page);
      expect(at.requestsOf('rep') - before).toBeLessThanOrEqual(4);
      // 4,500 of ten euros each were not cancelled.
      expect(await page.locator('.spent').innerText()).toBe('€45,000.00');
      await page.getByRole('button', { name: 'Next' }).click();
      await page.getByText('11–20 of 5,000').waitFor();
      await page.getByRole('combobox', { name: 'Status' }).click();
      await page.getByRole('option', { name: 'Cancelled (500)' }).click();
      await page.getByText('1–10 of 500').waitFor();
      await looksRight(page, 'contact-5000');
    });
  });

  it('an order of 400 lines shows fifty, then more, and the sum of all', async () => {
    const { admin } = at.world;
    const contact = await customer(admin, { LastName: 'Long list' });
    const [order = ''] = await makeRecords(admin, 'Woo_Order__c', ordersOf(contact, 1));
    await makeRecords(admin, 'Woo_Order_Item__c', linesOf(order, 400));
    const address = await at.record('rep', 'Woo_Order__c', order);
    await browser.visit(async (page) => {
      const before = at.requestsOf('rep');
      await page.goto(address);
      await page.getByText('50 of 400 items shown').waitFor();
      await settled(page);
      expect(at.requestsOf('rep') - before).toBeLessThanOrEqual(5);
      expect(await page.locator('tr.product').count()).toBe(50);
      await expect
        .poll(() => page.locator('tbody.products tr.sum').innerText())
        .toContain('€400.00');
      await page.getByRole('button', { name: /^Show \d+ more$/ }).click();
      await expect.poll(() => page.locator('tr.product').count()).toBeGreaterThan(50);
    });
  });
});

describe('in Japanese', () => {
  it('a customer reads all of our words in Japanese, and amounts in their own currency', async () => {
    const { admin } = at.world;
    const contact = await customer(admin, { LastName: '山田' });
    await makeRecords(admin, 'Woo_Order__c', ordersOf(contact, 3));
    const address = await at.record('rep', 'Contact', contact);
    await browser.visit(async (page) => {
      await page.goto(`${address}?language=ja`);
      await page.getByRole('heading', { name: /^ショップの注文/ }).waitFor();
      await settled(page);
      const words = await page.locator('c-woo-customer-orders, c-woo-sync-badge').allInnerTexts();
      expect(words.join(' ')).toContain('€');
      // What is left in Latin letters: names, and the records' own values.
      const latin = words.join(' ').match(/[A-Za-z]{5,}/g) ?? [];
      expect(latin.filter((word) => !/Completed|WooCommerce/.test(word))).toEqual([]);
      await looksRight(page, 'contact-japanese');
    });
  });
});

describe('where something is missing', () => {
  it('a record that was deleted is said to be gone', async () => {
    const { admin } = at.world;
    const contact = await customer(admin, { LastName: 'Gone' });
    const address = await at.record('rep', 'Contact', contact);
    await admin.sobject('Contact').delete(contact);
    await browser.visit(
      async (page) => {
        await page.goto(address);
        await page
          .getByText(/It does not exist, was deleted, or you do not have access to it/)
          .first()
          .waitFor();
        await looksRight(page, 'contact-gone');
      },
      { expected: /answer 404/ },
    );
  });

  it('somebody who sees customers but no orders is told which permission set shows them', async () => {
    const { admin, org } = at.world;
    putPermissionSet(org.data, 'Customers_Only', {
      objects: { Account: 'read', Contact: 'read' },
    });
    const contact = await customer(admin, { LastName: 'Seen by an outsider' });
    const address = await at.record('outsider', 'Contact', contact);
    await browser.visit(async (page) => {
      await page.goto(address);
      await page
        .getByText('You do not have access to Woo_Order__c.')
        .filter({ hasText: 'permission set Woo Sales' })
        .waitFor();
      await looksRight(page, 'contact-outsider');
      await page.goto(`${await at.as('outsider')}/lightning/page/home`);
      const told = page.getByRole('heading', { name: 'Orders are not shown to you' });
      await told.waitFor();
      await settled(page);
      expect(await told.count()).toBe(1);
      await page
        .getByRole('heading', { name: 'How the sync is doing is not shown to you' })
        .waitFor();
      expect(await page.getByRole('alert').count()).toBe(0);
      expect(await page.getByRole('link', { name: 'All charts' }).count()).toBe(0);
      await looksRight(page, 'home-outsider');
    });
  });

  it('a product whose order line lost it keeps its name and SKU, marked', async () => {
    const { admin } = at.world;
    const contact = await customer(admin, { LastName: 'Lost product' });
    const [order = ''] = await makeRecords(admin, 'Woo_Order__c', ordersOf(contact, 1));
    await makeRecords(admin, 'Woo_Order_Item__c', linesOf(order, 1));
    await browser.visit(async (page) => {
      await page.goto(await at.record('rep', 'Woo_Order__c', order));
      await page.getByText('Line 1').waitFor();
      await page.getByText('Product not found').waitFor();
    });
  });
});
