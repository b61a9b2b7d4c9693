import { createRequire } from 'node:module';
import type * as apexParser from '@apexdevtools/apex-parser';
import { Refusal } from './refusal.ts';
import type { Place, TypeName } from './tree.ts';

/** Half a tenth of a second to load; an org whose classes are compiled already goes without. */
const load = createRequire(import.meta.url);

interface Positioned {
  readonly start: { readonly line: number; readonly column: number };
}

export const placeOf = ({ start }: Positioned): Place => ({
  line: start.line,
  column: start.column + 1,
});

/** antlr4 gives null for what is not there, which its types do not say. */
export const maybe = <T>(found: T | null): T | undefined => found ?? undefined;

/** Characters that code has at most, and brackets inside each other: the parser takes minutes for thousands of them. */
const MOST_CHARACTERS = 1_000_000;
const MOST_NESTED = 500;

/** Brackets inside each other, those in texts and comments left out. */
function nestingOf(source: string): number {
  const code = source.replace(/\/\*[^]*?\*\/|\/\/.*|'(?:[^'\\\n]|\\.)*'/g, '');
  let [depth, most] = [0, 0];
  for (const sign of code) {
    if ('([{'.includes(sign)) most = Math.max(most, ++depth);
    else if (')]}'.includes(sign)) depth--;
  }
  return most;
}

function requireSmall(source: string): void {
  const at = { line: 1, column: 1 };
  if (source.length > MOST_CHARACTERS) {
    throw new Refusal(
      at,
      `The code has ${source.length} characters, more than ${MOST_CHARACTERS}.`,
    );
  }
  if (nestingOf(source) > MOST_NESTED) {
    throw new Refusal(
      at,
      `NOT_EMULATED: the local org does not run more than ${MOST_NESTED} brackets inside each other.`,
    );
  }
}

/** @throws Refusal at the first place that does not parse */
export function parserOf(source: string): apexParser.ApexParser {
  requireSmall(source);
  const { ApexErrorListener, ApexParserFactory } = load(
    '@apexdevtools/apex-parser',
  ) as typeof apexParser;
  class Listener extends ApexErrorListener {
    apexSyntaxError(line: number, column: number, message: string): void {
      throw new Refusal({ line, column: column + 1 }, message);
    }
  }
  return ApexParserFactory.createLexerAndParser(source, new Listener()).parser;
}

/** Arrays are lists: `String[][]` is `List<List<String>>`. */
export function typeNameOf(type: apexParser.TypeRefContext): TypeName {
  const at = placeOf(type);
  const parts = type.typeName_list();
  const last = parts.at(-1);
  const args = last && maybe(last.typeArguments());
  const name = parts
    .map((one) => {
      const inner = maybe(one.typeArguments());
      const text = one.getText();
      return inner ? text.slice(0, text.length - inner.getText().length) : text;
    })
    .join('.');
  let found: TypeName = {
    at,
    name,
    args: args ? args.typeList().typeRef_list().map(typeNameOf) : [],
  };
  const depth = (maybe(type.arraySubscripts())?.getText().length ?? 0) / 2;
  for (let level = 0; level < depth; level++) found = { at, name: 'List', args: [found] };
  return found;
}

/** The type behind `new`, without what stands in brackets. */
export function createdTypeOf(created: apexParser.CreatedNameContext): TypeName {
  const pairs = created.idCreatedNamePair_list();
  const args = pairs.flatMap((one) => maybe(one.typeList())?.typeRef_list().map(typeNameOf) ?? []);
  const name = pairs.map((one) => one.anyId().getText()).join('.');
  return { at: placeOf(created), name, args };
}
