import type { Agreement, Base, Pair } from '../pairs.ts';
import type { OrgRow } from '../org-records.ts';
import type { Planned } from '../plan.ts';
import type { FileVersion, ProductUpdate } from '../ports.ts';
import type { Run } from '../run.ts';
import { markOf } from './gallery.ts';
import { Hanging } from './hanging.ts';
import type { SeenFile } from './picture-book.ts';
import { Shelf } from './shelf.ts';
import { idsOf, isNews, PICTURES, shownDigest, wishDigest, wishOf, type Wish } from './wish.ts';

/** New pictures that the shop fetches within one call: it answers when it has them all. */
const NEW_PER_ROUND = 10;

/** What goes to the shop in one round. */
interface Sent {
  readonly hanging: Hanging;
  /** Addresses of new pictures, by hash. */
  readonly sources: ReadonlyMap<string, string>;
  readonly update: ProductUpdate;
}

/**
 * Pictures on their way to the shop. Their identity is the hash of their bytes: what the shop has is never sent
 * again, for whatever product. One bad picture stops neither the text nor the others.
 */
export class Galleries {
  #waiting: Wish[] = [];

  add(item: {
    readonly row: Planned;
    readonly recordId: string;
    readonly held: OrgRow;
    readonly agreement: Agreement | undefined;
  }): void {
    this.#waiting.push(wishOf(item.row, item.recordId, item.held, item.agreement));
  }

  get size(): number {
    return this.#waiting.length;
  }

  /**
   * Brings the pictures that are wanted to the shop. Salesforce is asked for files only where the ids or the
   * files have changed: one query for all of them, and one call per picture that is new.
   * @throws CodedError where one of the sides is out
   */
  async flush(run: Run): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    const files = await run.state.pictures.files(waiting.flatMap(idsOf));
    const news = waiting.filter((wish) => isNews(wish, files));
    if (news.length === 0) return;
    const versions = await run.org.files.latestVersions([...new Set(news.flatMap(idsOf))]);
    const seen = [...versions.values()].map(toSeen);
    await run.state.pictures.keepFiles(seen);
    const shelf = new Shelf(run);
    const marks = [...versions.values()].map(({ checksum }) => markOf(checksum));
    await shelf.learn(
      marks,
      news.flatMap(({ shown }) => shown),
    );
    const now = new Map([...files, ...seen.map((file) => [file.documentId, file] as const)]);
    let open = news.map((wish) => new Hanging(wish, versions, now, shelf));
    while (open.length > 0) open = await round(run, shelf, open, now);
  }
}

/** @returns what needs another round */
async function round(
  run: Run,
  shelf: Shelf,
  open: readonly Hanging[],
  files: ReadonlyMap<string, SeenFile>,
): Promise<Hanging[]> {
  const later: Hanging[] = [];
  const claimed = new Set<string>();
  const sent: Sent[] = [];
  const over: [Hanging, readonly number[]][] = [];
  for (const hanging of open) {
    const { missing } = hanging;
    const isTaken = missing.some(({ checksum }) => claimed.has(checksum));
    const isFull = claimed.size > 0 && claimed.size + missing.length > NEW_PER_ROUND;
    if (missing.length > 0 && (isTaken || isFull)) {
      later.push(hanging);
      continue;
    }
    for (const { checksum } of missing) claimed.add(checksum);
    const sources = await deliver(shelf, hanging, missing);
    const update = hanging.update(sources);
    if (update === null) over.push([hanging, hanging.wish.shown.map(({ id }) => id)]);
    else sent.push({ hanging, sources, update });
  }
  await run.state.pairs.willAgree(sent.map(({ hanging }) => withPending(hanging.wish, files)));
  const results = await run.store.updateProducts(sent.map(({ update }) => update));
  for (const [at, { hanging, sources }] of sent.entries()) {
    const result = results[at];
    if (result === undefined) throw new Error(`no result for ${hanging.wish.row.key}`);
    const ids = await hanging.take(sources, result);
    if (ids === 'again') later.push(hanging);
    else {
      over.push([hanging, ids]);
      if ('record' in result) run.report.of(hanging.wish.row.mapping).pushed += 1;
    }
  }
  await run.state.pairs.agree(over.flatMap(([hanging, ids]) => settle(run, hanging, ids, files)));
  return later;
}

/** @returns where the shop fetches those from that are not in its library yet, by hash */
async function deliver(
  shelf: Shelf,
  hanging: Hanging,
  missing: readonly FileVersion[],
): Promise<ReadonlyMap<string, string>> {
  const sources = new Map<string, string>();
  for (const version of missing) {
    const delivery = await shelf.deliver(version);
    if ('code' in delivery) hanging.spoil(version, delivery);
    else if ('src' in delivery) sources.set(version.checksum, delivery.src);
  }
  return sources;
}

function settle(
  run: Run,
  { wish, problems }: Hanging,
  ids: readonly number[],
  files: ReadonlyMap<string, SeenFile>,
): readonly (Pair & { readonly base: Base })[] {
  const { row, recordId, field } = wish;
  const { mapping, key } = row;
  if (problems.length > 0) {
    run.unsettled.add(key);
    run.report.fail(mapping, {
      ...{ key, recordId, field, aspect: 'pictures' },
      code: [...new Set(problems.map(({ code }) => code))].join(', '),
      message: problems.map(({ message }) => message).join(' '),
    });
    return [];
  }
  const base = { [PICTURES]: [shownDigest(ids), wishDigest(wish, files)] as const };
  return [{ object: mapping.object, key, recordId, base }];
}

function withPending(wish: Wish, files: ReadonlyMap<string, SeenFile>) {
  const { row, recordId } = wish;
  const pending = { [PICTURES]: ['', wishDigest(wish, files)] as const };
  return { object: row.mapping.object, key: row.key, recordId, pending };
}

function toSeen({ documentId, versionId, checksum }: FileVersion): SeenFile {
  return { documentId, versionId, hash: checksum };
}
