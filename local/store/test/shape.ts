type TypeName = 'null' | 'string' | 'number' | 'boolean' | 'array' | 'object';

/** What was seen at one path: the types of the values, and the keys of objects in their order. */
interface Seen {
  types: Set<TypeName>;
  keys: Set<string>;
}

/** Values whose inside belongs to plugins, so it has no shape. */
const free = /\.(value|display_value)$/;

/** The shape of many records: path → what was seen there. List items share the path `x[]`. */
export class Shape {
  readonly #seen = new Map<string, Seen>();

  constructor(records: readonly unknown[]) {
    for (const record of records) {
      this.#learn('', record);
    }
  }

  /** Every way in which a record differs from what was seen: other keys, another order, another type. */
  differences(record: unknown): string[] {
    const found: string[] = [];
    walk('', record, (path, value) => {
      const seen = this.#seen.get(path);
      if (seen === undefined) {
        found.push(`${path} was never seen`);
        return;
      }
      const type = typeOf(value);
      if (!seen.types.has(type)) {
        found.push(`${path} is ${type}, seen ${[...seen.types].join(', ')}`);
      } else if (type === 'object' && !seen.keys.has(keysOf(value))) {
        found.push(`${path} has keys ${keysOf(value)}, seen ${[...seen.keys].join(' | ')}`);
      }
    });
    return found;
  }

  #learn(root: string, record: unknown): void {
    walk(root, record, (path, value) => {
      const seen = this.#seen.get(path) ?? { types: new Set(), keys: new Set() };
      const type = typeOf(value);
      seen.types.add(type);
      if (type === 'object') {
        seen.keys.add(keysOf(value));
      }
      this.#seen.set(path, seen);
    });
  }
}

function walk(path: string, value: unknown, visit: (path: string, value: unknown) => void): void {
  if (free.test(path)) {
    return;
  }
  visit(path, value);
  if (Array.isArray(value)) {
    for (const item of value) {
      walk(`${path}[]`, item, visit);
    }
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      walk(`${path}.${key}`, inner, visit);
    }
  }
}

function typeOf(value: unknown): TypeName {
  if (value === null) {
    return 'null';
  }
  return Array.isArray(value) ? 'array' : (typeof value as TypeName);
}

function keysOf(value: unknown): string {
  return Object.keys(value as object).join(',');
}
