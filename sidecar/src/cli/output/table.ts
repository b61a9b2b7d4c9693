import Table from 'cli-table3';

import type { Terminal } from './terminal.ts';

/** What is known of where a table is shown. */
export interface Screen {
  /** Characters of a line; undefined where nobody looks, as in a file. */
  readonly columns: number | undefined;
  /** Lines are drawn with `+`, `-` and `|`: the terminal knows no others. */
  readonly isAscii: boolean;
}

/** Where nothing is known, lines may be of any length. */
export const ANYWHERE: Screen = { columns: undefined, isAscii: false };

const ASCII = {
  top: '-',
  'top-mid': '+',
  'top-left': '+',
  'top-right': '+',
  bottom: '-',
  'bottom-mid': '+',
  'bottom-left': '+',
  'bottom-right': '+',
  left: '|',
  'left-mid': '+',
  mid: '-',
  'mid-mid': '+',
  right: '|',
  'right-mid': '+',
  middle: '|',
};

/** The locale as POSIX reads it; one that is not set is no reason to doubt. */
export function screenOf(
  { columns }: Terminal,
  { LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv,
): Screen {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((one) => one !== undefined && one !== '');
  return { columns, isAscii: locale !== undefined && !/utf-?8/i.test(locale) };
}

type Cell = string | number;

/**
 * A table; on a screen that is too narrow for it, each row as lines of its own: the first cells as its title, the
 * others behind the names of their columns.
 * @param titles how many cells name the row
 */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { columns, isAscii }: Screen,
  titles: number,
  options: Table.TableConstructorOptions = {},
): string {
  const table = new Table({
    head: [...head],
    style: { head: [], border: [] },
    ...options,
    ...(isAscii ? { chars: ASCII } : {}),
  });
  for (const row of rows) table.push([...row]);
  const text = table.toString();
  const width = Math.max(...text.split('\n').map((line) => line.length));
  if (columns === undefined || width <= columns) return text;
  return rows.map((row) => listed(head, row, titles)).join('\n');
}

function listed(head: readonly string[], row: readonly Cell[], titles: number): string {
  const title = row.slice(0, titles).join(' > ');
  const values = row
    .slice(titles)
    .map((cell, at) => [head[titles + at], String(cell)])
    .filter(([, value]) => value !== '')
    .map(([name = '', value = '']) => `${name} ${value}`);
  return `${title}\n  ${values.join(', ')}`;
}
