import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseApex } from '../../../local/org/metadata/apex/apex-parser.ts';
import { reservedNames } from '../../../local/org/metadata/apex/reserved-names.ts';
import { headersByCase } from './apex-headers.ts';
import { recursivePatterns } from './apex-patterns.ts';

/**
 * What is wrong with the Apex classes below a folder, as `path:line:column: message`: what does not parse, names
 * that the compiler refuses, regular expressions that may overflow, and headers that are found by their case only.
 */
export function lintApex(folder: string): readonly string[] {
  return globSync('**/*.cls', { cwd: folder })
    .sort()
    .flatMap((path) =>
      problemsOf(readFileSync(join(folder, path), 'utf8')).map(
        ({ line, column, message }) => `${path}:${line}:${column}: ${message}`,
      ),
    );
}

function problemsOf(source: string) {
  const { problems, tree } = parseApex(source);
  if (problems.length > 0) return problems;
  return [...reservedNames(tree), ...recursivePatterns(tree), ...headersByCase(tree)];
}
