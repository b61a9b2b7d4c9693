/** What a look at one side has found, before anything is written. */
export interface Looked {
  /** Why the set-up cannot begin: sentences that say what to do. */
  readonly missing: readonly string[];
  /** What is worth knowing and stops nothing. */
  readonly notes: readonly string[];
}

/** What every look found. @throws Error that names all that is missing, and that nothing was changed */
export function refuseMissing(looks: readonly Looked[]): void {
  const missing = looks.flatMap((one) => one.missing);
  if (missing.length === 0) return;
  const lines = missing.map((sentence) => `- ${sentence}`);
  throw new Error(
    `Nothing was changed. Before the set-up can begin:\n${lines.join('\n')}\nThen run it again.`,
  );
}
