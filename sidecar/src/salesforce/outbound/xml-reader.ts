import { Prefixes } from './xml-names.ts';
import type { RawAttribute, XmlAttribute, XmlName } from './xml-names.ts';
import { decodeXml, malformed, withoutReferences, XmlRefused } from './xml-text.ts';

export interface XmlElement extends XmlName {
  readonly attributes: readonly XmlAttribute[];
  /** What a name means that is written in a value here, such as a type; null where its prefix is not declared. */
  meaning(name: string): XmlName | null;
}

/** Is told what a document holds, piece by piece, so that nothing is built that nobody wants. */
export interface XmlVisitor {
  open(element: XmlElement): void;
  text(text: string): void;
  close(): void;
}

const mostDepth = 16;
const mostElements = 100_000;
const mostAttributes = 16;

/** One or two parts of at most 128 characters: where a longer one goes on, nothing fits. */
const name = /[\p{L}_][\p{L}\p{N}\p{M}._-]{0,127}(?::[\p{L}_][\p{L}\p{N}\p{M}._-]{0,127})?/uy;
const blanks: ReadonlySet<string | undefined> = new Set([' ', '\t', '\r', '\n']);

/**
 * Reads a document strictly and in one pass. It takes no DTD, so that no entity can be declared and nothing
 * be fetched, and as SOAP wants it no processing instructions.
 * @throws XmlRefused
 */
export function readXml(body: Buffer, visitor: XmlVisitor): void {
  new XmlReader(decodeXml(body), visitor).read();
}

interface Open {
  /** As it is written: an element ends with the same letters. */
  readonly name: string;
  readonly prefixes: Prefixes;
}

class XmlReader {
  readonly #text: string;
  readonly #visitor: XmlVisitor;
  readonly #open: Open[] = [];
  #elements = 0;
  #at = 0;

  constructor(text: string, visitor: XmlVisitor) {
    this.#text = text;
    this.#visitor = visitor;
  }

  read(): void {
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] !== '<') this.#characters();
      else if (this.#skip('<!--')) this.#comment();
      else if (this.#skip('<![CDATA[')) this.#within(this.#until(']]>'));
      else if (this.#skip('<!')) throw new XmlRefused('doctype', 'It declares something.');
      else if (this.#skip('<?')) throw malformed('It has a processing instruction.');
      else if (this.#skip('</')) this.#end();
      else this.#start();
    }
    if (this.#elements === 0 || this.#open.length > 0) throw malformed('It ends too early.');
  }

  #characters(): void {
    const end = this.#text.indexOf('<', this.#at);
    const text = this.#text.slice(this.#at, end < 0 ? undefined : end);
    this.#at += text.length;
    if (this.#open.length === 0) {
      if (/[^ \t\r\n]/.test(text)) throw malformed('There is text outside of the root element.');
      return;
    }
    if (text.includes(']]>')) throw malformed('There is an end of CDATA without a start.');
    this.#within(withoutReferences(text));
  }

  #within(text: string): void {
    if (this.#open.length === 0) throw malformed('There is text outside of the root element.');
    this.#visitor.text(text);
  }

  #comment(): void {
    if (this.#until('-->').includes('--')) throw malformed('There is -- in a comment.');
  }

  #end(): void {
    const ended = this.#name();
    this.#blank();
    if (!this.#skip('>') || this.#open.pop()?.name !== ended)
      throw malformed('An element ends that is not open.');
    this.#visitor.close();
  }

  #start(): void {
    this.#at += 1;
    this.#elements += 1;
    if (this.#elements > mostElements)
      throw new XmlRefused('too_much', 'It has too many elements.');
    if (this.#open.length >= mostDepth) throw new XmlRefused('too_much', 'It is too deep.');
    if (this.#open.length === 0 && this.#elements > 1)
      throw malformed('It has more than one root element.');
    const written = this.#name();
    const attributes = this.#attributes();
    const empty = this.#skip('/');
    if (!this.#skip('>')) throw malformed('A tag is not closed.');
    const prefixes = (this.#open.at(-1)?.prefixes ?? Prefixes.none).with(attributes);
    this.#visitor.open(elementOf(written, attributes, prefixes));
    if (empty) this.#visitor.close();
    else this.#open.push({ name: written, prefixes });
  }

  #attributes(): readonly RawAttribute[] {
    const found: RawAttribute[] = [];
    for (;;) {
      const apart = this.#blank();
      if (this.#text[this.#at] === '>' || this.#text[this.#at] === '/') return found;
      if (!apart) throw malformed('An attribute does not stand apart.');
      const attribute = this.#attribute();
      if (found.some(({ name: other }) => other === attribute.name))
        throw malformed('An attribute is there twice.');
      found.push(attribute);
      if (found.length > mostAttributes)
        throw new XmlRefused('too_much', 'It has too many attributes.');
    }
  }

  #attribute(): RawAttribute {
    const written = this.#name();
    this.#blank();
    if (!this.#skip('=')) throw malformed('An attribute has no value.');
    this.#blank();
    const quote = this.#skip('"') ? '"' : "'";
    if (quote === "'" && !this.#skip("'")) throw malformed('A value is not in quotes.');
    const value = this.#until(quote);
    if (value.includes('<')) throw malformed('There is < in a value.');
    return { name: written, value: withoutReferences(value) };
  }

  #name(): string {
    name.lastIndex = this.#at;
    const found = name.exec(this.#text)?.[0];
    if (found === undefined) throw malformed('A name is missing, or not one.');
    this.#at += found.length;
    return found;
  }

  /** @returns whether there was any */
  #blank(): boolean {
    const start = this.#at;
    while (blanks.has(this.#text[this.#at])) this.#at += 1;
    return this.#at > start;
  }

  #skip(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#at)) return false;
    this.#at += expected.length;
    return true;
  }

  /** What stands before the end, which is skipped. */
  #until(end: string): string {
    const at = this.#text.indexOf(end, this.#at);
    if (at < 0) throw malformed('It ends too early.');
    const found = this.#text.slice(this.#at, at);
    this.#at = at + end.length;
    return found;
  }
}

function elementOf(
  written: string,
  attributes: readonly RawAttribute[],
  prefixes: Prefixes,
): XmlElement {
  const meant = prefixes.name(written);
  if (meant === null) throw malformed('A prefix is not declared.');
  return {
    ...meant,
    attributes: prefixes.attributes(attributes),
    meaning: (one) => prefixes.name(one),
  };
}
