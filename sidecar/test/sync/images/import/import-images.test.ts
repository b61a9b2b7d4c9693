import { beforeEach, describe, expect, it, vi } from 'vitest';

import { CodedError } from '../../../../src/errors/coded-error.ts';
import type { Mapping } from '../../../../src/mapping/model/mapping.ts';
import { objects } from '../../../../src/mapping/model/json-shape.ts';
import { desiredImagesOf, idsOf } from '../../../../src/sync/images/desired-images.ts';
import { stepOf } from '../../../../src/sync/images/direction.ts';
import { markOf } from '../../../../src/sync/images/product-images.ts';
import { basesOfNewOwner } from '../../../../src/sync/merge/new-owner.ts';
import { IMAGES } from '../../../../src/sync/model/digest.ts';
import { png } from '../../../support/image-bytes.ts';
import { MemoryState } from '../../../support/memory-state.ts';
import { BackWorld, bothMapping, md5, recordOf } from './import-world.ts';

const [A, B, C] = [png(10, 10, 101), png(10, 10, 102), png(10, 10, 103)];

let world: BackWorld;

beforeEach(() => {
  world = new BackWorld();
});

/** A product whose two images were brought to Salesforce. */
async function brought(): Promise<readonly [a: number, b: number]> {
  const ids = [world.image('a.png', A), world.image('b.png', B)] as const;
  world.show(7, ids);
  expect(await world.look()).toEqual([]);
  expect(world.named(7)).toEqual([md5(A), md5(B)]);
  return ids;
}

/** The record goes from the store `outlet` to this one, whose images Salesforce held when it was last in step. */
async function comesBack(mapping: Mapping, known: 'known' | 'unknown'): Promise<void> {
  const { twoWay } = world.state;
  const pair = { object: 'Product2', recordId: recordOf(7) };
  const theirs = { ...pair, key: 'outlet:107' };
  const row = world.planned(7, mapping);
  const desired = desiredImagesOf(row, pair.recordId, world.held.get(7) ?? {}, undefined);
  const files = new Map(idsOf(desired).map((id) => [id, { versionId: `068v${id}` }]));
  const base = known === 'known' ? { [IMAGES]: stepOf(desired, files) } : {};
  await twoWay.saveBase([{ ...theirs, base }]);
  const changing = { ...pair, key: 'main:7', mapping, owner: theirs.key };
  const org = { queries: () => Promise.resolve([]) };
  await twoWay.saveBase(await basesOfNewOwner({ org, twoWay }, [changing]));
}

const nothingIsSent = () => {
  expect(world.shop.calls).toEqual([]);
};

describe('images of a store to which the record belongs again', () => {
  it.each(['woo_wins', 'salesforce_wins', 'newest_wins', 'ask'] as const)(
    'come into Salesforce, and those of the other store go to no shop: %s',
    async (conflictRule) => {
      await brought();
      // What the other store has shown meanwhile.
      world.held.set(7, { Featured__c: world.file(C, recordOf(7)), Gallery__c: null });
      const mapping = bothMapping({ conflictRule });
      await comesBack(mapping, 'known');
      expect(await world.look([7], { mapping, dirty: true })).toEqual([]);
      expect(world.named(7)).toEqual([md5(A), md5(B)]);
      nothingIsSent();
    },
  );

  it('are compared as where both meet for the first time, if the other has agreed on none', async () => {
    await brought();
    world.held.set(7, { Featured__c: world.file(C, recordOf(7)), Gallery__c: null });
    const mapping = bothMapping({ conflictRule: 'woo_wins' });
    await comesBack(mapping, 'unknown');
    expect(await world.look([7], { mapping, dirty: true })).toEqual([]);
    expect(world.named(7)).toEqual([md5(A), md5(B)]);
    nothingIsSent();
  });
});

describe('images of the shop', () => {
  it('become files on the product, in order, called as they are in the shop', async () => {
    world.show(7, [world.image('Red-mug.png', A), world.image('b.png', B)]);
    expect(await world.look()).toEqual([]);
    expect(world.named(7)).toEqual([md5(A), md5(B)]);
    expect(world.uploads).toMatchObject([
      { title: 'Red-mug', linkTo: recordOf(7), bytes: A },
      { title: 'b', linkTo: recordOf(7), bytes: B },
    ]);
    expect(world.uploads[0]?.path).toMatch(/^red-mug-sf-[0-9a-f]{16}\.png$/);
    nothingIsSent();
  });

  it('are neither fetched nor written again, whoever told of the record', async () => {
    await brought();
    expect(await world.look()).toEqual([]);
    expect(await world.look([7], { dirty: true })).toEqual([]);
    expect([world.fetches, world.uploads.length, world.writes.length]).toEqual([2, 2, 1]);
    nothingIsSent();
  });

  it('keep their ids in the shop when Salesforce puts them into another order', async () => {
    const [a, b] = await brought();
    const { Featured__c, Gallery__c } = world.held.get(7) ?? {};
    world.held.set(7, { Featured__c: Gallery__c, Gallery__c: Featured__c });
    expect(await world.look([7], { dirty: true })).toEqual([]);
    expect(world.shop.calls.flat()).toMatchObject([{ fields: { images: [{ id: b }, { id: a }] } }]);
    expect(await world.look([7], { dirty: true })).toEqual([]);
    expect([world.shop.fetched, world.uploads.length, world.shop.calls.length]).toEqual([0, 2, 1]);
  });

  it('leave the fields where the shop takes them off, and stay files', async () => {
    const [, b] = await brought();
    world.show(7, [b]);
    expect(await world.look()).toEqual([]);
    expect(world.named(7)).toEqual([md5(B)]);
    world.show(7, []);
    expect(await world.look()).toEqual([]);
    expect(world.held.get(7)).toEqual({ Featured__c: null, Gallery__c: null });
    expect(world.links.get(recordOf(7))).toHaveLength(2);
    nothingIsSent();
  });

  it('that came from Salesforce are not uploaded, wherever the shop shows them', async () => {
    const file = world.file(A, recordOf(7));
    world.held.set(7, { Featured__c: file, Gallery__c: null });
    world.show(7, []);
    await world.look([7], { dirty: true });
    const [id = 0] = [...world.shop.files.keys()];
    world.show(8, [id]);
    expect(await world.look([8])).toEqual([]);
    expect(world.held.get(8)).toMatchObject({ Featured__c: file });
    expect(world.links.get(recordOf(8))).toEqual([file]);
    expect([world.uploads.length, world.fetches]).toEqual([0, 0]);
  });

  it('that a field names and the record does not show are hung on it', async () => {
    const file = world.file(A);
    world.held.set(7, { Featured__c: file, Gallery__c: null });
    world.show(7, []);
    await world.look([7], { dirty: true });
    const [id = 0] = [...world.shop.files.keys()];
    expect(world.links.get(recordOf(7))).toBeUndefined();
    world.show(7, [id, world.image('b.png', B)]);
    expect(await world.look([7])).toEqual([]);
    expect(world.named(7)).toEqual([md5(A), md5(B)]);
    expect(world.links.get(recordOf(7))?.filter((one) => one === file)).toEqual([file]);
  });

  it('are one file where two products show the same bytes', async () => {
    world.show(7, [world.image('a.png', A)]);
    world.show(8, [world.image('again.png', A)]);
    expect(await world.look([7, 8])).toEqual([]);
    expect([world.named(7), world.named(8), world.uploads.length]).toEqual([[md5(A)], [md5(A)], 1]);
    expect(world.held.get(8)).toEqual(world.held.get(7));
  });

  it('that are the same file twice in a gallery are one file, also after all that was known is lost', async () => {
    const ids = [world.image('a.png', A), world.image('b.png', B), world.image('a-1.png', A)];
    world.show(7, ids);
    expect(await world.look()).toEqual([]);
    expect(world.named(7)).toEqual([md5(A), md5(B)]);
    world.state = new MemoryState();
    for (const dirty of [true, false, true]) expect(await world.look([7], { dirty })).toEqual([]);
    expect([world.named(7), world.uploads.length]).toEqual([[md5(A), md5(B)], 2]);
    expect(world.links.get(recordOf(7))).toHaveLength(2);
    // The shop keeps both, in their places, until Salesforce says another order.
    nothingIsSent();
    const { Featured__c, Gallery__c } = world.held.get(7) ?? {};
    world.held.set(7, { Featured__c: Gallery__c, Gallery__c: Featured__c });
    for (const dirty of [true, false, true]) expect(await world.look([7], { dirty })).toEqual([]);
    expect([world.named(7), world.uploads.length]).toEqual([[md5(B), md5(A)], 2]);
    expect([world.shop.fetched, world.shop.calls.length, world.shop.files.size]).toEqual([0, 1, 3]);
    // The other one of the two is an image that the shop alone has, and stays behind those of Salesforce.
    const [a, b, again] = ids;
    expect(objects(world.shop.product(7)['images']).map(({ id }) => id)).toEqual([b, again, a]);
  });

  it('of a variation are not brought, for they may be those of its product', async () => {
    world.show(7, [world.image('a.png', A)], { parent_id: 6, type: 'variation' });
    expect(await world.look()).toEqual([]);
    expect([world.fetches, world.writes]).toEqual([0, []]);
  });

  it('come only to the field that takes them', async () => {
    const [a, b] = [world.image('a.png', A), world.image('b.png', B)];
    world.show(7, [a, b]);
    world.show(8, [a, b]);
    await world.look([7], { mapping: bothMapping({}, ['featured_image']) });
    await world.look([8], { mapping: bothMapping({}, ['gallery_images']) });
    expect([world.named(7), world.named(8)]).toEqual([[md5(A)], [md5(A), md5(B)]]);
    expect(world.writes.map((fields) => Object.keys(fields))).toEqual([
      ['Featured__c'],
      ['Gallery__c'],
    ]);
  });
});

describe('an attempt that broke off', () => {
  it('between the upload and the save uploads nothing twice', async () => {
    world.show(7, [world.image('a.png', A), world.image('b.png', B)]);
    world.diesAtWrite = true;
    await expect(world.look()).rejects.toThrow('killed');
    world.diesAtWrite = false;
    // Not even what was remembered is there any more.
    world.state = new MemoryState();
    expect(await world.look()).toEqual([]);
    expect(world.named(7)).toEqual([md5(A), md5(B)]);
    expect(world.uploads).toHaveLength(2);
  });

  it('after the save is no change of Salesforce', async () => {
    world.show(7, [world.image('a.png', A)]);
    const saveBase = vi.spyOn(world.state.twoWay, 'saveBase');
    saveBase.mockImplementation((reached) =>
      reached.length > 0 ? Promise.reject(new Error('killed')) : Promise.resolve(),
    );
    await expect(world.look()).rejects.toThrow('killed');
    saveBase.mockRestore();
    world.show(7, [world.image('c.png', C)]);
    expect(
      await world.look([7], { dirty: true, mapping: bothMapping({ conflictRule: 'ask' }) }),
    ).toEqual([]);
    expect(world.named(7)).toEqual([md5(C)]);
    nothingIsSent();
  });

  it('on its way to the shop is gone on with', async () => {
    const file = world.file(A, recordOf(7));
    world.held.set(7, { Featured__c: file, Gallery__c: null });
    world.show(7, []);
    const saveBase = vi.spyOn(world.state.twoWay, 'saveBase');
    saveBase.mockImplementation((reached) =>
      reached.length > 0 ? Promise.reject(new Error('killed')) : Promise.resolve(),
    );
    await expect(world.look([7], { dirty: true })).rejects.toThrow('killed');
    saveBase.mockRestore();
    expect(world.shop.shown(7)).toHaveLength(1);
    expect(await world.look([7], { dirty: true })).toEqual([]);
    expect(await world.look([7])).toEqual([]);
    expect([world.uploads.length, world.fetches, world.shop.fetched]).toEqual([0, 0, 1]);
  });

  it('before the shop had the change of Salesforce does not undo it', async () => {
    await brought();
    const file = world.file(C, recordOf(7));
    world.held.set(7, { Featured__c: file, Gallery__c: null });
    const update = vi
      .spyOn(world.shop, 'updateProducts')
      .mockRejectedValueOnce(new Error('killed'));
    await expect(world.look([7], { dirty: true })).rejects.toThrow('killed');
    update.mockRestore();
    world.show(7, [world.image('d.png')]);
    expect(await world.look([7], { dirty: true })).toEqual([]);
    expect(world.held.get(7)).toEqual({ Featured__c: file, Gallery__c: null });
    expect(world.shop.shown(7)[0]).toMatch(/-sf-/);
  });

  it('is no conflict where the state is lost and both sides agree', async () => {
    await brought();
    world.state = new MemoryState();
    const mapping = bothMapping({ conflictRule: 'ask' });
    expect(await world.look([7], { mapping })).toEqual([]);
    expect(await world.look([7], { mapping })).toEqual([]);
    expect([world.uploads.length, world.writes.length]).toEqual([2, 1]);
    // What was learnt keeps the way to the shop from bringing a second image.
    const { Featured__c, Gallery__c } = world.held.get(7) ?? {};
    world.held.set(7, { Featured__c: Gallery__c, Gallery__c: Featured__c });
    await world.look([7], { dirty: true, mapping });
    expect([world.shop.calls.length, world.shop.fetched]).toEqual([1, 0]);
  });
});

describe('an image that cannot come', () => {
  it('leaves the others, and an issue names it until it can', async () => {
    const [gone, there] = [world.image('gone.png', A), world.image('b.png', B)];
    world.shop.images.delete('https://shop.example/uploads/gone.png');
    world.show(7, [gone, there]);
    const issue = {
      code: 'SHOP_IMAGE_NOT_FETCHED',
      key: 'product:Product2:main:7#pictures',
      reason: `Image ${gone} of the shop: It is not there.`,
    };
    expect(await world.look()).toMatchObject([issue]);
    expect(world.named(7)).toEqual([md5(B)]);
    expect(await world.look([7], { dirty: true })).toMatchObject([issue]);
    expect(world.writes).toHaveLength(1);
    world.shop.images.set('https://shop.example/uploads/gone.png', A);
    expect(await world.look()).toEqual([]);
    expect(world.named(7)).toEqual([md5(A), md5(B)]);
    expect(world.uploads).toHaveLength(2);
    nothingIsSent();
  });

  it('by its kind or its size says so', async () => {
    const html = world.image('page.png', Buffer.from('<html><body>login</body></html>'));
    const wide = world.image('wide.png', png(20_000, 1));
    world.show(7, [html, wide]);
    const [issue] = await world.look();
    expect(issue?.code).toBe('SHOP_IMAGE_TYPE, SHOP_IMAGE_TOO_LARGE');
    expect(issue?.reason).toMatch(new RegExp(`Image ${html} .*web page.*Image ${wide} `));
  });

  it('since Salesforce refuses the file leaves the others', async () => {
    world.show(7, [world.image('a.png', A), world.image('b.png', B)]);
    world.refusal = new CodedError('SF_REFUSED', 'org refused a call: NO.', 'See.');
    expect(await world.look()).toMatchObject([{ code: 'SHOP_IMAGE_NOT_SAVED' }]);
    expect(world.named(7)).toEqual([md5(B)]);
  });

  it('since the org is out stops the work', async () => {
    world.show(7, [world.image('a.png', A)]);
    world.refusal = new CodedError('SF_LIMIT_EXCEEDED', 'used up', 'Wait.');
    await expect(world.look()).rejects.toThrow('used up');
    expect(await world.look()).toEqual([]);
    expect(world.named(7)).toEqual([md5(A)]);
  });

  it('since the field is full is left out by its id', async () => {
    const ids = Array.from({ length: 15 }, (_, at) => world.image(`${at}.png`));
    world.show(7, ids);
    expect(await world.look()).toMatchObject([
      {
        code: 'SHOP_IMAGE_LEFT_OUT',
        reason: `The gallery field has room for 13 images; left out: ${ids[14] ?? ''}.`,
      },
    ]);
    expect(world.named(7)).toHaveLength(14);
    expect(String(world.held.get(7)?.['Gallery__c'])).toHaveLength(246);
    world.show(7, ids.slice(0, 14));
    expect(await world.look()).toEqual([]);
    expect(world.writes).toHaveLength(1);
  });

  it('since the record is refused is tried again', async () => {
    world.show(7, [world.image('a.png', A)]);
    world.writeError = {
      code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      kind: 'permanent',
      message: 'Not this one.',
      fields: [],
    };
    expect(await world.look()).toMatchObject([
      { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', reason: 'Not this one.' },
    ]);
    world.writeError = null;
    expect(await world.look()).toEqual([]);
    expect([world.named(7), world.uploads.length]).toEqual([[md5(A)], 1]);
  });
});

describe('images that were changed on both sides', () => {
  let ids: readonly number[];
  let file: string;

  beforeEach(async () => {
    await brought();
    const c = world.image('c.png', C);
    ids = [c];
    world.show(7, ids);
    file = world.file(png(10, 10, 104), recordOf(7));
    world.held.set(7, { Featured__c: file, Gallery__c: null });
  });

  /** Both sides in step again. @returns what the fields hold */
  const step = async () => {
    await look('woo_wins');
    return world.held.get(7);
  };

  const look = (
    rule: 'woo_wins' | 'salesforce_wins' | 'newest_wins' | 'ask',
    decided = null as null | 'woo' | 'salesforce',
  ) => world.look([7], { mapping: bothMapping({ conflictRule: rule }), dirty: true, decided });

  it("are the shop's where it wins", async () => {
    expect(await look('woo_wins')).toMatchObject([{ code: 'CONFLICT_DECIDED' }]);
    expect(world.named(7)).toEqual([md5(C)]);
    nothingIsSent();
    expect(await look('woo_wins')).toEqual([]);
  });

  it.each(['woo_wins', 'salesforce_wins'] as const)(
    'have their issue kept before anything of them is written: %s',
    async (rule) => {
      const before = [JSON.stringify(world.held.get(7)), world.shop.calls.length];
      await look(rule);
      expect(world.keptFirst).toEqual([['CONFLICT_DECIDED', ...before]]);
    },
  );

  it('have their issue also where the process ends while they are written', async () => {
    world.diesBehindWrite = true;
    await expect(look('woo_wins')).rejects.toThrow('killed');
    world.diesBehindWrite = false;
    // Both sides are in step by then.
    expect(await look('woo_wins')).toEqual([]);
    expect(world.keptFirst.map(([code]) => code)).toEqual(['CONFLICT_DECIDED']);
  });

  it('are kept by nobody where a person is to decide, or nothing differs', async () => {
    await look('ask');
    await step();
    world.keptFirst.length = 0;
    await look('woo_wins');
    expect(world.keptFirst).toEqual([]);
  });

  it("are Salesforce's where it wins, and those of the shop stay behind them", async () => {
    expect(await look('salesforce_wins')).toMatchObject([{ code: 'CONFLICT_DECIDED' }]);
    expect(world.held.get(7)).toEqual({ Featured__c: file, Gallery__c: null });
    expect(world.shop.shown(7)).toHaveLength(2);
    expect(world.shop.shown(7)[1]).toBe('c.png');
    expect(await look('salesforce_wins')).toEqual([]);
  });

  it.each([
    ['2026-05-01T00:00:00', [md5(C)]],
    ['2026-03-01T00:00:00', [md5(png(10, 10, 104))]],
  ])('go by the date, the shop being of %s', async (date_modified_gmt, named) => {
    world.show(7, ids, { date_modified_gmt });
    Object.assign(world.held.get(7) ?? {}, { LastModifiedDate: '2026-04-01T00:00:00.000+0000' });
    await look('newest_wins');
    expect(world.named(7)).toEqual(named);
  });

  it('wait for a person where the mapping asks one', async () => {
    const open = {
      code: 'CONFLICT_OPEN',
      key: 'product:Product2:main:7#Featured__c',
      wooValue: ids.join(';'),
      salesforceValue: file,
    };
    expect(await look('ask')).toMatchObject([open]);
    expect(await look('ask')).toMatchObject([open]);
    expect(world.held.get(7)).toEqual({ Featured__c: file, Gallery__c: null });
    nothingIsSent();
    expect(world.uploads).toHaveLength(2);
    await look('ask', 'woo');
    expect(world.named(7)).toEqual([md5(C)]);
    expect(await look('ask')).toEqual([]);
  });

  it('have Salesforce asked until somebody decides: the shop may show again what both had', async () => {
    const mapping = bothMapping({ conflictRule: 'ask' });
    const isAsked = async () => (await world.state.twoWay.dirty(['main:7'])).has('main:7');
    await world.look([7], { mapping });
    expect(await isAsked()).toBe(true);
  });

  it('are so where a file got a new version that nobody has seen', async () => {
    world.held.set(7, { ...(await step()) });
    world.replace(String(world.held.get(7)?.['Featured__c']), png(10, 10, 105));
    const d = world.image('d.png');
    world.show(7, [...ids, d]);
    expect(await look('ask')).toMatchObject([{ code: 'CONFLICT_OPEN' }]);
    expect(world.uploads).toHaveLength(3);
  });

  it('to the same are no conflict', async () => {
    world.held.set(7, { Featured__c: world.file(C, recordOf(7)), Gallery__c: null });
    expect(await look('ask')).toEqual([]);
    nothingIsSent();
    expect([world.uploads.length, world.writes.length]).toEqual([2, 1]);
  });
});

describe('a record that is about to be made', () => {
  it('gets its images once it is there', async () => {
    world.show(7, [world.image('a.png', A)]);
    const run = world.run();
    run.imageImports.addNew(world.planned(7, bothMapping()));
    await run.imageImports.flush(run);
    expect(world.fetches).toBe(0);
    world.isMade(7);
    await run.imageImports.flush(run);
    await run.imageImports.flush(run);
    expect([world.named(7), world.uploads.length, world.writes.length]).toEqual([[md5(A)], 1, 1]);
  });
});

describe('many records', () => {
  it('that take long go on one by one', async () => {
    world.show(7, [world.image('a.png', A)]);
    world.show(8, [world.image('b.png', B)]);
    const times = [0, 1, 200_000];
    vi.spyOn(performance, 'now').mockImplementation(() => times.shift() ?? 200_000);
    const follow = vi.fn();
    expect(await world.look([7, 8], { follow })).toEqual([]);
    vi.restoreAllMocks();
    expect(follow).toHaveBeenCalledExactlyOnceWith([{ resource: 'product', key: 'main:8' }]);
    expect([world.named(7), world.named(8)]).toEqual([[md5(A)], []]);
  });
});

describe('an edit in Salesforce, beside an image that cannot come', () => {
  const told = { mapping: bothMapping({ conflictRule: 'woo_wins' }), dirty: true };
  const setFields = (featured: string, ...gallery: string[]) =>
    world.held.set(7, { Featured__c: featured, Gallery__c: gallery.join(';') });

  it.each([
    ['where both sides were in step before', true],
    ['on first contact', false],
  ])('is never lost, however often it is edited: %s', async (_, wasInStep) => {
    world.show(7, []);
    const [good, other] = [world.file(A, recordOf(7)), world.file(B, recordOf(7))];
    const bad = world.file(Buffer.from('no image'), recordOf(7));
    if (wasInStep) {
      setFields(other);
      expect(await world.look([7], told)).toEqual([]);
    }
    for (const [first, ...rest] of [
      [good, other, bad],
      [other, good, bad],
      [bad, good, other],
      [good, bad],
      [bad, other, good],
    ]) {
      setFields(first ?? '', ...rest);
      for (let looks = 0; looks < 2; looks += 1) {
        expect(await world.look([7], told)).toMatchObject([{ code: 'IMAGE_TYPE' }]);
      }
      expect(world.held.get(7)).toEqual({ Featured__c: first, Gallery__c: rest.join(';') });
      const wanted = [first, ...rest].filter((id) => id !== bad);
      expect(world.shop.shown(7)).toEqual(
        wanted.map((id) => expect.stringContaining(markOf(md5(id === good ? A : B))) as string),
      );
    }
    world.replace(bad, C);
    expect(await world.look([7], told)).toEqual([]);
    expect(world.shop.shown(7)).toHaveLength(3);
    expect(world.writes).toEqual([]);
  });

  it('goes to the shop where it is the image of the shop that cannot come', async () => {
    const [gone, there] = [world.image('gone.png', A), world.image('b.png', B)];
    world.shop.images.delete('https://shop.example/uploads/gone.png');
    world.show(7, [gone, there]);
    expect(await world.look([7], told)).toMatchObject([{ code: 'SHOP_IMAGE_NOT_FETCHED' }]);
    const added = world.file(C, recordOf(7));
    const kept = String(world.held.get(7)?.['Featured__c'] ?? world.held.get(7)?.['Gallery__c']);
    setFields(added, kept);
    expect(await world.look([7], told)).toEqual([]);
    expect(world.held.get(7)).toEqual({ Featured__c: added, Gallery__c: kept });
    expect(world.shop.shown(7)).toEqual([
      expect.stringContaining(markOf(md5(C))),
      'b.png',
      'gone.png',
    ]);
  });
});
