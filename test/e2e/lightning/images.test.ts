/** What people who care for products do with images, with the rights of the permission set Woo Products. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { makeRecord } from '../../../scripts/lib/demo/make-records.ts';
import { sampleImage } from '../../../scripts/lib/demo/sample-image.ts';
import { openBrowser, type Browser } from './browser.ts';
import { LightningWorld } from './lightning-world.ts';
import { looksRight, settled } from './looks-right.ts';

const SAVED = 'Saved';
const GONE = '069000000000001AAA';

let at: LightningWorld;
let browser: Browser;
let product: string;
/** Files on the product, by title. */
let files: Readonly<Record<'Front' | 'Side' | 'Room', string>>;

beforeAll(async () => {
  [at, browser] = await Promise.all([LightningWorld.open(5), openBrowser()]);
});

afterAll(async () => {
  await browser.close();
  await at.close();
});

beforeEach(async () => {
  product = await makeRecord(at.world.admin, 'Product2', { Name: 'Bean bag', IsActive: true });
  files = {
    Front: await upload('Front', 'front.png'),
    Side: await upload('Side', 'side.png'),
    Room: await upload('Room', 'room.png'),
  };
});

/** @returns the id of the file's document */
async function upload(title: string, name: string, bytes = sampleImage([60, 120, 200])) {
  const { admin } = at.world;
  const version = await makeRecord(admin, 'ContentVersion', {
    Title: title,
    PathOnClient: name,
    VersionData: bytes.toString('base64'),
    FirstPublishLocationId: product,
  });
  const row = await at.world.orgRow(
    `SELECT ContentDocumentId FROM ContentVersion WHERE Id = '${version}'`,
  );
  return String(row?.['ContentDocumentId']);
}

async function put(featured: string | null, gallery: string | null): Promise<void> {
  const saved = await at.world.admin
    .sobject('Product2')
    .update({ Id: product, Woo_Featured_Image__c: featured, Woo_Gallery_Images__c: gallery });
  expect(saved).toMatchObject({ success: true });
}

async function stored() {
  const row = await at.world.orgRow(
    `SELECT Woo_Featured_Image__c, Woo_Gallery_Images__c FROM Product2 WHERE Id = '${product}'`,
  );
  return { featured: row?.['Woo_Featured_Image__c'], gallery: row?.['Woo_Gallery_Images__c'] };
}

const zone = (page: Page, heading: string): Locator =>
  page
    .locator('c-woo-product-image-zone')
    .filter({ has: page.getByRole('heading', { name: heading, exact: true }) });

const tile = (page: Page, heading: string, title: string): Locator =>
  zone(page, heading).locator('li[data-key]').filter({ hasText: title });

async function choose(page: Page, heading: string, title: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${title}` }).click();
  await tile(page, heading, title).getByRole('menuitem', { name: action }).click();
}

async function open(page: Page, who: 'buyer' | 'rep' = 'buyer'): Promise<void> {
  await page.goto(await at.record(who, 'Product2', product));
  await page.getByRole('heading', { name: 'Images in the shop' }).waitFor();
  await settled(page);
}

const saved = (page: Page) => page.getByRole('status').getByText(SAVED).waitFor();

describe('images by hand', () => {
  it('are dragged: one becomes the featured one, the others the gallery, each with one request', async () => {
    await browser.visit(async (page) => {
      await open(page);
      await looksRight(page, 'product-before-desktop');
      await tile(page, 'Files of this product', 'Front').dragTo(zone(page, 'Featured image'));
      await saved(page);
      await settled(page);
      const before = at.requestsOf('buyer');
      await tile(page, 'Files of this product', 'Side').dragTo(zone(page, 'Gallery'));
      await expect.poll(async () => (await stored()).gallery).toBe(files.Side);
      await settled(page);
      expect(at.requestsOf('buyer') - before).toBeLessThanOrEqual(2);
      await tile(page, 'Files of this product', 'Room').dragTo(
        tile(page, 'Gallery', 'Side').locator('.tile'),
        { targetPosition: { x: 4, y: 20 } },
      );
      await expect
        .poll(stored)
        .toEqual({ featured: files.Front, gallery: `${files.Room};${files.Side}` });
      await looksRight(page, 'product-desktop');
    });
  });

  it('are chosen by their menus, and taken back with Undo', async () => {
    await browser.visit(async (page) => {
      await open(page);
      await choose(page, 'Files of this product', 'Side', 'Set as featured');
      await expect.poll(stored).toEqual({ featured: files.Side, gallery: null });
      await choose(page, 'Featured image', 'Side', 'Remove from the shop');
      await expect.poll(stored).toEqual({ featured: null, gallery: null });
      await page.getByRole('button', { name: 'Undo' }).click();
      await expect.poll(stored).toEqual({ featured: files.Side, gallery: null });
    });
  });

  it('are ordered by keyboard, and the focus stays on the image', async () => {
    await put(null, `${files.Front};${files.Side};${files.Room}`);
    await browser.visit(async (page) => {
      await open(page);
      await page.getByRole('button', { name: 'Actions for Front' }).focus();
      await page.keyboard.press('Alt+ArrowRight');
      await expect
        .poll(async () => (await stored()).gallery)
        .toBe(`${files.Side};${files.Front};${files.Room}`);
      await page.keyboard.press('Alt+ArrowRight');
      await expect
        .poll(async () => (await stored()).gallery)
        .toBe(`${files.Side};${files.Room};${files.Front}`);
      await page
        .getByText('Front is at place 3 of 3 in the gallery.')
        .waitFor({ state: 'attached' });
    });
  });

  it('are chosen with a finger on a phone', async () => {
    await browser.visit(
      async (page) => {
        await open(page);
        await choose(page, 'Files of this product', 'Front', 'Set as featured');
        await tile(page, 'Files of this product', 'Side')
          .getByRole('button', { name: /^Add to gallery/ })
          .click();
        await expect.poll(stored).toEqual({ featured: files.Front, gallery: files.Side });
        await looksRight(page, 'product-phone');
      },
      { viewport: 'phone' },
    );
  });

  it('are uploaded, and the first one of a product without becomes the featured one', async () => {
    await browser.visit(async (page) => {
      await open(page);
      await page.locator('lightning-file-upload input[type="file"]').setInputFiles({
        name: 'new.png',
        mimeType: 'image/png',
        buffer: sampleImage([200, 160, 40]),
      });
      await page.getByText('The first is the featured image now.').waitFor();
      await expect.poll(async () => (await stored()).featured).toMatch(/^069.{15}$/);
      await tile(page, 'Featured image', 'new').locator('img').waitFor();
    });
  });
});

describe('what does not fit is explained in place', () => {
  it('a file that is no image, one that vanished, and text that is no id', async () => {
    await upload('Data sheet', 'sheet.pdf', Buffer.from('%PDF-1.7'));
    await put(null, `${files.Front};${GONE}`);
    await browser.visit(async (page) => {
      await open(page);
      await page.getByText('The shop does not take PDF files.').waitFor();
      await page.getByText(`File ${GONE} is missing`, { exact: true }).waitFor();
      await page.getByText('The file was deleted, or you do not have access to it.').waitFor();
      await looksRight(page, 'product-explained');
      await choose(page, 'Gallery', `File ${GONE} is missing`, 'Remove from the shop');
      await expect.poll(async () => (await stored()).gallery).toBe(files.Front);
    });
  });

  it('a gallery that is full takes no more, and says so', async () => {
    const more = await Promise.all(
      Array.from({ length: 10 }, (_, n) => upload(`Image ${n}`, `picture-${n}.png`)),
    );
    await put(null, [...Object.values(files), ...more].join(';'));
    const one = await upload('One too many', 'one.png');
    await browser.visit(async (page) => {
      await open(page);
      await page.getByText('The gallery is full').first().waitFor();
      await page.getByText('13 of 13').waitFor();
      await page.getByRole('button', { name: 'Actions for One too many' }).click();
      const add = page.getByRole('menuitem', { name: 'Add to gallery (full)' });
      expect(await add.getAttribute('aria-disabled')).toBe('true');
      expect((await stored()).gallery).not.toContain(one);
    });
  });

  it('somebody else who changes the gallery at the same time loses nothing, and my change can be made again', async () => {
    await put(null, files.Front);
    await browser.visit(
      async (page) => {
        await open(page);
        await put(null, `${files.Front};${files.Room}`);
        await choose(page, 'Files of this product', 'Side', 'Add to gallery');
        await page.getByText(/changed these images at the same time/).waitFor();
        expect((await stored()).gallery).toBe(`${files.Front};${files.Room}`);
        await looksRight(page, 'product-conflict');
        await page.getByRole('button', { name: 'Make my change again' }).click();
        await expect
          .poll(async () => (await stored()).gallery)
          .toBe(`${files.Front};${files.Room};${files.Side}`);
      },
      { expected: /answer 400: PATCH/ },
    );
  });

  it('who may only look is told which permission set changes images', async () => {
    await put(files.Front, files.Side);
    await browser.visit(async (page) => {
      await open(page, 'rep');
      await page
        .getByText(/permission set Woo Products/)
        .first()
        .waitFor();
      expect(await page.getByRole('button', { name: 'Actions for Front' }).count()).toBe(0);
      await looksRight(page, 'product-rep');
    });
  });
});
