/** Why XML was not read. `doctype`: it brings a DTD, which nothing that we read has; `too_much`: see the caps. */
export type XmlFault = 'malformed' | 'doctype' | 'too_much';

/** XML that is refused. Quotes nothing of it. */
export class XmlRefused extends Error {
  readonly fault: XmlFault;

  constructor(fault: XmlFault, message: string) {
    super(message);
    this.name = 'XmlRefused';
    this.fault = fault;
  }
}

export function malformed(message: string): XmlRefused {
  return new XmlRefused('malformed', message);
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
/** What XML 1.0 does not allow, whatever stands around it; NUL among it, and so UTF-16 without a mark. */
const illegal = /[[\p{Cc}\ufffe\uffff]--[\t\n\r\u007f-\u009f]]/v;
// Blanks are bounded here and below: a pattern that runs over megabytes takes as much memory again.
const declaration =
  /^<\?xml\s{1,9}version\s?=\s?(["'])1\.\d\1(?:\s{1,9}encoding\s?=\s?(["'])([A-Za-z][\w.-]{0,40})\2)?(?:\s{1,9}standalone\s?=\s?(["'])(?:yes|no)\4)?\s{0,9}\?>/;

/**
 * The characters of a document in UTF-8, behind its byte order mark and its XML declaration.
 * @throws XmlRefused for any other encoding
 */
export function decodeXml(body: Buffer): string {
  const text = decode(body);
  if (illegal.test(text)) throw malformed('A character is not allowed in XML.');
  const found = declaration.exec(text);
  const encoding = found?.[3]?.toLowerCase() ?? 'utf-8';
  if (encoding !== 'utf-8' && encoding !== 'us-ascii')
    throw malformed('It says that it is in another encoding than UTF-8.');
  return text.slice(found?.[0].length ?? 0);
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw malformed('It is not in UTF-8.');
  }
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/**
 * Text with its references put in place: the five that XML knows, and characters by number. None can hold
 * another, so a text only becomes shorter.
 * @throws XmlRefused for any other reference
 */
export function withoutReferences(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&([^;&\s]{0,10};?)/g, (_whole, reference: string) => {
    const character = reference.endsWith(';') ? characterOf(reference.slice(0, -1)) : undefined;
    if (character === undefined) throw malformed('A reference names no character.');
    return character;
  });
}

function characterOf(reference: string): string | undefined {
  const [, hexadecimal, decimal] = /^#(?:x([0-9a-fA-F]+)|([0-9]+))$/.exec(reference) ?? [];
  if (hexadecimal === undefined && decimal === undefined)
    return Object.hasOwn(named, reference) ? named[reference] : undefined;
  const code = hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return undefined;
  const character = String.fromCodePoint(code);
  return illegal.test(character) ? undefined : character;
}
