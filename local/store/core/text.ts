/** The HTML that WordPress leaves in a post's text; other tags go, what is between them stays. */
const kept = new Set(
  (
    'a abbr b blockquote br caption cite code del div em figure figcaption h1 h2 h3 h4 h5 h6 hr i img ' +
    'ins li ol p pre q s small span strong sub sup table tbody td tfoot th thead tr u ul'
  ).split(' '),
);

const tag = /<\s*\/?\s*([a-zA-Z][a-zA-Z0-9-]*)([^>]*)>/g;

/** HTML as the shop stores it: only harmless tags, and every other `&`, `<` and `>` as an entity. */
export function filteredHtml(text: string): string {
  let out = '';
  let last = 0;
  for (const match of text.matchAll(tag)) {
    out += escaped(text.slice(last, match.index));
    out += kept.has((match[1] ?? '').toLowerCase()) ? withoutHandlers(match[0]) : '';
    last = match.index + match[0].length;
  }
  return out + escaped(text.slice(last));
}

function withoutHandlers(html: string): string {
  return html.replace(/\s(on\w+|style)\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '');
}

function escaped(text: string): string {
  return text
    .replace(/&(?!(?:[a-zA-Z][a-zA-Z0-9]*|#\d+|#x[0-9a-fA-F]+);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** One line of plain text: tags go, scripts with what is in them; runs of blanks become one. */
export function plainLine(text: string): string {
  return text
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gis, '')
    .replace(/<[^\s>][^>]*>/g, '')
    .replace(/[\r\n\t ]+/g, ' ')
    .trim();
}

/** A name as the address of its page: `Café & Co` is `cafe-co`. Letters beyond ASCII stay. */
export function slugOf(name: string): string {
  return name
    .replace(tag, '')
    .normalize('NFD')
    .replace(/(?<=[a-zA-Z])[\u0300-\u036f]+/g, '')
    .normalize('NFC')
    .replaceAll('ß', 's')
    .toLowerCase()
    .replace(/&[^\s;]+;/g, '')
    .replaceAll('.', '-')
    .replace(/[!-,/:-@[-^`{-~\u2018-\u201f\u200b-\u200d]/g, '')
    .replace(/[\s-]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** A slug as it stands in addresses: beyond ASCII percent-encoded in lower case. */
export function encodedSlug(slug: string): string {
  return encodeURIComponent(slug).toLowerCase();
}

/** A stored text as the shop's page shows it: paragraphs, and curly quotes where the theme curls them. */
export function pageHtml(text: string, curly: boolean): string {
  if (text === '') {
    return '';
  }
  return text
    .split(/\n\s*\n/)
    .map((part) => part.replace(/^\n+|\n+$/g, ''))
    .filter((part) => part.trim() !== '')
    .map((part) => (curly ? texturized(part) : part))
    .map((part) =>
      /^\s*<(p|div|ul|ol|h[1-6]|table|blockquote|pre|hr)\b/i.test(part)
        ? `${part}\n`
        : `<p>${part.replaceAll('\n', '<br />\n')}</p>\n`,
    )
    .join('');
}

/** HTML with curly quotes and entities, as WordPress' theme functions show titles and texts. */
export function texturized(html: string): string {
  return html
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : curled(part)))
    .join('');
}

function curled(text: string): string {
  return text
    .replace(/(^|[\s([])"/g, '$1&#8220;')
    .replaceAll('"', '&#8221;')
    .replace(/(^|[\s([])'/g, '$1&#8216;')
    .replaceAll("'", '&#8217;')
    .replace(/&(?!(?:[a-zA-Z]+|#\d+);)/g, '&#038;');
}
