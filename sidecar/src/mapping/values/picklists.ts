import { quoted, Refusal } from '../model/refusal.ts';
import type { FieldSchema } from '../model/schema.ts';

/**
 * The conversion to a picklist. An open one takes any text; a restricted one takes its own values, found
 * whatever their case and written as the picklist has them.
 */
export function toPicklist(
  { restrictedPicklist, picklistValues }: FieldSchema,
  toText: (value: unknown) => string | Refusal,
): (value: unknown) => string | Refusal {
  if (!restrictedPicklist) return toText;
  const find = finder(picklistValues);
  return (value) => {
    const plain = toText(value);
    return plain instanceof Refusal ? plain : find(plain);
  };
}

/** The conversion to a multi-select picklist: from a list, or from a text with `;` between the values. */
export function toMultiPicklist({
  restrictedPicklist,
  picklistValues,
}: FieldSchema): (value: unknown) => string | null | Refusal {
  const find = restrictedPicklist ? finder(picklistValues) : (value: string) => value;
  return (value) => {
    const chosen = new Set<string>();
    for (const part of Array.isArray(value) ? value : String(value).split(';')) {
      if (typeof part === 'object') {
        return new Refusal(
          'VALUE_IS_OBJECT',
          'is a list of objects: name what to take of each, such as categories.name',
        );
      }
      const plain = String(part).trim();
      const found = plain === '' ? plain : find(plain);
      if (found instanceof Refusal) return found;
      if (found !== '') chosen.add(found);
    }
    return chosen.size === 0 ? null : [...chosen].join(';');
  };
}

function finder(values: readonly string[]): (value: string) => string | Refusal {
  const exact = new Set(values);
  const anyCase = new Map(values.map((value) => [value.toLowerCase(), value]));
  return (value) => {
    if (exact.has(value)) return value;
    return anyCase.get(value.toLowerCase()) ?? unknown(value, values);
  };
}

function unknown(value: string, values: readonly string[]): Refusal {
  const some = values.slice(0, 10).join(', ');
  return new Refusal(
    'VALUE_NOT_IN_PICKLIST',
    `is ${quoted(value)}, which the restricted picklist does not have (it has ${some}${values.length > 10 ? ', …' : ''}): add the value to the picklist, or open it`,
  );
}
