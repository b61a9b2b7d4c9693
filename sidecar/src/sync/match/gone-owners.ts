import { parseKey, wooKey } from '../../mapping/keys/keys.ts';
import type { WooStore } from '../../ports/store.ts';
import { goneCustomers } from '../read/gone-customers.ts';
import type { MatchResults } from './match-queries.ts';
import { relationOf } from './match-rules.ts';
import type { Search } from './search.ts';

/** A customer whose record was found for another one. */
interface Owner {
  readonly id: number;
  /** It was found by the e-mail address of the seeker, so that both are one person. */
  readonly isSamePerson: boolean;
}

/** By the keys of customers that the shop has deleted: whether the seeker is the same person. */
export type Gone = ReadonlyMap<string, boolean>;

/**
 * The customers that the shop has deleted, of those whose records were found for other customers, by the keys of
 * those who seek: a colleague who registers in the same batch is not who registers again. The shop is asked only
 * where there are such records.
 * @throws CodedError where the shop cannot answer
 */
export async function goneOwners(
  store: WooStore,
  searches: readonly Search[],
  answers: MatchResults,
): Promise<ReadonlyMap<string, Gone>> {
  const found = Map.groupBy(
    searches.flatMap((search) =>
      strangersOf(search, answers).map((owner) => ({ key: search.row.key, owner })),
    ),
    ({ key }) => key,
  );
  const owners = [...found.values()].flat().map(({ owner }) => owner.id);
  const gone = await goneCustomers(store, [...new Set(owners)]);
  return new Map(
    [...found].map(([key, some]) => {
      const theirs = some.flatMap(({ owner }) => (gone.has(owner.id) ? [owner] : []));
      const same = new Set(theirs.filter(({ isSamePerson }) => isSamePerson).map(({ id }) => id));
      return [key, new Map(theirs.map(({ id }) => [wooKey(store.key, id), same.has(id)]))];
    }),
  );
}

/** The other customers whose records one row was shown. */
function strangersOf(
  { row, request, own, fields, takesOver }: Search,
  answers: MatchResults,
): readonly Owner[] {
  if (!takesOver || answers.hits(own, row.key).length > 0) return [];
  return fields.flatMap(({ source, value, through }) =>
    answers.hits(source, value).flatMap(({ key }) => {
      const id = parseKey(key ?? '').id;
      if (id === null || relationOf(request, key, through) !== 'stranger') return [];
      return [{ id, isSamePerson: value.toLowerCase() === request.email }];
    }),
  );
}
