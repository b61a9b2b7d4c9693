import { parseKey, wooKey } from '../../mapping/keys/keys.ts';
import type { WooStore } from '../../ports/store.ts';
import { goneCustomers } from '../read/gone-customers.ts';
import type { MatchResults } from './match-queries.ts';
import { relationOf } from './match-rules.ts';
import type { Search } from './search.ts';

/**
 * Keys of customers that the shop has deleted, of those whose records were found for other customers. The shop is
 * asked only where there are such records.
 * @throws CodedError where the shop cannot answer
 */
export async function goneOwners(
  store: WooStore,
  searches: readonly Search[],
  answers: MatchResults,
): Promise<ReadonlySet<string>> {
  const ids = new Set(searches.flatMap((search) => strangersOf(search, answers)));
  const gone = await goneCustomers(store, [...ids]);
  return new Set([...gone].map((id) => wooKey(store.key, id)));
}

/** Ids of the other customers whose records one row was shown. */
function strangersOf(
  { row, request, own, fields, takesOver }: Search,
  answers: MatchResults,
): readonly number[] {
  if (!takesOver || answers.hits(own, row.key).length > 0) return [];
  return fields
    .flatMap(({ source, value, through }) =>
      answers.hits(source, value).map(({ key }) => ({ key, through })),
    )
    .filter(({ key, through }) => relationOf(request, key, through) === 'stranger')
    .flatMap(({ key }) => parseKey(key ?? '').id ?? []);
}
