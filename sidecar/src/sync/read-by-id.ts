import type { WooRecord } from '../mapping/types.ts';
import type { WooList, WooStore } from './ports.ts';

/** Records that one page holds. */
const PAGE = 100;

/** The records with these ids that the store shows, in as few reads as there can be. */
export async function readByIds(
  store: WooStore,
  list: WooList,
  ids: readonly number[],
  params: Readonly<Record<string, string>> = {},
): Promise<WooRecord[]> {
  const records: WooRecord[] = [];
  for (let at = 0; at < ids.length; at += PAGE) {
    const include = ids.slice(at, at + PAGE).join(',');
    const page = await store.list(list, { ...params, include, per_page: `${PAGE}` });
    records.push(...page.records);
  }
  return records;
}
