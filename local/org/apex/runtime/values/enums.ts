import { EnumValue } from './value.ts';

const known = new WeakMap<readonly string[], ReadonlyMap<string, EnumValue>>();

/** The values of an enum by their names in lower case; each is there once for a list of names. */
export function enumValues(type: string, names: readonly string[]): ReadonlyMap<string, EnumValue> {
  let found = known.get(names);
  if (!found) {
    found = new Map(names.map((name, at) => [name.toLowerCase(), new EnumValue(type, name, at)]));
    known.set(names, found);
  }
  return found;
}

/** @throws Error where the enum has no such value */
export function enumValue(type: string, names: readonly string[], name: string): EnumValue {
  const found = enumValues(type, names).get(name.toLowerCase());
  if (!found) throw new Error(`${type} has no value ${name}`);
  return found;
}
