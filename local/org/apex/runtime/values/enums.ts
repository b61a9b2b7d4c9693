import { EnumValue } from './value.ts';

const known = new Map<string, ReadonlyMap<string, EnumValue>>();

/** The values of an enum by their names in lower case; each is there once. */
export function enumValues(type: string, names: readonly string[]): ReadonlyMap<string, EnumValue> {
  const key = `${type}:${names.join()}`;
  const found =
    known.get(key) ??
    new Map(names.map((name, at) => [name.toLowerCase(), new EnumValue(type, name, at)]));
  known.set(key, found);
  return found;
}

/** @throws Error where the enum has no such value */
export function enumValue(type: string, names: readonly string[], name: string): EnumValue {
  const found = enumValues(type, names).get(name.toLowerCase());
  if (!found) throw new Error(`${type} has no value ${name}`);
  return found;
}
