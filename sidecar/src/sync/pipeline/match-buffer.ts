import { isSought, Matcher } from '../match/matcher.ts';
import { findExisting } from '../match/place.ts';
import type { OpenPage } from '../model/checkpoint.ts';
import { RecordMap } from '../model/record-map.ts';
import type { Known, Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { learn, resolve } from '../transform/references.ts';
import { selectWrites } from './select-writes.ts';

/** What one page brings. */
export interface PageOfRows {
  readonly planned: readonly Planned[];
  readonly page: OpenPage;
  /** What is known already of the records that the rows refer to; null for nothing yet. */
  readonly known: Known | null;
}

/** Records that are looked for at a time, in one API call. */
const SOUGHT_AT_ONCE = 400;
/** Pages that wait at most, whatever they bring: they are held in memory. */
const PAGES_AT_ONCE = 4;

/**
 * Where pages wait whose records must be looked for in the org before they are written, until there are enough
 * for one call. Pages behind them wait too, since they may refer to them; pages with nothing to look for do not
 * wait for company.
 */
export class MatchBuffer {
  readonly matcher = new Matcher();
  #works: PageOfRows[] = [];
  #sought = 0;
  #waiting = new RecordMap<true>();

  /** Whether the record waits here. */
  has(object: string, key: string): boolean {
    return this.#waiting.has(object, key);
  }

  /** @returns whether the pages that are here should go on */
  add(work: PageOfRows): boolean {
    work.page.take();
    const sought = new Set(work.planned.filter(isSought));
    this.#sought += sought.size;
    const isFull = this.#sought >= SOUGHT_AT_ONCE || this.#works.length + 1 >= PAGES_AT_ONCE;
    if (this.#sought === 0 || isFull) {
      this.#works.push(work);
      return true;
    }
    for (const { mapping, key } of work.planned) this.#waiting.set(mapping.object, key, true);
    // What waits is kept small: the Woo record is read again only by who looks for its record in the org, and by
    // the merge of what goes both ways.
    const isRead = (row: Planned) =>
      sought.has(row) || row.mapping.outgoing.length + row.mapping.kept.length > 0;
    const planned = work.planned.map((row) => (isRead(row) ? row : { ...row, record: {} }));
    this.#works.push({ ...work, planned, known: null });
    return false;
  }

  take(): readonly PageOfRows[] {
    const works = this.#works;
    this.#works = [];
    this.#sought = 0;
    this.#waiting = new RecordMap();
    return works;
  }
}

/** The buffer itself takes part, so that it cannot ask for the whole run of the pipeline, which holds it. */
type BufferedRun = Run & { readonly matchBuffer: MatchBuffer };

/** Takes a page's rows; they go to the writer with those of the next pages, or at once. */
export async function addPage(run: BufferedRun, work: PageOfRows): Promise<void> {
  if (run.matchBuffer.add(work)) await flushMatchBuffer(run);
}

/** Finds out where the rows that wait belong, and hands them to the writer. */
export async function flushMatchBuffer(run: BufferedRun): Promise<void> {
  const works = run.matchBuffer.take();
  const [first] = works;
  if (!first) return;
  const planned = works.length === 1 ? first.planned : works.flatMap((work) => work.planned);
  const placed = await findExisting(run, planned, run.matchBuffer.matcher, async (rows) => {
    await selectWrites(run, rows, await resolve(run, rows));
    await run.writer.flush();
  });
  const known =
    works.length === 1 && first.known
      ? await completed(run, first.known, planned, placed)
      : await resolve(run, placed);
  await selectWrites(run, placed, known);
  for (const { page } of works) page.release();
}

/** What the caller knew, and what has come out since. */
async function completed(
  run: Run,
  known: Known,
  planned: readonly Planned[],
  placed: readonly Planned[],
): Promise<Known> {
  if (placed !== planned) for (const { mapping, key } of planned) known.delete(mapping.object, key);
  for (const { mapping, key, link } of placed) known.set(mapping.object, key, link ?? null);
  const lookups = placed.flatMap(({ row }) => [...row.lookups, ...(row.leftOut ?? [])]);
  await learn(run, lookups, known);
  return known;
}
