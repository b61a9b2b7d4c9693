import type { Issue, IssueCause } from '../../src/ports/issues.ts';

/** As the database groups them. */
export function causesOf(
  issues: readonly Issue[],
  without: readonly string[],
  ignored: readonly string[],
): readonly IssueCause[] {
  const open = issues.filter(
    ({ state, key, absorbedBy }) =>
      state === 'open' &&
      !without.some((prefix) => key.startsWith(prefix)) &&
      !ignored.includes(key) &&
      !ignored.includes(absorbedBy ?? key),
  );
  const toDecide = ({ kind }: Issue) => kind === 'conflict' || kind === 'ambiguous';
  const groups = Map.groupBy(open, (one) =>
    [one.store, one.resource, one.code, toDecide(one)].join(' '),
  );
  return [...groups.values()].flatMap((those) => {
    const [first] = those;
    if (!first) return [];
    const { store, resource, code, cure } = first;
    const oldest = new Date(Math.min(...those.map(({ firstSeen }) => firstSeen.getTime())));
    return [
      { store, resource, code, cure, oldest, count: those.length, toDecide: toDecide(first) },
    ];
  });
}
