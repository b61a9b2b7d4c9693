import { isObject, member, text } from '../model/json-shape.ts';
import { Refusal } from '../model/refusal.ts';
import { decodeEntities } from './html-text.ts';

const PART = /\{([\w-]+)\}/g;

/** The parts that a template such as `{first_name} {last_name}` names, each once. */
export const partsOf = (template: string): readonly string[] => [
  ...new Set([...template.matchAll(PART)].map(([, part = '']) => part)),
];

/**
 * Puts the parts of a group into one text: empty where all of them are, without the blanks that an empty one leaves.
 * What is no group passes.
 * @returns why nothing can be made by it, as the rest of a sentence, where that is so
 */
export function templateBy(template: string): ((value: unknown) => unknown) | string {
  const parts = partsOf(template);
  if (parts.length === 0) return 'names no part';
  if (/[{}]/.test(template.replaceAll(PART, ''))) return 'has a brace that holds no name of a part';
  return (value) => {
    if (!isObject(value)) return value;
    const group = parts.find((part) => typeof (member(value, part) ?? '') === 'object');
    if (group !== undefined)
      return new Refusal('VALUE_IS_OBJECT', `has the part ${group}, which is no single value`);
    const single = (part: string) => singleText(member(value, part));
    if (parts.every((part) => single(part) === '')) return null;
    const filled = template.replaceAll(PART, (_whole, part: string) => single(part));
    return decodeEntities(filled.replaceAll(/ {2,}/g, ' ').trim());
  };
}

function singleText(value: unknown): string {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : text(value);
}
