import { nearest } from '../model/did-you-mean.ts';
import { quoted, Refusal } from '../model/refusal.ts';
import { decodeEntities, encodeEntities } from '../values/html-text.ts';
import { asSent, itself, type WooType } from './woo-type.ts';

/** The shop stores names with entities; they are decoded once where they are read. */
export const NAME: WooType = {
  from: 'text',
  same: itself,
  give: (value) => encodeEntities(asSent(value)),
  empty: new Refusal(
    'TO_WOO_EMPTY',
    'is empty, and each product of the shop has a name: enter one',
  ),
};

/** What WordPress leaves in the texts of posts; it takes out all other tags, and scripts with them. */
const KEPT = new Set(
  (
    'a abbr acronym address area article aside audio b bdo big blockquote br button caption cite code col ' +
    'colgroup dd del details dfn dialog div dl dt em fieldset figcaption figure font footer h1 h2 h3 h4 h5 h6 ' +
    'header hgroup hr i img ins kbd label legend li main map mark menu nav ol p pre q rb rp rt rtc ruby s samp ' +
    'section small span strike strong sub summary sup table tbody td textarea tfoot th thead title tr track tt ' +
    'u ul var video'
  ).split(' '),
);
const TAG = /<\s*\/?\s*([a-z][a-z\d-]*)[^<>]*>/gi;

/** Texts with HTML. The shop makes entities of what is none yet, so that both count as the same. */
export const HTML: WooType = {
  from: 'text',
  same: (value) => (typeof value === 'string' ? decodedWhole(value) : value),
  give: (value) => {
    const text = asSent(value);
    const dropped = [...text.matchAll(TAG)].find(
      ([, name]) => !KEPT.has(name?.toLowerCase() ?? ''),
    );
    if (dropped === undefined) return text;
    return new Refusal(
      'TO_WOO_FILTERED',
      `holds ${quoted(dropped[0])}, which the shop takes out: remove it, or write &lt; for a plain <`,
    );
  },
  empty: '',
};

function decodedWhole(value: string): string {
  const once = decodeEntities(value);
  return once === value ? value : decodeEntities(decodeEntities(once));
}

/** One line without tags, such as a SKU: the shop takes out what looks like one, and runs of blanks. */
export function line(longest: number): WooType {
  return {
    from: 'text',
    same: (value) => (typeof value === 'string' ? oneLine(value) : value),
    give: (value) => {
      const text = oneLine(asSent(value));
      if (text.length > longest) return tooLong(text, longest);
      const lost = /<|%[\da-f]{2}/i.exec(text);
      if (lost === null) return text;
      return new Refusal(
        'TO_WOO_FILTERED',
        `holds ${quoted(lost[0])}, which the shop takes out: remove it`,
      );
    },
    empty: '',
  };
}

function oneLine(value: string): string {
  return value.replace(/[\r\n\t ]+/g, ' ').trim();
}

function tooLong(text: string, longest: number): Refusal {
  const said = `has ${text.length} characters, and the shop takes ${longest}: shorten it`;
  return new Refusal('TO_WOO_TOO_LONG', said);
}

/** A text of a given form; anything else the shop would change without a word. */
export function formed(form: RegExp, longest: number, empty: unknown, advice: string): WooType {
  return {
    from: 'text',
    same: itself,
    give: (value) => {
      const text = asSent(value);
      if (text.length > longest) return tooLong(text, longest);
      return form.test(text) ? text : new Refusal('TO_WOO_FORM', `is ${quoted(text)}: ${advice}`);
    },
    empty,
  };
}

/** A tax class. The standard one has no name, and a variation may have that of its product. */
export const TAX_CLASS: WooType = {
  from: 'text',
  same: (value) => {
    const slug = asSent(value).toLowerCase().replace(/\s+/g, '-');
    return slug === 'standard' || slug === 'parent' ? null : slug;
  },
  give: (value, field) => TAX_CLASS.same(value, field) ?? '',
  empty: '',
};

/** One of few words, whatever its case. */
export function word(...words: readonly string[]): WooType {
  const known = `takes one of ${words.join(', ')}`;
  return {
    from: 'text',
    same: (value) => (typeof value === 'string' ? value.trim().toLowerCase() : value),
    give: (value) => {
      const text = asSent(value).toLowerCase();
      if (words.includes(text)) return text;
      const near = nearest(text, words);
      const meant = near === null ? '' : `; did you mean ${near}?`;
      return new Refusal('TO_WOO_WORD', `is ${quoted(value)}, and the shop ${known}${meant}`);
    },
    empty: new Refusal('TO_WOO_EMPTY', `is empty, and the shop ${known}`),
  };
}
