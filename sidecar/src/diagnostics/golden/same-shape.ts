/** Letters to choose from, by what tells them apart: a stand-in stays in its original's script. */
const POOLS: readonly (readonly [RegExp, string])[] = [
  [/[aeiou]/, 'aeiou'],
  [/[a-z]/, 'bcdfghklmnprstvw'],
  [/\p{Script=Latin}/u, 'áéíóúñçöüåøšžîêàäæ'],
  [/\p{Script=Cyrillic}/u, 'авгдиклмнопрстуя'],
  [/\p{Script=Greek}/u, 'αβγδεικλμνορστω'],
  [/\p{Script=Han}/u, '山川田中森林海空花木星石'],
  [/\p{Script=Hiragana}/u, 'あいうえおかきさたなまら'],
  [/\p{Script=Katakana}/u, 'アイウエオカキサタナマラ'],
  [/\p{Script=Hangul}/u, '가나다라마바사아자차카하'],
  [/\p{Script=Arabic}/u, 'ابتجدرسعفقكلمنهوي'],
  [/\p{Script=Hebrew}/u, 'אבגדהוזחטיכלמנסע'],
  [/\p{Script=Thai}/u, 'กขคงจชดตนบปมยรลว'],
  [/\p{Script=Devanagari}/u, 'अकगचजटडतदनपबमरलस'],
];

/** Markup that decides how a text is read, so it stays: entities, and the names of tags. */
const MARKUP = /(&(?:#\d+|#x[\da-f]+|[a-z]\w*);|<\/?[a-z][a-z\d]*|<!--|-->)/i;

/**
 * A text of the same shape: as long, letters for letters of the same script and case, digits for digits; blanks,
 * punctuation, emoji and HTML entities stay. Nothing of it is made from the original's letters.
 * @param seed different seeds give different texts
 */
export function sameShape(text: string, seed: number): string {
  const random = generator(seed);
  return text
    .split(MARKUP)
    .map((piece, at) => (at % 2 === 1 ? piece : shaped(piece, random)))
    .join('');
}

function shaped(text: string, random: () => number): string {
  let out = '';
  let inNumber = false;
  for (const char of text) {
    const isDigit = /\p{Nd}/u.test(char);
    if (isDigit) out += otherDigit(char, inNumber, random);
    else out += /\p{L}/u.test(char) ? otherLetter(char, random) : char;
    inNumber = isDigit;
  }
  return out;
}

/** A zero in front stays: numbers stay as long as they are, and 0.5 below 1. */
function otherDigit(char: string, inNumber: boolean, random: () => number): string {
  if (char === '0' && !inNumber) return char;
  if (!/\d/.test(char)) return neighbour(char, /\p{Nd}/u, '0');
  const others = '123456789'.replace(char, '');
  return others.charAt(Math.floor(random() * others.length));
}

function otherLetter(char: string, random: () => number): string {
  const lower = char.toLowerCase();
  const pool = POOLS.find(([script]) => script.test(lower))?.[1];
  if (pool === undefined) return neighbour(char, /\p{L}/u, 'x');
  const others = Array.from(pool).filter((letter) => letter !== lower);
  const chosen = others[Math.floor(random() * others.length)] ?? 'x';
  return char === lower ? chosen : chosen.toUpperCase();
}

/** The character beside it where that is of the same class. */
function neighbour(char: string, sort: RegExp, otherwise: string): string {
  const other = String.fromCodePoint((char.codePointAt(0) ?? 0) ^ 1);
  return sort.test(other) ? other : otherwise;
}

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
