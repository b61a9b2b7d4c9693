import { describe, expect, it } from 'vitest';

import { ANYWHERE, screenOf, tableText } from '../../../src/cli/output/table.ts';
import type { Terminal } from '../../../src/cli/output/terminal.ts';

const HEAD = ['Mapping', 'In Salesforce as', 'New', 'Note'];
const ROWS = [
  ['Orders', 'Woo_Order__c', 3, 'late'],
  ['Products', 'Product2', 0, ''],
];

describe('a table', () => {
  it('stands as such where it fits', () => {
    expect(tableText(HEAD, ROWS, { columns: 80, isAscii: false }, 2)).toContain('│ Orders ');
    expect(tableText(HEAD, ROWS, ANYWHERE, 2)).toContain('│ Orders ');
  });

  it('is a list where the terminal is too narrow, and then no line is cut', () => {
    expect(tableText(HEAD, ROWS, { columns: 40, isAscii: false }, 2)).toBe(
      'Orders > Woo_Order__c\n  New 3, Note late\nProducts > Product2\n  New 0',
    );
  });

  it('is drawn with what every terminal knows, where the locale has no UTF-8', () => {
    const text = tableText(HEAD, ROWS, { columns: 80, isAscii: true }, 2);
    expect(text).toContain('| Orders ');
    expect(Buffer.from(text).length).toBe(text.length);
  });
});

describe('the locale', () => {
  const terminal = { columns: 60 } as Terminal;
  it.each([
    [{ LANG: 'C' }, true],
    [{ LANG: 'C.UTF-8' }, false],
    [{ LANG: 'ja_JP.utf8' }, false],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, true],
    [{ LANG: 'C', LC_ALL: '', LC_CTYPE: 'en_US.UTF-8' }, false],
    [{}, false],
  ])('%j draws with ASCII: %s', (env, isAscii) => {
    expect(screenOf(terminal, env)).toEqual({ columns: 60, isAscii });
  });
});
