import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

import { Instrumenter } from '@stryker-mutator/instrumenter';

import { whyUnnoticed } from './unnoticed.ts';

/** One change of a source, which a test is to notice. */
export interface Mutant {
  readonly id: string;
  /** Its path. */
  readonly file: string;
  readonly mutator: string;
  /** The first and the last line of what it replaces, and the column of the first, all from 1. */
  readonly line: number;
  readonly lastLine: number;
  readonly column: number;
  readonly original: string;
  readonly replacement: string;
  /** Why `unnoticed.ts` says that no test can notice it; null where it does not. */
  readonly marked: string | null;
}

export interface Instrumented {
  /** By path, with all mutants behind switches. */
  readonly sources: ReadonlyMap<string, string>;
  readonly mutants: readonly Mutant[];
}

type Logger = ConstructorParameters<typeof Instrumenter>[0];

const nothing = () => undefined;

const logger: Logger = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: console.warn,
  error: console.error,
  fatal: console.error,
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => true,
  isErrorEnabled: () => true,
  isFatalEnabled: () => true,
};

/**
 * @param paths the sources to mutate
 * @throws Error where a comment in a source switches mutants off: `unnoticed.ts` lists them
 */
export async function instrument(paths: readonly string[]): Promise<Instrumented> {
  const files = paths.map((name) => ({
    name,
    content: readFileSync(name, 'utf8'),
    mutate: true,
  }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const instrumented = await new Instrumenter(logger).instrument(files, options);
  const lines = new Map(files.map(({ name, content }) => [name, content.split('\n')]));
  const mutants = instrumented.mutants.map((mutant): Mutant => {
    const { start, end } = mutant.location;
    const source = lines.get(mutant.fileName) ?? [];
    if (mutant.status === 'Ignored')
      throw new Error(
        `${mutant.fileName}:${start.line + 1}: list it in scripts/mutate/unnoticed.ts in place of the comment.`,
      );
    const original = between(source, start, end);
    return {
      id: mutant.id,
      file: mutant.fileName,
      mutator: mutant.mutatorName,
      line: start.line + 1,
      lastLine: end.line + 1,
      column: start.column + 1,
      original,
      replacement: mutant.replacement,
      marked: whyUnnoticed(relative('.', mutant.fileName), source[start.line] ?? '', {
        mutator: mutant.mutatorName,
        original,
      }),
    };
  });
  return {
    sources: new Map(instrumented.files.map(({ name, content }) => [name, content])),
    mutants: mutants.filter((mutant) => !isLeftOut(mutant)),
  };
}

interface Position {
  readonly line: number;
  readonly column: number;
}

function between(lines: readonly string[], start: Position, end: Position): string {
  const touched = lines.slice(start.line, end.line + 1);
  const last = touched.length - 1;
  return touched
    .map((text, at) => (at === last ? text.slice(0, end.column) : text))
    .map((text, at) => (at === 0 ? text.slice(start.column) : text))
    .join('\n');
}

/**
 * Left out by rule: the words of sentences, which tests do not repeat, and an empty list that gets a member, which
 * nothing of the code ever holds.
 */
export function isLeftOut(mutant: Pick<Mutant, 'mutator' | 'original'>): boolean {
  const { mutator, original } = mutant;
  if (mutator === 'StringLiteral') return /\s/.test(original.replaceAll(/\$\{[^}]*\}/g, ''));
  return mutator === 'ArrayDeclaration' && /^\[\s*\]$/.test(original);
}
