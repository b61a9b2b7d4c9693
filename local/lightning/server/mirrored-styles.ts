/*
 * An org whose language is read from right to left gets the styles of SLDS with their sides exchanged ("CSS for RTL
 * Languages" of the Aura guide has the list). Here sides become those of the text instead, which follow `dir` of the page,
 * and are left and right as before in a page that is read from left to right.
 */

const PROPERTIES: Readonly<Record<string, string>> = {
  left: 'inset-inline-start',
  right: 'inset-inline-end',
  'border-top-left-radius': 'border-start-start-radius',
  'border-top-right-radius': 'border-start-end-radius',
  'border-bottom-left-radius': 'border-end-start-radius',
  'border-bottom-right-radius': 'border-end-end-radius',
};

const sideOf = (side: string | undefined): string => (side === 'left' ? 'start' : 'end');

function propertyOf(property: string): string {
  const known = PROPERTIES[property];
  if (known !== undefined) return known;
  const [, box, side, rest = ''] =
    /^(margin|padding|border)-(left|right)(-\w+)?$/.exec(property) ?? [];
  return box === undefined ? property : `${box}-inline-${sideOf(side)}${rest}`;
}

/** Of `text-align`, `float` and `clear`. */
function keywordOf(property: string, value: string): string {
  const side = /^(left|right)\b/.exec(value)?.[1];
  if (side === undefined) return value;
  const logical = property === 'text-align' ? sideOf(side) : `inline-${sideOf(side)}`;
  return logical + value.slice(side.length);
}

/** Words of a value; what stands in brackets is one. */
const wordsOf = (value: string): readonly string[] =>
  value.match(/(?:[^\s()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))+/g) ?? [];

/** A value of all four sides, such as `margin: 0 1px 0 2px`; null where left and right have the same. */
function sidesOf(property: string, value: string): string | null {
  const important = /\s*!important$/.exec(value)?.[0] ?? '';
  const words = wordsOf(value.slice(0, value.length - important.length));
  const [top, right, bottom, left] = words;
  if (words.length !== 4 || right === left) return null;
  const [box, rest = ''] = property.split(/(?=-)/);
  return `${box}-block${rest}:${top} ${bottom}${important};${box}-inline${rest}:${left} ${right}${important}`;
}

/** Of four corners, as `border-radius: 0 1px 1px 0` has them; null where left and right have the same. */
function cornersOf(value: string): string | null {
  const important = /\s*!important$/.exec(value)?.[0] ?? '';
  const words = wordsOf(value.slice(0, value.length - important.length));
  if (words.length !== 4 || words.includes('/')) return null;
  const corners = ['start-start', 'start-end', 'end-end', 'end-start'];
  return corners
    .map((corner, at) => `border-${corner}-radius:${words[at] ?? ''}${important}`)
    .join(';');
}

function declared(property: string, value: string): string {
  if (/^(text-align|float|clear)$/.test(property))
    return `${property}:${keywordOf(property, value)}`;
  if (/^(margin|padding|border-(width|color|style))$/.test(property))
    return sidesOf(property, value) ?? `${property}:${value}`;
  if (property === 'border-radius') return cornersOf(value) ?? `${property}:${value}`;
  return `${propertyOf(property)}:${value}`;
}

/** @param styles CSS, of which each declaration is left as it is that has no side */
export function mirrored(styles: string): string {
  const sided =
    /(?<=[;{]\s*)((?:(?:margin|padding|border)(?:-[a-z]+)*)|left|right|text-align|float|clear):\s*([^;{}]*)(?=[;}])/g;
  return styles.replaceAll(sided, (_all, property: string, value: string) =>
    declared(property, value.trim()),
  );
}
