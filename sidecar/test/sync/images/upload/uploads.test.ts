import { beforeEach, describe, expect, it } from 'vitest';

import { CodedError } from '../../../../src/errors/coded-error.ts';
import { gif, png } from '../../../support/image-bytes.ts';
import { fileId, imagesMapping, ImageWorld } from '../support/image-world.ts';

const [A, B, C, D] = [fileId(1), fileId(2), fileId(3), fileId(4)];
const unknown = () => new CodedError('WOO_OUTCOME_UNKNOWN', 'It may be done.', 'Wait.');

let world: ImageWorld;

beforeEach(() => {
  world = new ImageWorld();
  world.shop.addProduct(7, []);
});

/** Pieces of hashes in the names of the files that a product shows. */
const marks = (id = 7) =>
  world.shop.shown(id).map((name) => /-sf-([0-9a-f]{16})/.exec(name)?.[1] ?? name);

const sources = () =>
  world.shop.calls.flat().flatMap(({ fields }) => {
    const { images = [] } = fields as { images?: readonly { readonly src?: string }[] };
    return images.flatMap(({ src }) => src ?? []);
  });

describe('images of a product', () => {
  it('come to the shop in order, each by a link that ends in its extension', async () => {
    const [a, b, c] = [world.file(1), world.file(2, gif(5, 5)), world.file(3)];
    expect(await world.one(A, `${C};${B}`)).toEqual([]);
    expect(marks()).toEqual([a, c, b]);
    expect(sources().map((src) => src.replace(/^.*\./, ''))).toEqual(['png', 'png', 'gif']);
    expect([world.shop.calls.length, world.queries, world.turns]).toEqual([1, 1, 1]);
    expect(world.noted).toContain('sending product main:7');
  });

  it('come with the title of their file, and are known by their names all the same', async () => {
    world.files(2);
    await world.one(A, B);
    const images = world.shop.calls.flatMap((call) => call.map(({ fields }) => fields['images']));
    expect(images).toMatchObject([
      [
        { name: 'Pic 1', alt: 'Pic 1' },
        { name: 'Pic 2', alt: 'Pic 2' },
      ],
    ]);
    await world.one(B, A);
    expect(world.shop.calls.at(-1)?.map(({ fields }) => fields['images'])).toEqual([
      [{ id: 2 }, { id: 1 }],
    ]);
    expect(world.shop.fetched).toBe(2);
  });

  it('are not sent where nothing has changed, and Salesforce is not asked where it told of nothing', async () => {
    world.files(2);
    await world.one(A, B);
    expect(await world.one(A, B, { told: false })).toEqual([]);
    expect([world.shop.calls.length, world.queries]).toEqual([1, 1]);
    await world.one(A, B);
    expect([world.shop.calls.length, world.queries, world.reads]).toEqual([1, 2, 2]);
  });

  it('are put into another order by their ids alone', async () => {
    world.files(3);
    await world.one(A, `${B};${C}`);
    const [first, second, third] = marks();
    await world.one(C, `${B};${A}`);
    expect(marks()).toEqual([third, second, first]);
    expect([world.shop.fetched, world.turns]).toEqual([3, 1]);
  });

  it('leave the shop where a field is emptied, and those by hand stay', async () => {
    world.shop.addProduct(7, [world.shop.addImage('by-hand.jpg')]);
    world.files(2);
    await world.one(A, B);
    expect(world.shop.shown(7)).toHaveLength(3);
    await world.one(A, null);
    expect(marks()).toHaveLength(2);
    await world.one(null, null);
    expect(marks()).toEqual(['by-hand.jpg']);
  });

  it('take the place of those by hand where the mapping says so', async () => {
    world.shop.addProduct(7, [world.shop.addImage('by-hand.jpg')]);
    const a = world.file(1);
    await world.one(A, null, { mapping: imagesMapping({ keepShopImages: false }) });
    expect(marks()).toEqual([a]);
  });

  it('are left alone where empty fields meet a shop for the first time', async () => {
    world.shop.addProduct(7, [world.shop.addImage('by-hand.jpg')]);
    await world.one(null, null, { mapping: imagesMapping({ keepShopImages: false }) });
    expect(marks()).toEqual(['by-hand.jpg']);
    expect(world.shop.calls).toEqual([]);
  });

  it('do not touch the gallery where only the featured one is mapped', async () => {
    const shown = ['one.jpg', 'two.jpg'].map((name) => world.shop.addImage(name));
    world.shop.addProduct(7, shown);
    const a = world.file(1);
    const mapping = imagesMapping({ keepShopImages: false }, ['featured_image']);
    await world.one(A, null, { mapping });
    expect(marks()).toEqual([a, 'two.jpg']);
  });

  it('come back when Salesforce tells of the record, where somebody took them out of the shop', async () => {
    world.files(2);
    await world.one(A, B);
    const before = marks();
    world.shop.addProduct(7, []);
    await world.one(A, B, { told: false });
    expect(marks()).toEqual([]);
    await world.one(A, B);
    expect([marks(), world.shop.fetched]).toEqual([before, 2]);
  });

  it('are replaced by a new version of their file when Salesforce tells of the record', async () => {
    world.files(2);
    await world.one(A, B);
    const [, b] = marks();
    const newer = world.file(1, png(20, 20));
    await world.one(A, B);
    expect(marks()).toEqual([newer, b]);
    expect(world.shop.fetched).toBe(3);
  });

  it('go to a variation one at most, and its gallery is said to be left out', async () => {
    world.shop.addProduct(7, [], { parent_id: 5 });
    const a = world.file(1);
    world.file(2);
    expect(await world.one(A, B)).toMatchObject([{ code: 'IMAGE_VARIATION' }]);
    expect(marks()).toEqual([a]);
    expect(world.shop.calls[0]).toMatchObject([{ id: 7, parentId: 5, fields: { image: {} } }]);
    await world.one(null, null);
    expect(world.shop.product(7)['image']).toBeNull();
  });

  it('are at most ten new ones in a call', async () => {
    world.files(14);
    const gallery = Array.from({ length: 13 }, (_, at) => fileId(at + 2)).join(';');
    expect(await world.one(A, gallery)).toEqual([]);
    expect([marks().length, world.shop.fetched, world.shop.calls.length]).toEqual([14, 14, 2]);
  });
});

describe('fault 39: one image for many products', () => {
  it('is brought once, be they looked at together or one after the other', async () => {
    world.files(20);
    const wanted = new Map(
      Array.from({ length: 500 }, (_, at) => {
        world.shop.addProduct(100 + at, []);
        const gallery = `${fileId(((at * 7) % 20) + 1)};${fileId(((at * 3) % 20) + 1)}`;
        return [100 + at, [fileId((at % 20) + 1), gallery] as const];
      }),
    );
    for (const part of [[...wanted].slice(0, 200), [...wanted].slice(200)])
      expect(await world.bring(new Map(part))).toEqual([]);
    expect(world.shop.fetched).toBe(20);
    // The shop answers when it has them all: so many that it does in time.
    expect(Math.max(...world.shop.fetchedByCall)).toBe(10);
    // All that was known is lost: names tell which images they are.
    const lost = new ImageWorld();
    Object.assign(world, { state: lost.state });
    expect(await world.bring(wanted, { told: false })).toEqual([]);
    expect(world.shop.fetched).toBe(20);
  });

  it('is not brought for a product that wants it when another one shows it, all else being lost', async () => {
    world.files(1);
    await world.one(A, null);
    Object.assign(world, { state: new ImageWorld().state });
    world.shop.addProduct(8, []);
    await world.bring(new Map([[7, [null, null]]]), { told: false });
    await world.bring(new Map([[8, [A, null]]]));
    expect([world.shop.fetched, marks(8)]).toEqual([1, marks(7)]);
  });
});

describe('faults 37 and 38: a bad image', () => {
  it.each([
    [
      'a file that is not visible',
      () => {
        world.hide(2);
      },
      'IMAGE_NOT_VISIBLE',
    ],
    ['a file without bytes', () => world.file(2, Buffer.alloc(0)), 'IMAGE_EMPTY'],
    ['a drawing', () => world.file(2, Buffer.from('<svg xmlns="a"></svg>')), 'IMAGE_TYPE'],
    ['a file that is too large', () => world.file(2, png(9, 9), 50 << 20), 'IMAGE_TOO_LARGE'],
  ])('that is %s harms no other, and its issue names it', async (_what, spoil, code) => {
    world.files(3);
    spoil();
    const issues = await world.one(A, `${B};${C}`);
    expect(issues).toMatchObject([{ code }]);
    expect(issues[0]?.reason).toContain(B);
    expect(issues[0]?.reason).not.toContain(A);
    expect(marks()).toHaveLength(2);
    // What is too large was not even read.
    expect(world.reads).toBe(['IMAGE_NOT_VISIBLE', 'IMAGE_TOO_LARGE'].includes(code) ? 2 : 3);
    world.file(2, png(30, 30));
    expect(await world.one(A, `${B};${C}`)).toEqual([]);
    expect(marks()).toHaveLength(3);
    expect(world.shop.fetched).toBe(3);
  });

  it('that the shop refuses is found out by giving it each by itself, and its link is in no issue', async () => {
    world.files(3);
    const b = world.file(2, png(8, 8));
    world.shop.refuses = b;
    const issues = await world.one(A, `${B};${C}`);
    expect(issues).toMatchObject([{ code: 'IMAGE_REFUSED' }]);
    expect(issues[0]?.reason).toContain(B);
    expect(issues[0]?.reason).not.toMatch(/secret|sidecar\.example/);
    expect(marks()).toHaveLength(2);
    expect(world.noted).toContain('refused product main:7');
  });

  it('whose file is hidden later keeps its place in the shop', async () => {
    world.files(3);
    await world.one(A, `${B};${C}`);
    const [a, b, c] = marks();
    world.hide(2);
    expect(await world.one(A, `${B};${C}`)).toMatchObject([{ code: 'IMAGE_NOT_VISIBLE' }]);
    expect(await world.one(C, `${B};${A}`)).toMatchObject([{ code: 'IMAGE_NOT_VISIBLE' }]);
    expect(marks()).toEqual([c, b, a]);
  });

  it('among ids with blanks, doubles and 15 characters leaves the good ones in order', async () => {
    world.files(4);
    const gallery = ` ${C.slice(0, 15)} ;; ${B};${C}; 06x1 ;${D} `;
    const issues = await world.one(A, gallery);
    expect(issues).toMatchObject([{ code: 'IMAGE_ID' }]);
    expect(marks()).toHaveLength(4);
    const [, c] = marks();
    await world.one(C, null);
    expect(marks()).toEqual([c]);
  });
});

describe('images that have not come yet', () => {
  const told = () => world.state.twoWay.dirty(['main:7']);

  it('are asked for whenever the record is looked at, though Salesforce told of nothing', async () => {
    world.files(2);
    world.shop.refuses = world.file(2, png(8, 8));
    expect(await world.one(A, B, { told: false })).toMatchObject([{ code: 'IMAGE_REFUSED' }]);
    expect((await told()).size).toBe(1);
    world.shop.refuses = '';
    expect(await world.one(A, B)).toEqual([]);
    expect(marks()).toHaveLength(2);
  });

  it('are so too where the work broke off, until they have come', async () => {
    world.files(1);
    world.shop.lostAnswer = new Error('killed');
    await expect(world.one(A, null, { told: false })).rejects.toThrow('killed');
    expect((await told()).size).toBe(1);
    Object.assign(world.state, { twoWay: new ImageWorld().state.twoWay });
    await world.one(A, null, { told: false });
    expect((await told()).size).toBe(0);
  });
});

describe('images that the shop has lost', () => {
  it('are brought again', async () => {
    world.files(3);
    await world.one(A, `${B};${C}`);
    for (const id of Array.from(world.shop.files.keys())) world.shop.files.delete(id);
    world.shop.addProduct(7, []);
    expect(await world.one(A, `${C};${B}`)).toEqual([]);
    // As often as there are, and not again with each one that turns out to be lost.
    expect([marks().length, world.shop.fetched, world.shop.files.size]).toEqual([3, 6, 3]);
  });
});

describe('an answer that was lost', () => {
  it('fault 5: of images that came: none comes a second time', async () => {
    world.files(3);
    world.shop.lostAnswer = new Error('killed');
    await expect(world.one(A, `${B};${C}`)).rejects.toThrow('killed');
    expect(await world.one(A, `${B};${C}`)).toEqual([]);
    expect([marks().length, world.shop.fetched, world.shop.calls.length]).toEqual([3, 3, 1]);
  });

  it('of an upload that came: it is found in the library', async () => {
    world.shop.openLibrary();
    world.files(1);
    world.shop.lostAnswer = new Error('killed');
    await expect(world.one(A, null)).rejects.toThrow('killed');
    expect(await world.one(A, null)).toEqual([]);
    expect([marks().length, world.shop.uploaded]).toEqual([1, 1]);
  });

  it('opens an issue where the shop is there, and each image comes by itself the next time', async () => {
    world.files(2);
    world.shop.addProduct(8, []);
    world.shop.lostAnswer = unknown();
    const fields = new Map([
      [7, [A, null]],
      [8, [B, null]],
    ] as const);
    const issues = await world.bring(fields);
    expect(issues.map(({ code }) => code)).toEqual(['IMAGE_UNANSWERED', 'IMAGE_UNANSWERED']);
    for (const id of [7, 8]) world.shop.addProduct(id, []);
    for (const id of Array.from(world.shop.files.keys())) world.shop.files.delete(id);
    world.shop.calls.length = 0;
    expect(await world.bring(fields)).toEqual([]);
    expect(world.shop.calls.map((updates) => updates.length)).toEqual([1, 1]);
  });

  it('is an outage where the shop is not', async () => {
    world.files(1);
    world.shop.lostAnswer = unknown();
    world.shop.out = new CodedError('WOO_UNREACHABLE', 'The shop is out.', 'Wait.');
    await expect(world.one(A, null)).rejects.toThrow('The shop is out.');
  });

  it('of an upload opens an issue too, and the others go on', async () => {
    world.shop.openLibrary();
    world.files(2);
    world.shop.lostAnswer = unknown();
    expect(await world.one(A, B)).toMatchObject([{ code: 'IMAGE_UNANSWERED' }]);
    expect(marks()).toHaveLength(1);
    expect(await world.one(A, B)).toEqual([]);
    expect([marks().length, world.shop.uploaded]).toEqual([2, 2]);
  });
});

describe('the way to the shop', () => {
  it('is its media library where we may upload', async () => {
    world.shop.openLibrary();
    world.files(2);
    expect(await world.one(A, B)).toEqual([]);
    expect([world.shop.uploaded, world.shop.fetched, marks().length]).toEqual([2, 0, 2]);
  });

  it('is missing where the shop does not reach us: the issue says so, and what it has is shown', async () => {
    world.files(2);
    await world.one(A, null);
    world.reachable = false;
    expect(await world.one(A, B)).toMatchObject([{ code: 'IMAGE_NO_WAY' }]);
    world.shop.addProduct(8, []);
    expect(await world.bring(new Map([[8, [A, null]]]))).toEqual([]);
    expect(marks(8)).toEqual(marks(7));
  });

  it('is left to the service by a command, which the sweep of files is told of', async () => {
    world.files(1);
    expect(await world.one(A, null, { links: null })).toEqual([]);
    expect([world.queries, world.shop.calls.length]).toEqual([0, 0]);
    expect(await world.state.images.used('', 10)).toEqual([{ documentId: A, versionId: null }]);
    expect(await world.state.images.usersOf([A])).toEqual(['main:7']);
  });
});
