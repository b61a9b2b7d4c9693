import { relative } from 'node:path';

import Table from 'cli-table3';

import { root } from '../lib/sf.ts';
import type { Mutant } from './mutants.ts';
import { type Outcome, score, type Score } from './score.ts';
import type { Found } from './search.ts';

/** What is printed, and kept in the results file. */
export interface Report {
  readonly folder: string;
  readonly score: Score;
  readonly files: readonly FileReport[];
  /** By the name of a test file: tests without which no mutant would be missed; only where all were tried. */
  readonly idle: Readonly<Record<string, readonly string[]>> | null;
  readonly unusable: readonly string[];
  readonly slow: readonly string[];
}

interface FileReport {
  readonly file: string;
  readonly score: Score;
  readonly mutants: readonly (Mutant & { readonly outcome: Outcome })[];
}

export function report(
  folder: string,
  mutants: readonly Mutant[],
  found: Found,
  matrix: boolean,
): Report {
  const judged = mutants.map((mutant) => ({
    ...mutant,
    file: relative(root, mutant.file),
    outcome: found.outcomes.get(mutant.id) ?? 'not covered',
  }));
  const byFile = Object.entries(Object.groupBy(judged, ({ file }) => file));
  return {
    folder,
    score: score(judged.map(({ outcome }) => outcome)),
    files: byFile.map(([file, of = []]) => ({
      file,
      score: score(of.map(({ outcome }) => outcome)),
      mutants: of,
    })),
    idle: matrix ? idle(found) : null,
    unusable: found.unusable,
    slow: found.slow,
  };
}

/** Tests that alone notice nothing: what each of them notices, another does too. */
export function idle(
  found: Pick<Found, 'killers' | 'tests'>,
): Readonly<Record<string, readonly string[]>> {
  const alone = new Set(
    [...found.killers.values()].flatMap((by) => (by.size === 1 ? [...by] : [])),
  );
  const without = found.tests.filter(({ name }) => !alone.has(name));
  const byFile = Object.groupBy(without, ({ file }) => relative(root, file));
  return Object.fromEntries(
    Object.entries(byFile).map(([file, tests = []]) => [file, tests.map(({ name }) => name)]),
  );
}

export function print(report: Report): void {
  for (const { mutants } of report.files)
    for (const { outcome, file, line, column, mutator, original, replacement } of mutants)
      if (outcome === 'survived' || outcome === 'not covered')
        console.log(
          `${file}:${line}:${column} ${outcome} (${mutator}): ${short(original)} → ${short(replacement)}`,
        );
  const table = new Table({
    head: ['file', 'mutants', 'killed', 'survived', 'not covered', 'marked', '%'],
    style: { head: [], border: [] },
  });
  for (const { file, score } of report.files) table.push([file, ...figures(score)]);
  table.push([report.folder, ...figures(report.score)]);
  console.log(table.toString());
  for (const [file, names] of Object.entries(report.idle ?? {})) {
    console.log(`${file}: what these notice, others do too:`);
    for (const name of names) console.log(`  ${name}`);
  }
  say(
    'They fail, as they are or the second time in one process, and were left out:',
    report.unusable,
  );
  say('They take too long to be repeated, and were left out:', report.slow);
}

function figures({ mutants, killed, survived, notCovered, marked, percent }: Score) {
  return [mutants, killed, survived, notCovered, marked, percent.toFixed(1)];
}

function say(what: string, names: readonly string[]): void {
  if (names.length === 0) return;
  console.log(what);
  for (const name of names) console.log(`  ${name}`);
}

function short(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ');
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}
