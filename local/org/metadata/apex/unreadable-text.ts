import type { ApexProblem } from './apex-problem.ts';

/** UTF-16 as it comes out of a reader of UTF-8: its mark is two bytes that UTF-8 does not have, and each letter has a NUL. */
const UTF_16 = /^(?:\uFFFD\uFFFD|[^\0]\0[^\0]\0|\0[^\0]\0[^\0])/;

/** Why a text cannot be code, before its syntax: how its file is encoded. */
export function unreadableText(source: string): ApexProblem | undefined {
  const at = source.indexOf('\0');
  if (at < 0) return undefined;
  if (UTF_16.test(source)) {
    return { line: 1, column: 1, message: 'The file is encoded as UTF-16; save it as UTF-8.' };
  }
  const lines = source.slice(0, at).split('\n');
  return {
    line: lines.length,
    column: (lines.at(-1) ?? '').length + 1,
    message: 'The file holds a character that code does not have: NUL (U+0000).',
  };
}
