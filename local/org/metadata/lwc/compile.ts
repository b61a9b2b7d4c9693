import { hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { sep } from 'node:path';
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

/** Files that compiled without a problem; most come again unchanged with the next deploy. */
const sound = new Set<string>();
/** A few times what a project has. */
const MOST_SOUND = 1_000;

/**
 * What the compiler of the platform's own release says of a file.
 * @param apiVersion of the component, such as 66
 */
export function compileProblems(name: string, file: BundleFile, apiVersion: number): Problem[] {
  if (!compiled.includes(file.extension)) return [];
  const key = hash('sha256', JSON.stringify([name, file.path, apiVersion, file.source]));
  if (sound.has(key)) return [];
  const problems = compile(name, file, apiVersion);
  if (problems.length > 0) return problems;
  if (sound.size >= MOST_SOUND) sound.clear();
  sound.add(key);
  return [];
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
