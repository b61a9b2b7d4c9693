/** What JavaScript's regular expressions do not have, or have with another meaning. */
const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/[*+?}]\+/, 'possessive quantifiers'],
  [/\(\?>/, 'atomic groups'],
  [/\\[AZzGQEhHRX]/, 'these escapes'],
  [/\[[^\]]*&&/, 'intersections of classes'],
  [
    /\\p\{(?!L\}|Lu\}|Ll\}|N\}|Nd\}|P\}|S\}|Z\}|Alpha\}|Digit\}|Alnum\}|Upper\}|Lower\}|Punct\}|Space\})/,
    'this property of characters',
  ],
];

const POSIX: Readonly<Record<string, string>> = {
  Alpha: 'a-zA-Z',
  Digit: '0-9',
  Alnum: 'a-zA-Z0-9',
  Upper: 'A-Z',
  Lower: 'a-z',
  Punct: '!-\\/:-@\\[-`{-~',
  Space: ' \\t\\n\\x0B\\f\\r',
};

const known = new Map<string, RegExp>();

/** What of a pattern of Java's is not taken; undefined where all is. */
export const foreignIn = (pattern: string): string | undefined =>
  FOREIGN.find(([sign]) => sign.test(pattern))?.[1];

/**
 * A pattern of Java's as one of JavaScript.
 * @throws SyntaxError for what is no pattern
 */
export function javaPattern(pattern: string, flags = 'g', isWhole = false): RegExp {
  const key = `${flags}${isWhole ? '^' : ''}:${pattern}`;
  const found = known.get(key);
  if (found) {
    found.lastIndex = 0;
    return found;
  }
  const [, letters = ''] = /^\(\?([ims]+)\)/.exec(pattern) ?? [];
  const body = letters === '' ? pattern : pattern.slice(letters.length + 3);
  const posix = body.replace(/\\p\{(\w+)\}/g, (whole, name: string) => {
    const set = POSIX[name];
    return set === undefined ? whole : `[${set}]`;
  });
  const usesProperties = /\\p\{/.test(posix);
  const made = new RegExp(
    isWhole ? `^(?:${posix})$` : posix,
    flags + letters + (usesProperties ? 'u' : ''),
  );
  if (known.size > 500) known.clear();
  known.set(key, made);
  return made;
}

/** A replacement of Java's, in which `\` takes the next sign as it is. */
export function javaReplacement(text: string, match: readonly (string | undefined)[]): string {
  return text.replace(/\\([^])|\$(\d)/g, (_, escaped?: string, group?: string) =>
    escaped === undefined ? (match[Number(group)] ?? '') : escaped,
  );
}
