import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { ProductRecord } from '../../local/store/core/records.ts';
import { png } from '../../sidecar/test/support/image-bytes.ts';
import { NEVER_MS } from './crash-world.ts';
import { eventually } from './eventually.ts';
import type { JourneyWorld } from './journey-world.ts';
import { isElsewhere, itLocally, openJourney } from './journeys.ts';
import { idle } from './live-world.ts';
import { flag, record } from './metadata.ts';
import { ImageWorld, sha256 } from './image-world.ts';
import type { RunningService } from './service.ts';
import { statePlaces, type StatePlace } from './state-places.ts';
import { openWorld, type World } from './support.ts';

let world: JourneyWorld;
let imageWorld: ImageWorld;
let service: RunningService;
let products: readonly ProductRecord[];
let place: StatePlace;

const shade = (number: number) => png(40, 30, number);
const [RED, GREEN, BLUE] = [shade(1), shade(2), shade(3)];

function product(at: number): ProductRecord {
  const found = products[at];
  if (!found) throw new Error('the store has no such product');
  return found;
}

const idsIn = ({ images }: ProductRecord) => images.map(({ id }) => id);

/** Uploads images to a product's record. @returns the ids of their files */
async function uploads(recordId: string, ...files: readonly Buffer[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [at, bytes] of files.entries())
    ids.push(await imageWorld.upload(`image ${at}.png`, bytes, recordId));
  return ids;
}

const fields = (
  featured: string | null | undefined,
  ...gallery: readonly (string | undefined)[]
) => ({
  Woo_Featured_Image__c: featured ?? null,
  Woo_Gallery_Images__c: gallery.join(';') || null,
});

/** Starts the service on the state of before. */
const start = (env: Readonly<Record<string, string>> = {}) =>
  world.startService({ ...place.env, ...env });

/* Images from Salesforce to the shop. */
describe.each(statePlaces)('with the state in $name', ({ open, isFirst }) => {
  beforeAll(async () => {
    world = await openJourney(5);
    place = await open(world);
    imageWorld = new ImageWorld(world);
    service = await imageWorld.live.start(place.env);
    products = imageWorld.products();
    expect(products.length).toBeGreaterThan(20);
  });

  afterAll(async () => {
    await world.close();
    await place.close();
  });
  pasted();
  unusable();
  oddLists();
  killed();
  shared();
  if (isFirst) {
    withoutAddress();
    throughOrg();
  }
});

function pasted(): void {
  describe('images that are pasted into a product of Salesforce', () => {
    let ids: readonly string[] = [];
    let recordId: string;

    it('show in the shop in order, those by hand behind them', async () => {
      recordId = await imageWorld.recordOf(product(0));
      ids = await uploads(recordId, RED, GREEN, BLUE);
      const { usual } = imageWorld.got;
      await imageWorld.edit(recordId, fields(ids[0], ids[1], ids[2]));
      await imageWorld.shows(product(0).id, [RED, GREEN, BLUE, ...idsIn(product(0))]);
      expect(imageWorld.got).toEqual({ usual: usual + 3, other: 0 });
    });

    it('are put into another order as addresses, and nothing is fetched again', async () => {
      const { usual } = imageWorld.got;
      const address = (id = '') =>
        `https://acme.lightning.force.com/lightning/r/ContentDocument/${id}/view`;
      await imageWorld.edit(recordId, fields(address(ids[2]), ids[1], ids[0]?.slice(0, 15)));
      await imageWorld.shows(product(0).id, [BLUE, GREEN, RED, ...idsIn(product(0))]);
      await imageWorld.edit(recordId, fields(ids[2]));
      await imageWorld.shows(product(0).id, [BLUE, ...idsIn(product(0))]);
      await imageWorld.edit(recordId, fields(null));
      await imageWorld.shows(product(0).id, idsIn(product(0)));
      expect(imageWorld.got.usual).toBe(usual);
    });

    it('are replaced by a new version of their file, which the sweep finds', async () => {
      await imageWorld.edit(recordId, fields(ids[0]));
      await imageWorld.shows(product(0).id, [RED, ...idsIn(product(0))]);
      const newer = shade(77);
      await imageWorld.newVersion(ids[0] ?? '', 'newer.png', newer);
      await service.stop();
      service = await start();
      await imageWorld.shows(product(0).id, [newer, ...idsIn(product(0))]);
    });
  });
}

function unusable(): void {
  describe('fault 37: images that no shop takes', () => {
    it('leave text and the others unharmed, and one issue names them all', async () => {
      const { id } = product(1);
      const recordId = await imageWorld.recordOf(product(1));
      const [good = '', small = '', gone = ''] = await uploads(
        recordId,
        shade(11),
        shade(12),
        shade(13),
      );
      const svg = await imageWorld.upload(
        'logo.png',
        Buffer.from('<svg xmlns="x"></svg>'),
        recordId,
      );
      const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic'), Buffer.alloc(99)]);
      const phone = await imageWorld.upload('phone.jpg', heic, recordId);
      const large = await imageWorld.upload('large.png', Buffer.alloc(11 * 1024 * 1024), recordId);
      const hidden = await imageWorld.upload('hidden.png', shade(14));
      await world.admin.sobject('ContentDocument').destroy(gone);
      // An administrator sees it.
      const bad = { gone, svg, phone, large, ...(world.hasOwnUser ? { hidden } : {}) };
      const Name = 'Named anew';
      await imageWorld.edit(recordId, { Name, ...fields(good, ...Object.values(bad), small) });
      await imageWorld.shows(id, [shade(11), shade(12), ...idsIn(product(1))]);
      expect(world.store.shop.products.get(id)?.read().name).toBe(Name);
      const { code, reason } = await imageWorld.issueOf(id);
      expect(code.split(', ').sort()).toEqual([
        'IMAGE_NOT_VISIBLE',
        'IMAGE_TOO_LARGE',
        'IMAGE_TYPE',
      ]);
      for (const [what, document] of Object.entries(bad)) expect(reason, what).toContain(document);
      expect(reason).not.toContain(good);
    });
  });
}

function oddLists(): void {
  describe('fault 38: a list with blanks, doubles and ids of 15 characters', () => {
    const why = 'without an address the shop fetches none';
    itLocally(
      'shows the good ones in order, also where the shop cannot fetch one',
      why,
      async () => {
        const { id } = product(2);
        const recordId = await imageWorld.recordOf(product(2));
        const [a = '', b = '', c = ''] = await uploads(recordId, shade(21), shade(22), shade(23));
        // The first call is refused as a whole, and that image again when it comes by itself.
        for (const times of [1, 1])
          world.store.faults.add({ kind: 'fetch_status', status: 503, on: 'image-1', times });
        await imageWorld.edit(recordId, {
          Woo_Featured_Image__c: ` ${a} `,
          Woo_Gallery_Images__c: `${b}; ${c.slice(0, 15)};;${b};${c}`,
        });
        await imageWorld.shows(id, [shade(21), shade(23), ...idsIn(product(2))]);
        const { code, reason } = await imageWorld.issueOf(id);
        expect([code, reason.includes(b)]).toEqual(['IMAGE_REFUSED', true]);
        expect(reason).not.toContain('/images/');
        expect(JSON.stringify(service.log)).not.toContain('/images/');
      },
    );
  });
}

function killed(): void {
  describe('fault 5: a service that is killed when the shop has got images', () => {
    it('brings none a second time', async () => {
      const recordId = await imageWorld.recordOf(product(3));
      const ids = await uploads(recordId, shade(31), shade(32));
      await idle(service);
      world.store.faults.add({
        kind: 'slow_answer',
        on: 'POST products/batch',
        times: 1,
        milliseconds: NEVER_MS,
      });
      await imageWorld.edit(recordId, fields(ids[0], ids[1]));
      await imageWorld.shows(product(3).id, [shade(31), shade(32), ...idsIn(product(3))]);
      await service.kill();
      expect(world.store.faults.list(), 'the answer was not received').toEqual([]);
      world.store.faults.clear();
      service = await start();
      // What a process that died had claimed is given to another one after some time.
      await idle(service);
      expect([shade(31), shade(32)].map((one) => imageWorld.copiesOf(one))).toEqual([1, 1]);
      expect(imageWorld.shown(product(3).id)).toHaveLength(2 + product(3).images.length);
    });
  });
}

function shared(): void {
  describe('fault 39: one image on many products', () => {
    it('comes once, and not again when all that was known is lost', async () => {
      const some = products.slice(4, 20);
      const records = await Promise.all(some.map((one) => imageWorld.recordOf(one)));
      const files = Array.from({ length: 5 }, (_, at) => shade(50 + at));
      const ids = await uploads(records[0] ?? '', ...files);
      const { usual } = imageWorld.got;
      const at = (number: number) => number % files.length;
      const saved = await world.admin
        .sobject('Product2')
        .update(records.map((Id, one) => ({ Id, ...fields(ids[at(one)], ids[at(one + 1)]) })));
      expect(saved.every(({ success }) => success)).toBe(true);
      const allShow = async () => {
        for (const [one, { id, images }] of some.entries()) {
          const shown = [files[at(one)], files[at(one + 1)]].flatMap((file) => file ?? []);
          await imageWorld.shows(id, [...shown, ...images.map((image) => image.id)]);
        }
      };
      await allShow();
      expect(imageWorld.got.usual).toBe(usual + files.length);
      await service.stop();
      await place.forget();
      // Whom the loss must not lead to another upload: a product that has not shown it so far.
      await imageWorld.edit(await imageWorld.recordOf(product(20)), fields(ids[0]));
      service = await start();
      await service.waitForLog(({ msg }) => msg === 'first backfill is done');
      await imageWorld.shows(product(20).id, [shade(50), ...idsIn(product(20))]);
      await idle(service);
      await allShow();
      expect(imageWorld.got.usual).toBe(usual + files.length);
    });
  });
}

function withoutAddress(): void {
  describe('without a public address', () => {
    const BORN = 'Born with an image';

    const password = () => ({
      WOO_MAIN_APP_USER: world.store.applicationUser,
      WOO_MAIN_APP_PASSWORD: world.store.applicationPassword,
    });

    /** The service is started last: its first look at Salesforce finds what was saved before. */
    beforeAll(async () => {
      await service.stop();
      const flags = [flag('Keep_Shop_Images__c', false), flag('Create_In_Woo__c', true)];
      await world.deploy(record('Woo_Mapping.Product', ...flags));
      const recordId = await imageWorld.recordOf(product(21));
      const ids = await uploads(recordId, shade(61), shade(62));
      await imageWorld.edit(recordId, fields(ids[0], ids[1]));
      const { id = '' } = await world.admin.sobject('Product2').create({ Name: BORN });
      const [file] = await uploads(id, shade(63));
      await imageWorld.edit(id, fields(file));
      service = await start({ ...password(), PUBLIC_URL: '', SWEEP_SECONDS: '10' });
    });

    it('images go to the media library, and take the place of those by hand', async () => {
      await imageWorld.shows(product(21).id, [shade(61), shade(62)]);
      const { usual, other } = imageWorld.got;
      expect(world.isTold ? other : usual).toBeGreaterThanOrEqual(2);
    });

    it('a product that was made in Salesforce has its images in the shop', async () => {
      const born = await eventually(() => {
        const all = world.store.shop.products.all().map((entry) => entry.read());
        const found = all.find(({ name }) => name === BORN);
        if (!found) throw new Error('it is not there yet');
        return found;
      });
      await imageWorld.shows(born.id, [shade(63)]);
      expect(imageWorld.copiesOf(shade(63))).toBe(1);
    });

    it('the command lists what nothing shows any more, and deletes nothing', async () => {
      const all = world.store.shop.media.all.all().length;
      const { code, stdout } = await world.command(['media', '--json'], password());
      expect(code).toBe(0);
      const { stores } = JSON.parse(stdout) as {
        stores: { pictures: { id: number; bytes: number }[] }[];
      };
      const listed = stores.flatMap((one) => one.pictures);
      const hashes = listed.map(({ id }) => world.store.shop.media.get(id)?.sha256);
      expect(hashes).toEqual(expect.arrayContaining([RED, GREEN, BLUE].map(sha256)));
      expect(hashes).not.toContain(sha256(shade(61)));
      expect(listed[0]?.bytes).toBe(RED.length);
      expect(world.store.shop.media.all.all()).toHaveLength(all);
      const refused = await world.sidecar(['media'], {
        WOO_MAIN_APP_USER: '',
        WOO_MAIN_APP_PASSWORD: '',
      });
      expect([refused.code, refused.stdout]).toEqual([2, '']);
      expect(refused.stderr).toMatch(/MEDIA_NO_PASSWORD.*[^]*WOO_MAIN_APP_PASSWORD/);
    });
  });
}

function throughOrg(): void {
  describe.skipIf(isElsewhere)('through the org, which must reach the shop', () => {
    let other: World;

    beforeAll(async () => {
      await service.stop();
      other = await openWorld(5, {}, 'named_credential');
    });

    afterAll(async () => {
      await other.close();
    });

    it('the shop fetches images from the sidecar all the same', async () => {
      const there = new ImageWorld(other);
      await there.live.start();
      const [first] = there.products();
      if (!first) throw new Error('the store has no product');
      const recordId = await there.recordOf(first);
      const file = await there.upload('by gateway.png', RED, recordId);
      await there.edit(recordId, fields(file));
      await there.shows(first.id, [RED, ...idsIn(first)]);
      expect(there.got).toEqual({ usual: 1, other: 0 });
    });
  });
}
