import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseApex, type ParsedApex } from '../../../local/org/metadata/apex/apex-parser.ts';
import { duplicateNames } from '../../../local/org/metadata/apex/duplicate-names.ts';
import { reservedNames } from '../../../local/org/metadata/apex/reserved-names.ts';
import { headersByCase, headersPut } from './apex-headers.ts';
import { recursivePatterns } from './apex-patterns.ts';
import { shadowsByCase } from './apex-shadows.ts';

/**
 * What is wrong with the Apex classes below a folder, as `path:line:column: message`: what does not parse, names
 * that the compiler refuses or that hide others by case, regular expressions that may overflow, and headers that are
 * found by their case only.
 */
export function lintApex(folder: string): readonly string[] {
  const classes = globSync('**/*.cls', { cwd: folder })
    .sort()
    .map((path) => ({ path, ...parseApex(readFileSync(join(folder, path), 'utf8')) }));
  const put = new Set(classes.flatMap(({ tree }) => headersPut(tree)));
  return classes.flatMap(({ path, ...parsed }) =>
    problemsOf(parsed, put).map(
      ({ line, column, message }) => `${path}:${line}:${column}: ${message}`,
    ),
  );
}

/** @param put names of headers that the classes themselves put into their maps */
function problemsOf({ problems, tree }: ParsedApex, put: ReadonlySet<string>) {
  if (problems.length > 0) return problems;
  return [
    ...reservedNames(tree),
    ...duplicateNames(tree),
    ...shadowsByCase(tree),
    ...recursivePatterns(tree),
    ...headersByCase(tree, put),
  ];
}
