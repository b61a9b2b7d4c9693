import { strFromU8 } from 'fflate';
import { expect, it } from 'vitest';
import { parseApex } from '../apex-parser.ts';

const utf16 = (text: string, mark: string): Buffer => Buffer.from(mark + text, 'utf16le');
const code = 'public class A { }';

it.each([
  ['with its mark', utf16(code, '\uFEFF')],
  ['without', utf16(code, '')],
  ['with the high byte first', utf16(code, '\uFEFF').swap16()],
  ['with the high byte first, without its mark', utf16(code, '').swap16()],
])('code in UTF-16 is refused by its encoding: %s', (_name, bytes) => {
  expect(parseApex(strFromU8(bytes)).problems).toEqual([
    { line: 1, column: 1, message: 'The file is encoded as UTF-16; save it as UTF-8.' },
  ]);
});

it('a NUL is refused where it stands, in a text too', () => {
  expect(parseApex("public class A {\n  String s = 'a\0b';\n}").problems).toEqual([
    {
      line: 2,
      column: 16,
      message: 'The file holds a character that code does not have: NUL (U+0000).',
    },
  ]);
});
