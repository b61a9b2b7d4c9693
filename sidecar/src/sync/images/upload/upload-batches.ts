import { NOT_WRITTEN } from '../../merge/three-way.ts';
import type { Base, FieldVersions, Pair } from '../../../ports/two-way-state.ts';
import type { ProductResult, ProductUpdate } from '../../../ports/store.ts';
import type { Run } from '../../model/run.ts';
import type { ProductImageUpload } from './product-upload.ts';
import { NEW_PER_BATCH } from './upload-limits.ts';
import type { SeenFile } from '../../../ports/images.ts';
import { isUnanswered, unanswered, type MediaIndex } from './media-index.ts';
import { IMAGES } from '../../model/digest.ts';
import { shownDigest, desiredDigest, type DesiredImages } from '../desired-images.ts';

/** What goes to the shop in one round. */
interface Sent {
  readonly upload: ProductImageUpload;
  /** Addresses of new images, by hash. */
  readonly sources: ReadonlyMap<string, string>;
  readonly update: ProductUpdate;
}

type Files = ReadonlyMap<string, SeenFile>;

/**
 * Hangs images, in as many rounds as it takes for each new one to come once and for a bad one to be found out.
 * @throws CodedError where one of the sides is out
 */
export async function uploadImages(
  run: Run,
  mediaIndex: MediaIndex,
  hangings: readonly ProductImageUpload[],
  files: Files,
): Promise<void> {
  for (let left = hangings; left.length > 0;) left = await round(run, mediaIndex, left, files);
}

/** @returns what needs another round */
async function round(
  run: Run,
  mediaIndex: MediaIndex,
  open: readonly ProductImageUpload[],
  files: Files,
): Promise<readonly ProductImageUpload[]> {
  const { now, later } = chosen(open);
  const sent: Sent[] = [];
  const over: ProductImageUpload[] = [];
  for (const upload of now) {
    const sources = await deliver(mediaIndex, upload);
    const update = upload.update(sources);
    if (update !== null) sent.push({ upload, sources, update });
    // One of them may have been bad, and others wait for their turn.
    else if (upload.missing.length > 0) later.push(upload);
    else over.push(upload);
  }
  await run.state.twoWay.savePending(sent.map(({ upload }) => withPending(upload.desired, files)));
  for (const { upload, outcome } of await send(run, sent)) {
    (outcome === 'again' ? later : over).push(upload);
  }
  await run.state.twoWay.saveBase(over.flatMap((upload) => baseOf(run, upload, files)));
  return later;
}

/** Each new image comes with one record: those that want it too find it there in the next round. */
function chosen(open: readonly ProductImageUpload[]): {
  now: ProductImageUpload[];
  later: ProductImageUpload[];
} {
  const claimed = new Set<string>();
  const [now, later]: [ProductImageUpload[], ProductImageUpload[]] = [[], []];
  let isFull = false;
  for (const upload of open) {
    const { missing, isUnsure } = upload;
    const fits =
      !isFull &&
      !(isUnsure && claimed.size > 0) &&
      claimed.size + missing.length <= NEW_PER_BATCH &&
      !missing.some(({ checksum }) => claimed.has(checksum));
    if (missing.length > 0 && !fits) {
      later.push(upload);
      continue;
    }
    now.push(upload);
    for (const { checksum } of missing) claimed.add(checksum);
    isFull ||= isUnsure && missing.length > 0;
  }
  return { now, later };
}

/** @returns where the shop fetches those from that are not in its library yet, by hash */
async function deliver(
  mediaIndex: MediaIndex,
  upload: ProductImageUpload,
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const version of upload.missing) {
    const delivery = await mediaIndex.deliver(version);
    if ('code' in delivery) upload.markFailed(version, delivery);
    else if ('src' in delivery) sources.set(version.checksum, delivery.src);
  }
  return sources;
}

/** What can be repeated goes first, by itself. */
async function send(run: Run, sent: readonly Sent[]) {
  const [fetched, known] = [
    sent.filter(({ sources }) => sources.size > 0),
    sent.filter(({ sources }) => sources.size === 0),
  ];
  const results = await update(run, known);
  return [...(await taken(run, known, results)), ...(await sendFetched(run, fetched))];
}

async function sendFetched(run: Run, sent: readonly Sent[]) {
  if (sent.length === 0) return [];
  try {
    return await taken(run, sent, await update(run, sent));
  } catch (error) {
    if (!(await isUnanswered(run, error))) throw error;
    // The next attempt finds what has come, and each comes by itself then.
    for (const { upload, sources } of sent) {
      for (const { checksum, documentId } of upload.missing) {
        if (sources.has(checksum)) upload.problems.push(unanswered(documentId));
      }
    }
    return sent.map(({ upload }) => ({ upload, outcome: upload.there }));
  }
}

async function update(run: Run, sent: readonly Sent[]): Promise<readonly ProductResult[]> {
  run.shopBacklog?.sending(
    'product',
    sent.map(({ upload }) => upload.desired.row.key),
  );
  const results = await run.store.updateProducts(sent.map((one) => one.update));
  return results.map((result) => {
    if ('changed' in result) throw new Error('a product was compared with what nobody has seen');
    return result;
  });
}

async function taken(run: Run, sent: readonly Sent[], results: readonly ProductResult[]) {
  const outcomes = [];
  for (const [at, { upload, sources }] of sent.entries()) {
    const result = results[at];
    const { row } = upload.desired;
    if (result === undefined) throw new Error(`no result for ${row.key}`);
    if ('error' in result) run.shopBacklog?.refused('product', row.key);
    const outcome = await upload.take(sources, result);
    if (outcome !== 'again' && 'record' in result) run.report.of(row.mapping).pushed += 1;
    outcomes.push({ upload, outcome });
  }
  return outcomes;
}

function baseOf(
  run: Run,
  { desired, problems, there }: ProductImageUpload,
  files: Files,
): readonly (Pair & { readonly base: Base; readonly pending?: Base })[] {
  const { row, recordId, field } = desired;
  const { mapping, key } = row;
  if (problems.length > 0) {
    run.stillDirty.add(key);
    run.report.fail(mapping, {
      key,
      recordId,
      field,
      aspect: 'pictures',
      code: [...new Set(problems.map(({ code }) => code))].join(', '),
      message: [...new Set(problems.map(({ message }) => message))].join(' '),
    });
    // What became of what the shop did not answer to is not known.
    if (problems.some(({ code }) => code === 'IMAGE_UNANSWERED')) return [];
    return [{ ...withPending(desired, files), base: { [IMAGES]: accepted(there) } }];
  }
  const base = { [IMAGES]: [shownDigest(there), desiredDigest(desired, files)] as const };
  return [{ object: mapping.object, key, recordId, base }];
}

/**
 * What the shop has taken of desired images that it could not have all of: our own write is no change of the shop, and
 * whatever Salesforce wants next is still to be brought there.
 */
function accepted(there: readonly number[]): FieldVersions {
  return [shownDigest(there), NOT_WRITTEN];
}

function withPending(desired: DesiredImages, files: Files) {
  const { row, recordId } = desired;
  const pending = { [IMAGES]: [NOT_WRITTEN, desiredDigest(desired, files)] as const };
  return { object: row.mapping.object, key: row.key, recordId, pending };
}
