/** What `slice` takes of a text, in code points; negative ones count from the end. */
interface Range {
  readonly from: number;
  /** The first one that is left out; null for the end. */
  readonly to: number | null;
}

const RANGE = /^\s*(-?\d+)\s*(?:,\s*(-?\d+)?\s*)?$/;

/** What the argument `from,to` says, such as `0,10`; null where it says nothing, or could only ever take nothing. */
function readRange(argument: string): Range | null {
  const [, start, end] = RANGE.exec(argument) ?? [];
  if (start === undefined) return null;
  const [from, to] = [Number(start), end === undefined ? null : Number(end)];
  if (to === null) return { from, to };
  const isEmpty = to === 0 || (from < 0 === to < 0 && from >= to);
  return isEmpty ? null : { from, to };
}

/** Takes a part of a text; null for an argument that names none. It takes as long as the part and what is before it. */
export function slicer(argument: string): ((text: string) => string) | null {
  const range = readRange(argument);
  if (range === null) return null;
  const { from, to } = range;
  return (text) => text.slice(unitAt(text, from), to === null ? undefined : unitAt(text, to));
}

/** Where a code point begins, in JavaScript's units, of which some characters have two. */
function unitAt(text: string, point: number): number {
  let at = point < 0 ? text.length : 0;
  for (let left = Math.abs(point); left > 0; left -= 1) {
    if (point < 0 ? at <= 0 : at >= text.length) break;
    if (point < 0) at -= isPair(text, at - 2) ? 2 : 1;
    else at += isPair(text, at) ? 2 : 1;
  }
  return at;
}

function isPair(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xff_ff;
}
