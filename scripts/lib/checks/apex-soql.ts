import { createRequire } from 'node:module';
import type * as apexParser from '@apexdevtools/apex-parser';

// Node and vitest disagree on which build of this package an import gives.
const { ApexParserBaseListener, ApexParserFactory, ApexParseTreeWalker } = createRequire(
  import.meta.url,
)('@apexdevtools/apex-parser') as typeof apexParser;

/** A query that stands in Apex code. */
export interface ApexQuery {
  readonly line: number;
  /** With a value of its kind in place of each expression of the class. */
  readonly soql: string;
}

interface Piece {
  readonly from: number;
  readonly to: number;
}

/** Whose rights count; Apex alone has it. */
const ACCESS_MODE = /\bWITH\s+(?:SYSTEM|USER)_MODE\b/i;

/** The queries within square brackets of a class. */
export function queriesOf(source: string): readonly ApexQuery[] {
  const found: { query: Piece; line: number; bound: Piece[] }[] = [];
  class Listener extends ApexParserBaseListener {
    enterQuery({ start, stop }: apexParser.QueryContext): void {
      const query = { from: start.start, to: (stop ?? start).stop + 1 };
      found.push({ query, line: start.line, bound: [] });
    }

    enterBoundExpression({ start, stop }: apexParser.BoundExpressionContext): void {
      const piece = { from: start.start, to: (stop ?? start).stop + 1 };
      found.at(-1)?.bound.push(piece);
    }
  }
  const tree = ApexParserFactory.createParser(source).compilationUnit();
  ApexParseTreeWalker.DEFAULT.walk(new Listener(), tree);
  return found.map(({ query, line, bound }) => ({ line, soql: withValues(source, query, bound) }));
}

function withValues(source: string, { from, to }: Piece, bound: readonly Piece[]): string {
  let soql = '';
  let at = from;
  for (const piece of bound) {
    const before = source.slice(at, piece.from);
    soql += before + valueAfter(before);
    at = piece.to;
  }
  return (soql + source.slice(at, to)).replace(ACCESS_MODE, '');
}

/** What can stand where Apex has an expression; null fits fields of any type. */
function valueAfter(text: string): string {
  if (/\bIN\s*$/i.test(text)) return '(null)';
  if (/\b(?:LIMIT|OFFSET)\s*$/i.test(text)) return '1';
  return /\bLIKE\s*$/i.test(text) ? "'x'" : 'null';
}
