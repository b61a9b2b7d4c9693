import { XMLParser } from 'fast-xml-parser';
import { ParseOption, XmlDocument } from 'libxml2-wasm';

/** An element of a metadata file: attributes and child elements by name, each with all its occurrences. */
export interface Element {
  readonly [name: string]: readonly (Element | string)[] | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  parseTagValue: false,
  trimValues: true,
  isArray: () => true,
});

const isElement = (one: Element | string): one is Element => typeof one !== 'string';

/** The parser takes broken files; libxml2 does not. */
function refuseMalformed(text: string, file: string): void {
  try {
    XmlDocument.fromString(text, { option: ParseOption.XML_PARSE_NONET }).dispose();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.trim() : String(cause);
    throw new Error(`${file} is not XML: ${why}`, { cause });
  }
}

/**
 * The root element of a metadata file.
 * @param file named in errors
 * @throws Error where the text is not XML
 */
export function parseMetadata(text: string, file: string): Element {
  refuseMalformed(text, file);
  const [root] = Object.values(parser.parse(text) as Element);
  const [element] = root ?? [];
  if (element === undefined) throw new Error(`${file} has no root element.`);
  return isElement(element) ? element : {};
}

/** The child elements of a name that have children themselves. */
export const listOf = (element: Element | undefined, name: string): Element[] =>
  (element?.[name] ?? []).filter(isElement);

/** The texts of the child elements of a name. */
export const textsOf = (element: Element | undefined, name: string): string[] =>
  (element?.[name] ?? []).filter((one) => typeof one === 'string');

/** The text of the first child element of a name; empty where there is none. */
export const textOf = (element: Element | undefined, name: string): string =>
  textsOf(element, name)[0] ?? '';

export const firstOf = (element: Element | undefined, name: string): Element | undefined =>
  listOf(element, name)[0];
