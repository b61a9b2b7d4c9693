import { isObject, objects, text } from '../model/json-shape.ts';
import type { WooRecord } from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import { parseStructured } from '../values/structured-text.ts';

/**
 * The change of a record's custom fields that gives one of them a value. It names the entry that is read, the
 * first one of the key; an empty one is removed, and so are others of its key, since they would be read then.
 * @param value null for none; yes or no is written as the shop has it now, else as 1 and 0
 */
export function customPatch(record: WooRecord, key: string, value: unknown): WooRecord | Refusal {
  const entries = objects(record['meta_data']);
  const own = entries.filter((entry) => entry['key'] === key);
  const whole = own.length > 0 ? undefined : entries.find((entry) => holdsPart(entry, key));
  if (whole !== undefined || isGroup(own[0]?.['value'])) {
    const named = whole === undefined ? key : text(whole['key']);
    return new Refusal(
      'TO_WOO_CUSTOM_FIELD',
      `would replace the whole custom field "${named}", which holds several values in the shop: map another one`,
    );
  }
  if (value === null) {
    const gone = own.map(({ id }) => (id === undefined ? { key, value } : { id, key, value }));
    return gone.length === 0 ? {} : { meta_data: gone };
  }
  const [first] = own;
  const id = first?.['id'];
  const written = asBefore(first?.['value'], value);
  return { meta_data: [{ ...(id !== undefined && { id }), key, value: written }] };
}

/** Whether a path such as `slots.0.day` leads into the custom field `slots`, be its value a text that holds several. */
function holdsPart({ key, value }: WooRecord, path: string): boolean {
  const isWhole = isGroup(value) || (typeof value === 'string' && parseStructured(value) !== null);
  return typeof key === 'string' && path.startsWith(`${key}.`) && isWhole;
}

function isGroup(value: unknown): boolean {
  return Array.isArray(value) || isObject(value);
}

/** Plugins that say yes and no must not find 1 and 0. */
function asBefore(before: unknown, value: unknown): unknown {
  if (typeof value !== 'boolean') return value;
  if (before === 'yes' || before === 'no') return value ? 'yes' : 'no';
  return value ? '1' : '0';
}
