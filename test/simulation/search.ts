/** Seeds to play, one after the other. */
export interface Seeds {
  readonly first: number;
  readonly runs: number;
}

/** Plays seeds until one is red, in a process of its own. @returns what it printed */
type Play = (seeds: Seeds) => Promise<string>;

/**
 * Looks for the first seed that tells of a mistake: that is red with it, and says something else, or nothing, without.
 * @returns null where there is none
 * @throws Error where a process did not come to the end of its seeds: it tells of nothing
 */
export async function seedThatTells(
  { first, runs }: Seeds,
  planted: Play,
  plain: Play,
): Promise<number | null> {
  const end = first + runs;
  for (let from = first; from < end;) {
    const [red] = wrongsIn(await planted({ first: from, runs: end - from }));
    if (red === undefined) return null;
    const [seed, wrong] = red;
    const without = wrongsIn(await plain({ first: seed, runs: 1 }));
    if (without.get(seed) !== wrong) return seed;
    from = seed + 1;
  }
  return null;
}

/** What is wrong by each red seed, of what `seeds.ts` has printed. */
function wrongsIn(printed: string): ReadonlyMap<number, string> {
  if (!/^\d+ seeds, \d+ red/m.test(printed))
    throw new Error('The seeds did not come to their end.');
  const red = printed.matchAll(/^seed (\d+) .*: RED, .*\n((?: {4}.*\n)*)/gm);
  return new Map([...red].map(([, seed, lines = '']) => [Number(seed), lines]));
}
