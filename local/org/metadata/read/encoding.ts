import type { Problem } from '../xml/read-typed.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** How many bytes a character has that begins with this one; none where no character does. */
function sizeOf(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

const continues = (byte = 0): boolean => (byte & 0xc0) === 0x80;

/** Where bytes are no UTF-8, in the words of the parser that Salesforce reads its XML with; undefined where all are. */
export function encodingProblem(bytes: Uint8Array): Problem | undefined {
  if (isUtf8(bytes)) return undefined;
  let line = 1;
  let column = 1;
  for (let at = 0; at < bytes.length;) {
    const size = sizeOf(bytes[at] ?? 0);
    const one = bytes.subarray(at, at + size);
    if (size === 0) return { message: 'Invalid byte 1 of 1-byte UTF-8 sequence.', line, column };
    if (size > 1 && (one.length < size || !isUtf8(one))) {
      const wrong = Array.from({ length: size - 1 }).findIndex(
        (_, more) => !continues(one[more + 1]),
      );
      const message = `Invalid byte ${Math.max(wrong, 0) + 2} of ${size}-byte UTF-8 sequence.`;
      return { message, line, column };
    }
    const isEnd = one[0] === 0x0a;
    line += isEnd ? 1 : 0;
    column = isEnd ? 1 : column + 1;
    at += size;
  }
  return undefined;
}
