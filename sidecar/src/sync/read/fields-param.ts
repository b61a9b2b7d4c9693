import { joinedViews } from '../../mapping/fields/content-view.ts';
import { metaKeyOf } from '../../mapping/keys/record-id-meta.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { listsOf, RESOURCES } from '../../mapping/model/resources.ts';
import type { WooList } from '../../ports/store.ts';

/** What a walk through a list needs of each record. */
const ALWAYS = ['id', 'date_modified_gmt'];

/**
 * The parameter that leaves out of a list's records what no mapping reads: about a third of what the shop
 * would compute and send. Names are cut to their first part, for of an order's lines WooCommerce sends all
 * or nothing (docs/local-store.md).
 * @param besides what else is to be read of each
 */
export function fieldsRead(
  list: WooList,
  mappings: readonly Mapping[],
  besides: readonly string[] = [],
): Readonly<Record<string, string>> & { readonly _fields: string } {
  const mapped = new Set(mappings.map(({ resource }) => resource));
  const ours = [...mapped].flatMap((resource) => RESOURCES[resource].reads[list] ?? []);
  const own = mappings.filter((mapping) => listsOf(mapping).includes(list));
  const theirs = own.flatMap((mapping) => [
    ...mapping.reads.map((name) => name.split('.', 1)[0] ?? name),
    // Where the Salesforce id is kept, to see whether it is there (salesforce-ids.ts).
    ...(metaKeyOf(mapping) === null ? [] : ['meta_data']),
  ]);
  const _fields = [...new Set([...ALWAYS, ...ours, ...besides, ...theirs])].join(',');
  return { ...joinedViews(own.map(({ view }) => view)), _fields };
}
