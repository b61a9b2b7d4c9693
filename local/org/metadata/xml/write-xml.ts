import { metadataNamespace } from './open-file.ts';
import type { XmlElement } from './parse-xml.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
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

function write(element: XmlElement, indent: string, isRoot: boolean): string {
  const { name, text, children } = element;
  const open = `${indent}<${name}${attributesOf(element, isRoot)}>`;
  if (children.length === 0 && !isRoot) return `${open}${escapeXml(text)}</${name}>\n`;
  const inner = children.map((child) => write(child, `${indent}    `, false));
  return `${open}\n${inner.join('')}${indent}</${name}>\n`;
}

/** The root of a metadata file as text, with four blanks a level as the Metadata API gives it. */
export const writeRoot = (root: XmlElement): string => write(root, '', true);

/** An element that stands in the root of a metadata file. */
export const writePart = (part: XmlElement): string => write(part, '    ', false);
