import type { SeenFile } from '../../../ports/images.ts';
import type { Returning } from '../../model/record.ts';
import type { Run } from '../../model/run.ts';
import { idsOf, PICTURES, type Wish, wishOf } from '../desired-images.ts';
import { pictureFields, stepOf, wayOf } from '../direction.ts';
import type { PictureProblem } from '../types.ts';
import { reportConflict, winnerOf } from './conflict.ts';
import { Finder } from './find-files.ts';
import { type Brought, writeBack } from './save-file-ids.ts';
import { type Places, placesFor, shopPictures, textsOf } from './shop-images.ts';

/** Records whose files are asked for together. */
const AT_ONCE = 100;
/** After that the rest of a batch is looked at by itself, well before the batch is too late. */
const LONG_MS = 120_000;

/**
 * Brings pictures that were changed in the shop to Salesforce, as files of the record whose ids its fields hold
 * then. Records that Salesforce has changed go on to the galleries. Nothing is written to the shop.
 * @throws CodedError where the org is out
 */
export async function bringBack(run: Run, items: readonly Returning[]): Promise<void> {
  const start = performance.now();
  for (let at = 0; at < items.length; at += AT_ONCE) {
    await bringSome(run, items.slice(at, at + AT_ONCE), start + LONG_MS);
  }
}

async function bringSome(run: Run, items: readonly Returning[], until: number): Promise<void> {
  const all = items.map((item) => ({
    item,
    wish: wishOf(item.row, item.recordId, item.held, item.agreement),
  }));
  const { pictures, pairs } = run.state;
  const files = await pictures.files(all.flatMap(({ wish }) => idsOf(wish)));
  const ways = Map.groupBy(all, ({ wish }) => wayOf(wish, files));
  // A file may have got a new version, which the galleries look for where Salesforce has told of the record.
  const still = Map.groupBy(ways.get('none') ?? [], ({ wish }) => run.told.has(wish.row.key));
  for (const { item } of [...(ways.get('outward') ?? []), ...(still.get(true) ?? [])]) {
    run.galleries.add(item);
  }
  const over = (still.get(false) ?? []).filter(({ wish }) => wish.pending !== undefined);
  await pairs.agree(over.map(({ wish }) => agreed(wish, files)));
  const open = [...(ways.get('inward') ?? []), ...(ways.get('compare') ?? [])];
  if (open.length === 0) return;
  const finder = new Finder(run);
  await finder.learn(open.map(({ wish }) => wish));
  // Those of files that were replaced meanwhile are a change of Salesforce.
  const latest = new Map([...files, ...seenBy(finder)]);
  const brought: Brought[] = [];
  for (const { item, wish } of open) {
    if (run.follow !== undefined && performance.now() > until) {
      run.unsettled.add(wish.row.key);
      run.follow([{ resource: 'product', key: wish.row.key }]);
      continue;
    }
    const isOpen = wayOf(wish, latest) === 'compare';
    if (isOpen && !(await shopWins(run, finder, item, wish))) continue;
    brought.push(await bring(finder, item, wish));
  }
  await writeBack(run, brought, new Map([...files, ...seenBy(finder)]));
}

/** Both may have changed: whether Salesforce is to get what the shop shows. Else it is seen to. */
async function shopWins(run: Run, finder: Finder, item: Returning, wish: Wish): Promise<boolean> {
  const { documents, isWhole, places } = await findAll(finder, wish, false);
  const next = nextWish(item, places, documents);
  if (isWhole && isSame(next, wish)) {
    const reached = agreed(wish, seenBy(finder));
    await run.state.pictures.keepUses([{ ...reached, documentIds: idsOf(wish) }]);
    await run.state.pairs.agree([reached]);
    return false;
  }
  const winner = winnerOf(item);
  reportConflict(run, item, wish, winner);
  if (winner === 'salesforce') run.galleries.add(item);
  return winner === 'woo';
}

async function bring(finder: Finder, item: Returning, wish: Wish): Promise<Brought> {
  const { documents, problems, places } = await findAll(finder, wish, true);
  const texts = textsOf(places, pictureFields(item.row), documents);
  const next = nextWish(item, places, documents);
  return { wish, held: item.held, texts, next, problems };
}

/** What the fields would say. */
function nextWish(item: Returning, places: Places, documents: ReadonlyMap<number, string>): Wish {
  const { row, recordId, held, agreement } = item;
  const texts = textsOf(places, pictureFields(row), documents);
  return wishOf(row, recordId, { ...held, ...texts }, agreement);
}

function isSame(a: Wish, b: Wish): boolean {
  return a.featured === b.featured && idsOf(a).join() === idsOf(b).join();
}

interface Found {
  readonly places: Places;
  /** Ids of files by those of pictures. */
  readonly documents: ReadonlyMap<number, string>;
  readonly problems: readonly PictureProblem[];
  /** Each picture that has room is a file. */
  readonly isWhole: boolean;
}

async function findAll(finder: Finder, wish: Wish, makes: boolean): Promise<Found> {
  const { row, says } = wish;
  const places = placesFor(shopPictures(row.record), pictureFields(row), says.featured);
  const wanted = [...places.featured, ...places.gallery];
  const documents = new Map<number, string>();
  const problems: PictureProblem[] = [];
  for (const picture of wanted) {
    const found = await finder.find(wish, picture, makes);
    if (found === null) continue;
    if ('code' in found) problems.push(found);
    else documents.set(picture.id, found.documentId);
  }
  const isWhole = wanted.every(({ id }) => documents.has(id));
  if (places.leftOut.length > 0) problems.push(noRoom(places));
  return { places, documents, problems, isWhole };
}

function noRoom({ gallery, leftOut }: Places): PictureProblem {
  const ids = leftOut.map(({ id }) => id).join(', ');
  const message = `The gallery field has room for ${gallery.length} pictures; left out: ${ids}.`;
  return { code: 'SHOP_IMAGE_LEFT_OUT', message };
}

function agreed(wish: Wish, files: ReadonlyMap<string, Pick<SeenFile, 'versionId'>>) {
  const { row, recordId } = wish;
  const base = { [PICTURES]: stepOf(wish, files) };
  return { object: row.mapping.object, key: row.key, recordId, base };
}

function seenBy({ versions }: Finder): ReadonlyMap<string, SeenFile> {
  return new Map(
    [...versions].map(([id, { documentId, versionId, checksum }]) => [
      id,
      { documentId, versionId, hash: checksum },
    ]),
  );
}
