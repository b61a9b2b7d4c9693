import { quoted } from '../model/refusal.ts';

/** A line of a value table: a value of the shop, and what stands for it in Salesforce. */
export interface TableLine {
  /** From 1. */
  readonly number: number;
  readonly shop: string;
  readonly salesforce: string;
}

/** The lines of a table, and what is wrong with the others. */
export interface ParsedTable {
  readonly lines: readonly TableLine[];
  /** The rest of sentences: `line 2, "draft", has no equals sign`. */
  readonly wrong: readonly string[];
}

/** Reads a table as the admin wrote it: a line such as `processing = In progress` for each value. Blank ones pass. */
export function parseTable(text: string): ParsedTable {
  const lines: TableLine[] = [];
  const wrong: string[] = [];
  const taken = new Map<string, number>();
  for (const [at, line] of text.split(/\r\n?|\n/).entries()) {
    if (line.trim() === '') continue;
    const number = at + 1;
    const pair = pairOf(line);
    const said = typeof pair === 'string' ? pair : twice(taken.get(folded(pair.shop)));
    if (typeof pair === 'string' || said !== null) {
      wrong.push(`line ${number}, ${quoted(line.trim())}, ${said}`);
      continue;
    }
    taken.set(folded(pair.shop), number);
    lines.push({ number, ...pair });
  }
  return { lines, wrong };
}

/** Values are the same whatever their case, as conditions have it. */
export function folded(value: string): string {
  return value.toLowerCase();
}

function twice(first: number | undefined): string | null {
  return first === undefined ? null : `names the value of line ${first} again`;
}

/** A value may have equals signs in it where the one between the values has blanks around it. */
function pairOf(line: string): Pick<TableLine, 'shop' | 'salesforce'> | string {
  const spaced = line.indexOf(' = ');
  const at = spaced === -1 ? line.indexOf('=') : spaced + 1;
  if (at === -1) return 'has no equals sign';
  const [shop, salesforce] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  if (shop === '') return 'has nothing before the equals sign';
  return salesforce === '' ? 'has nothing after the equals sign' : { shop, salesforce };
}
