import { compileProgram, type Compiled, type Unit } from './compile/program.ts';
import { DiskCache } from './disk-cache.ts';
import {
  ANONYMOUS,
  isTriggerClass,
  parseAnonymous,
  parseClass,
  parseTrigger,
} from './parse/declarations.ts';
import { Refusal } from './parse/refusal.ts';
import type { ClassDeclaration, Place } from './parse/tree.ts';
import { RecordTypes, type ObjectSource } from './symbols/records.ts';

/** A class or a trigger as it was deployed. */
export interface Source {
  /** Of a trigger, with `trigger ` before it. */
  readonly name: string;
  readonly content: string;
}

type Parsed =
  | { readonly declared: ClassDeclaration }
  | { readonly refused: { readonly at: Place; readonly message: string } };

const parsed = new DiskCache<Parsed>('tree');
const programs = new DiskCache<Compiled>('program');

const TOO_DEEP = 'NOT_EMULATED: the local org does not parse code of this depth.';

/** Whether JavaScript's own stack has ended. */
const isTooDeep = (error: unknown): boolean =>
  error instanceof RangeError && /call stack/i.test(error.message);

/** The tree of anonymous code, or why it has none. */
function anonymousUnit(source: string): Unit {
  try {
    return { name: ANONYMOUS.className, declared: parseAnonymous(source) };
  } catch (error) {
    if (error instanceof Refusal) return { name: ANONYMOUS.className, declared: error };
    if (isTooDeep(error)) {
      const declared = new Refusal({ line: 1, column: 1 }, TOO_DEEP);
      return { name: ANONYMOUS.className, declared };
    }
    throw error;
  }
}

function parsedOf({ name, content }: Source): Parsed {
  const at = { line: 1, column: 1 };
  try {
    return { declared: isTriggerClass(name) ? parseTrigger(content) : parseClass(content) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: { at: error.at, message: error.message } };
    if (isTooDeep(error)) return { refused: { at, message: TOO_DEEP } };
    throw error;
  }
}

/** The tree of a source, or why it has none. */
function unitOf(source: Source): Unit {
  const { name, content } = source;
  const kind = isTriggerClass(name) ? 'trigger ' : '';
  const found = parsed.get(kind + content, () => parsedOf(source));
  const declared =
    'declared' in found ? found.declared : new Refusal(found.refused.at, found.refused.message);
  return { name, declared };
}

/**
 * Compiles all Apex of an org. Sources that were compiled before are not compiled again, in this process or another, as
 * long as the objects have the fields that they use.
 */
export function compileApex(sources: readonly Source[], objects: ObjectSource): Compiled {
  const sorted = sources.toSorted((one, two) => (one.name < two.name ? -1 : 1));
  const text = sorted.map(({ name, content }) => `${name}\n${content}`).join('\0');
  return programs.get(
    text,
    () => compileProgram(sorted.map(unitOf), objects),
    ({ program }) => new RecordTypes(objects).hold(program.schema),
  );
}

/** Compiles anonymous code together with the Apex of an org; it is not kept. */
export function compileAnonymous(
  code: string,
  sources: readonly Source[],
  objects: ObjectSource,
): Compiled {
  return compileProgram([...sources.map(unitOf), anonymousUnit(code)], objects);
}
