import { unserialize } from 'php-serialize';
import { Refusal } from '../model/refusal.ts';

/** Characters of a text that is taken apart: everything else waits meanwhile, 30 ms for so much of PHP's. */
const LONGEST = 256 * 1024;

const JSON_TEXT = /^\s*[[{]/;
const PHP_TEXT = /^\s*[aOC]:\d+:/;

/** The text that was taken apart last: several field mappings read parts of one. */
let last: { readonly text: string; readonly value: unknown } | null = null;

/**
 * The list or group that a text holds: JSON, or what PHP's `serialize` makes of an array, as plugins keep them in
 * custom fields. Null for any other text; a Refusal for one that begins like one and is broken, or holds objects of PHP.
 */
export function parseStructured(text: string): unknown {
  const isJson = JSON_TEXT.test(text);
  if (!isJson && !PHP_TEXT.test(text)) return null;
  if (text.length > LONGEST) return TOO_LONG;
  if (last?.text !== text) last = { text, value: isJson ? fromJson(text) : fromPhp(text.trim()) };
  return last.value;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return BROKEN_JSON;
  }
}

/** It stands in an array with something behind it: the library overlooks what follows a value. */
function fromPhp(text: string): unknown {
  try {
    const [value] = unserialize(`a:2:{i:0;${text}i:1;b:1;}`, {}, { strict: false }) as unknown[];
    return plain(value);
  } catch {
    return BROKEN_PHP;
  }
}

/** What JSON could hold too, or a Refusal: numbers that are too large become texts. */
function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (!Array.isArray(value) && Object.getPrototypeOf(value) !== Object.prototype) return PHP_OBJECT;
  const group = value as Record<string, unknown>;
  for (const [name, part] of Object.entries(group)) {
    const made = plain(part);
    if (made instanceof Refusal) return made;
    if (made !== part) group[name] = made;
  }
  return group;
}

const CURE =
  'correct it in the shop or in the plugin that writes it, or map the custom field as a whole';
const BROKEN_JSON = new Refusal(
  'VALUE_BROKEN_TEXT',
  `leads into a text that begins like JSON and is none: ${CURE}`,
);
const BROKEN_PHP = new Refusal(
  'VALUE_BROKEN_TEXT',
  `leads into a text that PHP has serialised, but it is broken or cut: ${CURE}`,
);
const PHP_OBJECT = new Refusal(
  'VALUE_PHP_OBJECT',
  'leads into a text in which PHP keeps objects of a plugin, which are never read: map another attribute',
);
const TOO_LONG = new Refusal(
  'VALUE_TEXT_TOO_LARGE',
  `leads into a text of more than ${LONGEST} characters, which is too large to be taken apart: map another attribute`,
);
