import { metadataNamespace } from './open-file.ts';
import type { XmlElement } from './parse-xml.ts';
import { metadataModel } from './type-model.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 cannot carry these at all. */
const isControl = (character: string): boolean =>
  character < ' ' && !['\t', '\n', '\r'].includes(character);

const escapeCharacter = (character: string): string =>
  isControl(character) ? '' : (escapes[character] ?? character);

export const escapeXml = (text: string): string => Array.from(text, escapeCharacter).join('');

const isNamespace = (name: string): boolean => /^xmlns(:|$)/.test(name);

/** Whether anything below has an attribute, such as the `xsi:type` of a value. */
const hasAttributes = ({ children }: XmlElement): boolean =>
  children.some((child) => Object.keys(child.attributes).length > 0 || hasAttributes(child));

/** The metadata namespace first, others only where something below needs them. */
function namespacesOf(root: XmlElement): readonly (readonly [string, string])[] {
  const others = Object.entries(root.attributes).filter(
    ([name, value]) => isNamespace(name) && value !== metadataNamespace,
  );
  return [['xmlns', metadataNamespace], ...(hasAttributes(root) ? others : [])];
}

function attributesOf(element: XmlElement, isRoot: boolean): string {
  const own = Object.entries(element.attributes).filter(([name]) => !isRoot || !isNamespace(name));
  const all = isRoot ? [...namespacesOf(element), ...own] : own;
  return all.map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
}

/** Types of which every empty element is written `<x/>`; in others an empty text is `<x></x>`. */
const shortTypes = new Set(['CustomMetadata', 'Flow']);

/** What is known of an element: undefined for one that the Metadata API's types do not have. */
interface Place {
  /** Name of its type, where it has parts. */
  readonly type: string | undefined;
  readonly isShort: boolean;
}

function placeBelow(place: Place, child: string): Place {
  const known = metadataModel()
    .complex(place.type ?? '')
    ?.get(child)?.type;
  const type = known?.kind === 'complex' ? known.name : undefined;
  return { type, isShort: place.isShort };
}

function emptyElement({ name, attributes }: XmlElement, open: string, place: Place): string {
  const isShort = place.isShort || place.type !== undefined || attributes['xsi:nil'] === 'true';
  return isShort ? `${open}/>\n` : `${open}></${name}>\n`;
}

function write(element: XmlElement, place: Place, indent: string, isRoot: boolean): string {
  const { name, text, children } = element;
  const open = `${indent}<${name}${attributesOf(element, isRoot)}`;
  if (children.length === 0 && !isRoot) {
    const isEmpty = text.trim() === '';
    return isEmpty ? emptyElement(element, open, place) : `${open}>${escapeXml(text)}</${name}>\n`;
  }
  const inner = children.map((child) =>
    write(child, placeBelow(place, child.name), `${indent}    `, false),
  );
  return `${open}>\n${inner.join('')}${indent}</${name}>\n`;
}

const placeOf = (type: string): Place => ({ type, isShort: shortTypes.has(type) });

/**
 * The root of a metadata file as text, as the Metadata API gives it: four blanks a level, all five escapes.
 * @param type metadata type of the component
 */
export const writeRoot = (root: XmlElement, type: string): string =>
  write(root, placeOf(type), '', true);

/** An element that stands in the root of a metadata file. */
export const writePart = (part: XmlElement, type: string): string =>
  write(part, placeOf(type), '    ', false);
