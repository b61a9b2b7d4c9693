import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { z } from 'zod';
import { memoised } from '../../lib/memoised.ts';
import type { Problem } from '../xml/read-typed.ts';
import type { BundleFile } from './bundle.ts';

/** What is used of `lwc/compiler`, whose own declarations lack it. */
interface Compiler {
  transformSync(
    source: string,
    fileName: string,
    options: {
      readonly name: string;
      readonly namespace: string;
      readonly apiVersion: number;
      readonly scopedStyles: boolean;
      readonly enableDynamicComponents: boolean;
      readonly enableLwcOn: boolean;
    },
  ): unknown;
}

/** The compiler takes a third of a second to load; an org without components goes without. */
const load = createRequire(import.meta.url);
const compiler = (): Compiler => load('lwc/compiler') as Compiler;

interface CompilerFault {
  readonly message: string;
  readonly location?: { readonly line: number; readonly column: number };
}

const isFault = (error: unknown): error is CompilerFault =>
  error instanceof Error && error.name !== 'TypeError' && 'location' in error;

/** The sentence alone, without the piece of source and the folder that this org runs in. */
const sentenceOf = (message: string): string =>
  (message.split('\n')[0] ?? '').replaceAll(process.cwd() + sep, '').trim();

/** Babel counts columns from 0, the compilers of templates and styles from 1. */
const firstColumn: Readonly<Record<string, number>> = { js: 0 };

const compiled = ['js', 'html', 'css'];

/**
 * An empty file for each source that compiled without a problem: most come again unchanged with the next deploy, and in
 * the next process.
 */
const sound = join(import.meta.dirname, '../../../../node_modules/.cache/local-org/compiled');

/** Of the compiler: another one may find other problems. */
const version = memoised((compilerPath) => {
  const file = join(compilerPath, '../package.json');
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
});

/** Where nothing can be written, it is compiled again. */
function remember(key: string): void {
  try {
    mkdirSync(sound, { recursive: true });
    writeFileSync(join(sound, key), '');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}

/**
 * What the compiler of the platform's own release says of a file.
 * @param apiVersion of the component, such as 66
 */
export function compileProblems(name: string, file: BundleFile, apiVersion: number): Problem[] {
  if (!compiled.includes(file.extension)) return [];
  const key = hash(
    'sha256',
    JSON.stringify([
      version(load.resolve('lwc/compiler')),
      name,
      file.path,
      apiVersion,
      file.source,
    ]),
  );
  if (existsSync(join(sound, key))) return [];
  const problems = compile(name, file, apiVersion);
  if (problems.length === 0) remember(key);
  return problems;
}

function compile(name: string, file: BundleFile, apiVersion: number): Problem[] {
  const { path, extension, source } = file;
  const fileName = path.slice(`lwc/${name}/`.length);
  try {
    compiler().transformSync(source, fileName, {
      name,
      namespace: 'c',
      apiVersion,
      scopedStyles: fileName.endsWith('.scoped.css'),
      enableDynamicComponents: true,
      enableLwcOn: true,
    });
    return [];
  } catch (error) {
    if (!isFault(error)) throw error;
    const { line = 1, column = 1 } = error.location ?? {};
    const start = firstColumn[extension] ?? 1;
    return [
      { message: sentenceOf(error.message), line, column: column + 1 - start, fileName: path },
    ];
  }
}
