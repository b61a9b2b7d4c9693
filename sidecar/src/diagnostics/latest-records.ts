import { CodedError } from '../errors/coded-error.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import type { ListRead, WooPage, WooStore } from '../ports/store.ts';
import { type Finding, ofError } from './check/finding.ts';

/** What could be read of lists, in the order asked, and what alone is too large. */
interface Latest {
  readonly lists: readonly (readonly WooRecord[])[];
  readonly findings: readonly Finding[];
}

/**
 * Reads one page of each list; where a record is too large to be handed over, or the page ends before it, record by
 * record, so that it alone is left out and named.
 * @param ask one page of each
 * @throws CodedError as `ask`, for anything else
 */
export async function latestOf(
  store: Pick<WooStore, 'key' | 'list'>,
  reads: readonly ListRead[],
  ask: () => Promise<readonly LatestPage[]>,
): Promise<Latest> {
  const pages = await pagesOf(ask);
  const findings: Finding[] = [];
  const lists: (readonly WooRecord[])[] = [];
  for (const [at, read] of reads.entries()) {
    const page = pages[at];
    if (page !== undefined && isFull(read, page)) {
      lists.push(page.records);
      continue;
    }
    const apart = await oneByOne(store, read, page?.records ?? []);
    findings.push(...apart.findings);
    lists.push(apart.records);
  }
  return { lists, findings };
}

type LatestPage = Pick<WooPage, 'records' | 'total'>;

/** @returns none where a record does not fit */
async function pagesOf(ask: () => Promise<readonly LatestPage[]>): Promise<readonly LatestPage[]> {
  try {
    return await ask();
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return [];
  }
}

/** The gateway hands over fewer than asked for, where the others would be too large. */
function isFull({ params }: ListRead, { records, total }: LatestPage): boolean {
  return records.length >= Math.min(Number(params['per_page'] ?? total), total);
}

/** @param known those that are here already */
async function oneByOne(
  store: Pick<WooStore, 'key' | 'list'>,
  { list, params }: ListRead,
  known: readonly WooRecord[],
): Promise<{ readonly records: readonly WooRecord[]; readonly findings: readonly Finding[] }> {
  const shown = await store.list(list, { ...params, _fields: 'id' });
  const records: WooRecord[] = [];
  const findings: Finding[] = [];
  for (const { id } of shown.records) {
    const here = known.find((record) => record['id'] === id);
    if (here !== undefined) {
      records.push(here);
      continue;
    }
    try {
      const page = await store.list(list, { ...params, include: String(id), per_page: '1' });
      records.push(...page.records);
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      const { code, message, cure } = error;
      findings.push(
        ofError(store.key, new CodedError(code, `${list} ${String(id)}: ${message}`, cure)),
      );
    }
  }
  return { records, findings };
}

function isTooLarge(error: unknown): error is CodedError {
  return error instanceof CodedError && error.code === 'WOO_ANSWER_TOO_LARGE';
}
