import { createHash } from 'node:crypto';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ProductRecord } from '../../local/store/core/records.ts';
import { png } from '../../sidecar/test/support/image-bytes.ts';
import { eventually } from './eventually.ts';
import { idle, LiveWorld } from './live-world.ts';
import { mustDeploy, record, set } from './metadata.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

const FIELDS = ['Woo_Featured_Image__c', 'Woo_Gallery_Images__c'] as const;

let world: World;
let live: LiveWorld;
let service: RunningService;

beforeAll(async () => {
  world = await openWorld(5);
  mustDeploy(
    world.org,
    ...['Product_Featured_Image', 'Product_Gallery_Images'].map((name) =>
      record(`Woo_Field_Mapping.${name}`, set('Direction__c', 'both')),
    ),
  );
  live = new LiveWorld(world);
  service = await live.start();
});

afterAll(async () => {
  await world.close();
});

/** A request that the shop's administrator makes. */
async function atShop<T>(
  method: string,
  path: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>>,
): Promise<T> {
  const { applicationUser, applicationPassword } = world.store;
  const login = Buffer.from(`${applicationUser}:${applicationPassword}`).toString('base64');
  const response = await fetch(`${world.storeUrl}/wp-json/${path}`, {
    method,
    headers: { authorization: `Basic ${login}`, 'x-forwarded-proto': 'https', ...headers },
    body: typeof body === 'string' ? body : new Uint8Array(body),
  });
  expect(response.ok, await response.clone().text()).toBe(true);
  return (await response.json()) as T;
}

async function upload(name: string, bytes: Buffer): Promise<number> {
  const { id } = await atShop<{ id: number }>('POST', 'wp/v2/media', bytes, {
    'content-type': 'image/png',
    'content-disposition': `attachment; filename="${name}"`,
  });
  return id;
}

async function show(product: number, images: readonly number[]): Promise<void> {
  const body = JSON.stringify({ images: images.map((id) => ({ id })) });
  await atShop('PUT', `wc/v3/products/${product}`, body, { 'content-type': 'application/json' });
}

function shown(product: number): readonly number[] {
  return (
    world.store.shop.products
      .get(product)
      ?.read()
      .images.map(({ id }) => id) ?? []
  );
}

/** Products without images that are in Salesforce. */
function bare(): readonly ProductRecord[] {
  return world.store.shop.products
    .all()
    .map((entry) => entry.read())
    .filter(
      ({ type, status, images }) =>
        type === 'simple' && status === 'publish' && images.length === 0,
    );
}

async function fieldsOf(product: number): Promise<readonly unknown[]> {
  const row = await live.inOrg('Product2', product, FIELDS);
  return FIELDS.map((field) => row?.[field]);
}

/** MD5 of the files that a product shows in Salesforce, by the ids of their documents. */
async function filesOf(recordId: string): Promise<ReadonlyMap<string, string>> {
  const links = await world.admin.query(
    `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${recordId}'`,
  );
  const ids = links.records.map(({ ContentDocumentId }) => `'${String(ContentDocumentId)}'`);
  if (ids.length === 0) return new Map();
  const versions = await world.admin.query(
    `SELECT ContentDocumentId, Checksum FROM ContentVersion WHERE IsLatest = true AND ContentDocumentId IN (${ids.join()})`,
  );
  return new Map(
    versions.records.map((row) => [String(row['ContentDocumentId']), String(row['Checksum'])]),
  );
}

/** Waits until the fields name files with these bytes, and answers their ids. */
function arrive(
  product: number,
  recordId: string,
  images: readonly Buffer[],
): Promise<readonly string[]> {
  return eventually(async () => {
    const files = await filesOf(recordId);
    const texts = (await fieldsOf(product)).filter((text) => typeof text === 'string');
    const ids = texts.flatMap((text) => text.split(';'));
    expect(ids.map((id) => files.get(id))).toEqual(images.map(md5));
    return ids;
  });
}

/** Those of images that stand open in Salesforce. */
async function openIssues(): Promise<readonly unknown[]> {
  const { records } = await world.admin.query(
    "SELECT Issue_Key__c, Reason__c FROM Woo_Sync_Issue__c WHERE State__c = 'open' AND Code__c = 'SHOP_IMAGE_NOT_FETCHED'",
  );
  return records.map((row: Readonly<Record<string, unknown>>) => ({
    Issue_Key__c: row['Issue_Key__c'],
    Reason__c: row['Reason__c'],
  }));
}

function md5(bytes: Buffer): string {
  return createHash('md5').update(bytes).digest('hex');
}

describe('images of a product of the shop', () => {
  const [red, blue] = [png(20, 10, 1), png(20, 10, 2)];
  let product: number;
  let recordId: string;
  let ids: readonly string[];
  let media: readonly number[];

  beforeAll(async () => {
    [product = 0] = bare().map(({ id }) => id);
    recordId = await live.arrives('Product2', product, {});
    media = [await upload('red.png', red), await upload('blue.png', blue)];
    await show(product, media);
    ids = await arrive(product, recordId, [red, blue]);
  });

  it('become files of the product, once, and do not travel in a circle', async () => {
    await idle(service);
    const library = world.store.shop.media.all.all().length;
    const [first, second] = ids;
    const swapped = { Id: recordId, Woo_Featured_Image__c: second, Woo_Gallery_Images__c: first };
    expect(await world.admin.sobject('Product2').update(swapped)).toMatchObject({ success: true });
    await eventually(() => {
      expect(shown(product)).toEqual(media.toReversed());
    });
    await idle(service);
    expect(world.store.shop.media.all.all()).toHaveLength(library);
    expect([...(await filesOf(recordId)).keys()].sort()).toEqual([...ids].sort());
    expect(await fieldsOf(product)).toEqual([second, first]);
  });

  it('are the same file where another product shows them', async () => {
    const [, other = 0] = bare().map(({ id }) => id);
    expect(other).not.toBe(product);
    const otherId = await live.arrives('Product2', other, {});
    await show(other, [...media].slice(0, 1));
    await eventually(async () => {
      expect(await fieldsOf(other)).toEqual([ids[0], null]);
    });
    expect([...(await filesOf(otherId)).keys()]).toEqual([ids[0]]);
  });

  it('leave the fields where the shop takes them off, and stay as files', async () => {
    await show(product, media.slice(1));
    await eventually(async () => {
      expect(await fieldsOf(product)).toEqual([ids[1], null]);
    });
    expect(await filesOf(recordId)).toHaveProperty('size', 2);
  });

  it('come along with a new product', async () => {
    const green = png(20, 10, 4);
    const images = [{ id: await upload('green.png', green) }];
    const body = JSON.stringify({ name: 'Green mug', status: 'publish', images });
    const json = { 'content-type': 'application/json' };
    const { id } = await atShop<{ id: number }>('POST', 'wc/v3/products', body, json);
    await arrive(id, await live.arrives('Product2', id, { Name: 'Green mug' }), [green]);
  });

  it('that cannot be fetched leave the others, and an issue says which', async () => {
    const good = png(30, 30, 3);
    // Of recorded images nobody has kept the bytes.
    const recorded = world.store.shop.media.all.all().map((entry) => entry.read());
    const gone = recorded.find(({ sha256 }) => sha256 === undefined)?.id ?? 0;
    const there = await upload('ok.png', good);
    await show(product, [gone, there]);
    await arrive(product, recordId, [good]);
    // The recorded products fail in the same way, and they are many: one issue counts them, and none is of a record.
    const lost = new Set(recorded.flatMap(({ id, sha256 }) => (sha256 === undefined ? id : [])));
    const failing = world.store.shop.products
      .all()
      .map((entry) => entry.read())
      .filter(({ images }) => images.some(({ id }) => lost.has(id)));
    const place = 'Product2.Woo_Featured_Image__c: SHOP_IMAGE_NOT_FETCHED';
    await eventually(async () => {
      expect(await openIssues()).toEqual([
        {
          Issue_Key__c: 'group:product:Product2:main#SHOP_IMAGE_NOT_FETCHED.Woo_Featured_Image__c',
          Reason__c: expect.stringMatching(
            new RegExp(
              `^${failing.length} records \\(product\\) of the store main fail in the same way at ${place}\\.[^]*Image \\d+ of the shop: It could not be`,
            ),
          ) as string,
        },
      ]);
    });
    expect(shown(product)).toEqual([gone, there]);
  });
});
