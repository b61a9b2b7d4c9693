import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { CodedError } from '../errors/coded-error.ts';
import { parseCase, type GoldenCase } from '../diagnostics/golden/case.ts';

export interface GoldenFile {
  /** As the person who runs the command sees it. */
  readonly path: string;
  readonly golden: GoldenCase;
}

/**
 * The golden orders of a folder, by name.
 * @throws CodedError `GOLDEN_NONE` where there are none, `GOLDEN_INVALID` where one is not readable
 */
export function readGoldenFiles(dir: string): GoldenFile[] {
  const names = existsSync(dir) ? readdirSync(dir).filter((name) => name.endsWith('.json')) : [];
  if (names.length === 0) {
    throw new CodedError(
      'GOLDEN_NONE',
      `There are no golden orders in ${dir}.`,
      "Record one (woo-salesforce test --record main order 1042), run the command in the project's folder, or name another with --dir.",
    );
  }
  return names.sort().map((name) => {
    const path = join(dir, name);
    return { path, golden: parseCase(path, readFileSync(path, 'utf8')) };
  });
}

/** @throws CodedError `GOLDEN_EXISTS` where the file is there and may not be replaced */
export function writeGoldenFile(path: string, golden: GoldenCase, replace: boolean): void {
  if (existsSync(path) && !replace) {
    throw new CodedError(
      'GOLDEN_EXISTS',
      `${path} is there already.`,
      'Give another name with --name, or replace it with --update.',
    );
  }
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, `${JSON.stringify(golden, null, 2)}\n`);
}
