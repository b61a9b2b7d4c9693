/** `timeout`: with it a test does not end, which is noticed too. */
export type Outcome = 'killed' | 'timeout' | 'survived' | 'not covered' | 'marked';

/** Percent of a folder's mutants that `unnoticed.ts` may say no test can notice. */
const MOST_MARKED = 10;

export interface Score {
  readonly mutants: number;
  readonly killed: number;
  readonly survived: number;
  readonly notCovered: number;
  readonly marked: number;
  /** Percent that a test notices, of those that are not marked; 100 where there are none. */
  readonly percent: number;
}

export function score(outcomes: readonly Outcome[]): Score {
  const count = (...kinds: Outcome[]) => outcomes.filter((one) => kinds.includes(one)).length;
  const [killed, marked] = [count('killed', 'timeout'), count('marked')];
  const judged = outcomes.length - marked;
  return {
    mutants: outcomes.length,
    killed,
    survived: count('survived'),
    notCovered: count('not covered'),
    marked,
    percent: judged === 0 ? 100 : (100 * killed) / judged,
  };
}

/**
 * @param least percent that the folder is to reach; null for none
 * @returns what is wrong; empty where nothing is
 */
export function faults(
  { mutants, marked, percent }: Score,
  least: number | null,
): readonly string[] {
  const said: string[] = [];
  if (least !== null && percent < least)
    said.push(`Tests notice ${percent.toFixed(1)} %, and are to notice ${least} %.`);
  if (marked * 100 > mutants * MOST_MARKED)
    said.push(`${marked} of ${mutants} are marked: ${MOST_MARKED} % at the most may be.`);
  return said;
}
