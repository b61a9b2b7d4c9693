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
 * Reads one page of each list; where one record is too large to be handed over, record by record, so that it alone is
 * left out and named.
 * @param ask one page of each
 * @throws CodedError as `ask`, for anything else
 */
export async function latestOf(
  store: Pick<WooStore, 'key' | 'list'>,
  reads: readonly ListRead[],
  ask: () => Promise<readonly Pick<WooPage, 'records'>[]>,
): Promise<Latest> {
  try {
    const pages = await ask();
    return { lists: pages.map(({ records }) => records), findings: [] };
  } catch (error) {
    if (!isTooLarge(error)) throw error;
  }
  const findings: Finding[] = [];
  const lists: WooRecord[][] = [];
  for (const { list, params } of reads) {
    const { records } = await store.list(list, { ...params, _fields: 'id' });
    const read: WooRecord[] = [];
    for (const { id } of records) {
      try {
        const page = await store.list(list, { ...params, include: String(id), per_page: '1' });
        read.push(...page.records);
      } catch (error) {
        if (!isTooLarge(error)) throw error;
        const { code, message, cure } = error;
        findings.push(
          ofError(store.key, new CodedError(code, `${list} ${String(id)}: ${message}`, cure)),
        );
      }
    }
    lists.push(read);
  }
  return { lists, findings };
}

function isTooLarge(error: unknown): error is CodedError {
  return error instanceof CodedError && error.code === 'WOO_ANSWER_TOO_LARGE';
}
