import type { Mutant } from './mutants.ts';

/** Lines that a commit does not have as they are now: first and last, from 1. */
export type Lines = readonly (readonly [first: number, last: number])[];

/**
 * @param diff what `git diff --unified=0` prints
 * @returns by path from the root of the repository
 */
export function changedLines(diff: string): ReadonlyMap<string, Lines> {
  const files = new Map<string, (readonly [number, number])[]>();
  let lines: (readonly [number, number])[] = [];
  for (const text of diff.split('\n')) {
    const [, path] = /^\+\+\+ b\/(.+?)\t?$/.exec(text) ?? [];
    if (path !== undefined) files.set(path, (lines = []));
    const [, from, count] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(text) ?? [];
    if (from === undefined) continue;
    const first = Number(from);
    const last = first + Number(count ?? 1) - 1;
    // Of lines that are only gone nothing is left to mutate.
    if (last >= first) lines.push([first, last]);
  }
  return files;
}

/** Whether what the mutant replaces has a line that has changed. */
export function isIn(lines: Lines, { line, lastLine }: Pick<Mutant, 'line' | 'lastLine'>): boolean {
  return lines.some(([first, last]) => line <= last && lastLine >= first);
}
