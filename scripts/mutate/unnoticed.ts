/** Mutants of one expression that change nothing that a test could see. */
interface Unnoticed {
  readonly file: string;
  /** The whole line without its indentation, so that the entry still fits where lines move. */
  readonly text: string;
  readonly original: string;
  readonly mutator: string;
  readonly why: string;
}

const MERGE = 'sidecar/src/sync/merge';

/** In place of comments in the sources, which readers of those have no use for. */
export const UNNOTICED: readonly Unnoticed[] = [
  {
    file: `${MERGE}/kept-fields.ts`,
    text: 'this.#reached[name] = [digest(woo), held === step?.[1] ? held : PERSONS];',
    original: 'step?.[1]',
    mutator: 'OptionalChaining',
    why: 'what was never in step is not left',
  },
  {
    file: `${MERGE}/kept-fields.ts`,
    text: 'if (isMatch && step?.[1] === PERSONS)',
    original: 'step?.[1]',
    mutator: 'OptionalChaining',
    why: 'what was never in step is no conflict',
  },
  {
    file: `${MERGE}/kept-sides.ts`,
    text: 'if (step === sides.base || step === undefined) return step;',
    original: 'step === undefined',
    mutator: 'ConditionalExpression',
    why: 'what was never in step has no base either',
  },
  {
    file: `${MERGE}/kept.ts`,
    text: 'const unread = linked.filter((one) => !mustAsk(one));',
    original: 'linked.filter((one) => !mustAsk(one))',
    mutator: 'MethodExpression',
    why: 'of those that must be asked for it is set again',
  },
  {
    file: `${MERGE}/linked.ts`,
    text: "const former = known.get(object, formerOf(row) ?? '');",
    original: "''",
    mutator: 'StringLiteral',
    why: 'no base has a key without a store',
  },
  {
    file: `${MERGE}/merge.ts`,
    text: 'const unread = linked.filter((one) => !mustAsk(run, one));',
    original: 'linked.filter((one) => !mustAsk(run, one))',
    mutator: 'MethodExpression',
    why: 'of those that must be asked for it is set again',
  },
  {
    file: `${MERGE}/merged-customers.ts`,
    text: 'const before = others.filter((other) => idOf(other.key) < idOf(key));',
    original: 'idOf(other.key) < idOf(key)',
    mutator: 'EqualityOperator',
    why: 'the others have other ids',
  },
];

/**
 * @param path of the source, from the root of the project
 * @param text the line of the mutant
 * @returns why no test can notice it; null where one is to
 */
export function whyUnnoticed(
  path: string,
  text: string,
  mutant: Pick<Unnoticed, 'mutator' | 'original'>,
  list: readonly Unnoticed[] = UNNOTICED,
): string | null {
  const entry = list.find(
    (one) =>
      one.file === path &&
      one.text === text.trim() &&
      one.mutator === mutant.mutator &&
      one.original === mutant.original,
  );
  return entry?.why ?? null;
}
