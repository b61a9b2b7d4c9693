import { XMLParser } from 'fast-xml-parser';
import { ParseOption, XmlDocument, XmlParseError } from 'libxml2-wasm';

/** An element with its place in the file; prefixes of names are dropped, attributes keep theirs. */
export interface XmlElement {
  readonly name: string;
  /** Text of the element itself, entities decoded. */
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** 1-based place of the element's `<`. */
  readonly line: number;
  readonly column: number;
}

/** The text is no well-formed XML; `message` says what is wrong, without the place. */
export class XmlError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, line: number, column: number) {
    super(message);
    this.name = 'XmlError';
    this.line = line;
    this.column = column;
  }
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: '#cdata',
  captureMetaData: true,
});
const placeSymbol = XMLParser.getMetaDataSymbol() as unknown as symbol;

interface Place {
  readonly line: number;
  readonly column: number;
}

type RawNode = Readonly<Record<string | symbol, unknown>>;

/** Finds the line and column of an offset. */
class Places {
  private readonly starts: number[] = [0];

  constructor(source: string) {
    for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
  }

  of(offset: number): Place {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.starts[low] ?? 0) + 1 };
  }
}

const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
};

/** XML knows five names and numbers; `&nbsp;` is HTML and as wrong as in a real org. */
function decode(text: string, place: Place): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&\s]*);?/g, (whole, name: string) => {
    const code = /^#x([0-9a-f]+)$/i.exec(name)?.[1];
    const point = code === undefined ? /^#(\d+)$/.exec(name)?.[1] : Number.parseInt(code, 16);
    const character = point === undefined ? named[name] : codePoint(Number(point));
    if (character !== undefined && whole.endsWith(';')) return character;
    throw new XmlError(
      `The entity "${name}" was referenced, but not declared.`,
      place.line,
      place.column,
    );
  });
}

function codePoint(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const isElementName = (name: string): boolean =>
  name !== ':@' && !name.startsWith('#') && !name.startsWith('?');

/** A piece of text; what stands in CDATA means itself. */
function textOf(node: RawNode, place: Place): string {
  if (typeof node['#text'] === 'string') return decode(node['#text'], place);
  const cdata = node['#cdata'] as readonly RawNode[] | undefined;
  return (cdata ?? []).map((one) => String(one['#text'])).join('');
}

function toElement(raw: RawNode, rawName: string, places: Places): XmlElement {
  const meta = raw[placeSymbol] as { readonly startIndex: number };
  const place = places.of(meta.startIndex);
  const content = raw[rawName] as readonly RawNode[];
  const attributes = Object.entries((raw[':@'] ?? {}) as Readonly<Record<string, string>>);
  return {
    name: localName(rawName),
    text: content.map((one) => textOf(one, place)).join(''),
    attributes: Object.fromEntries(
      attributes.map(([name, value]) => [name, decode(value, place)] as const),
    ),
    children: elementsOf(content, places),
    ...place,
  };
}

function elementsOf(nodes: readonly RawNode[], places: Places): XmlElement[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find(isElementName);
    return name === undefined ? [] : [toElement(node, name, places)];
  });
}

/** Lets libxml2 judge the text: fast-xml-parser knows the places but takes broken files. */
function refuseMalformed(text: string): void {
  if (text.trim() === '') throw new XmlError('Premature end of file.', 1, 1);
  try {
    XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET }).dispose();
  } catch (error) {
    if (!(error instanceof XmlParseError)) throw error;
    const [first] = error.details;
    const message = (first?.message ?? error.message).trim();
    throw new XmlError(message, first?.line ?? 1, first?.col ?? 1);
  }
}

function refuseDtd(text: string, places: Places): void {
  const root = text.search(/<[A-Za-z_]/);
  const dtd = text.search(/<!DOCTYPE/i);
  if (dtd < 0 || (root >= 0 && root < dtd)) return;
  const { line, column } = places.of(dtd);
  throw new XmlError('DOCTYPE is not allowed.', line, column);
}

/**
 * The root element of an XML text.
 * @throws XmlError with line and column when the text is not well-formed or brings a DTD
 */
export function parseXml(source: string): XmlElement {
  const text = source.replace(/^\uFEFF/, '');
  const places = new Places(text);
  refuseDtd(text, places);
  refuseMalformed(text);
  const [root] = elementsOf(parser.parse(text) as readonly RawNode[], places);
  if (!root) throw new XmlError('Premature end of file.', 1, 1);
  return root;
}

/** The first child of that name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((one) => one.name === name);
}

/** All children of that name, in order. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((one) => one.name === name);
}

/** All elements at the end of a path of names below the element, in order. */
export function elementsAt(element: XmlElement, ...path: readonly string[]): readonly XmlElement[] {
  return path.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap((one) => childrenOf(one, name)),
    [element],
  );
}
