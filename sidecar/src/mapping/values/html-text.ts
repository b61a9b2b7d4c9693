/** Names of the characters 160 to 255, in order. */
const LATIN =
  'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 ' +
  'acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde ' +
  'Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute ' +
  'Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde ' +
  'auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ' +
  'ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

/** The other names that WordPress, its editors and people who type entities use. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ...Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    ndash: '–',
    mdash: '—',
    lsquo: '‘',
    rsquo: '’',
    sbquo: '‚',
    ldquo: '“',
    rdquo: '”',
    bdquo: '„',
    lsaquo: '‹',
    rsaquo: '›',
    hellip: '…',
    bull: '•',
    prime: '′',
    Prime: '″',
    dagger: '†',
    Dagger: '‡',
    permil: '‰',
    euro: '€',
    trade: '™',
    minus: '−',
    larr: '←',
    uarr: '↑',
    rarr: '→',
    darr: '↓',
    harr: '↔',
    ne: '≠',
    le: '≤',
    ge: '≥',
    asymp: '≈',
    infin: '∞',
    ensp: '\u2002',
    emsp: '\u2003',
    thinsp: '\u2009',
    zwnj: '\u200c',
    zwj: '\u200d',
    OElig: 'Œ',
    oelig: 'œ',
    Scaron: 'Š',
    scaron: 'š',
    Yuml: 'Ÿ',
    circ: 'ˆ',
    tilde: '˜',
    fnof: 'ƒ',
    hearts: '♥',
    check: '✓',
  }),
  ...LATIN.split(' ').map((name, at) => [name, String.fromCharCode(160 + at)] as const),
]);

const ENTITY = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z]\w{1,7}));/g;

/** Decodes HTML entities once. What is no entity, or one that it does not know, stays as it is. */
export function decodeEntities(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(
    ENTITY,
    (whole, dec?: string, hex?: string, name?: string) =>
      (name === undefined ? character(Number(dec ?? `0x${hex ?? ''}`)) : NAMED.get(name)) ?? whole,
  );
}

/** The opposite of {@link decodeEntities}: a text as plain HTML that shows it. */
export function encodeEntities(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function character(code: number): string | undefined {
  const valid = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
  return valid ? String.fromCodePoint(code) : undefined;
}

/** Openings of what a browser does not show; each hides what follows up to its end. */
const HIDDEN = /<!--|<(script|style)\b/gi;
const LINE_BREAK = /<(?:br|\/p|\/div|\/li|\/h[1-6]|\/tr)\b[^<>]*>/gi;
const TAG = /<\/?[a-z][^<>]*>/gi;

/** The text of a piece of HTML: blocks become lines, tags go, entities are decoded. */
export function plainText(html: string): string {
  const bare = shown(html).replace(LINE_BREAK, '\n').replace(TAG, '');
  return decodeEntities(bare)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Leaves out comments, scripts and styles. One pass, since a hostile text could hold many openings. */
function shown(html: string): string {
  const lower = html.toLowerCase();
  let kept = '';
  let from = 0;
  for (const { 0: opening, 1: tag, index } of lower.matchAll(HIDDEN)) {
    if (index < from) continue;
    kept += html.slice(from, index);
    const end = lower.indexOf(tag ? `</${tag}` : '-->', index + opening.length);
    // The rest of a closing tag, `>`, goes with the tags.
    if (end < 0) return kept;
    from = tag ? end : end + '-->'.length;
  }
  return kept + html.slice(from);
}

const GRAPHEMES = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Cuts a text to the length of a field, counted in UTF-16 units as the strictest reading of Salesforce's
 * limit, without splitting what is read as one character: an emoji of several parts, a letter and its
 * accent. One that is longer than the field is split, but never within a code point.
 */
export function truncate(value: string, length: number): string {
  if (value.length <= length) return value;
  const start = GRAPHEMES.segment(value).containing(length)?.index ?? 0;
  if (start > 0) return value.slice(0, start).trimEnd();
  const last = value.charCodeAt(length - 1);
  const splits = last >= 0xd800 && last <= 0xdbff;
  return value.slice(0, splits ? length - 1 : length).trimEnd();
}
