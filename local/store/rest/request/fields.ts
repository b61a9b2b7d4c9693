/**
 * `_fields`: which parts of a record an answer shows.
 * Paths that a resource computes only when named whole (`wholeOnly`) vanish when asked for in part,
 * as `line_items.sku` of an order does in the real store.
 */
export class FieldFilter {
  readonly #tree: FieldTree | undefined;

  constructor(names: string | undefined, wholeOnly: (field: string) => boolean) {
    const paths = (names ?? '').split(/[\s,]+/).filter((path) => path !== '');
    this.#tree = paths.length === 0 ? undefined : treeOf(paths, wholeOnly);
  }

  /** Whether the request asked for a part only. */
  get active(): boolean {
    return this.#tree !== undefined;
  }

  /** The wanted part of a record in a list. PHP writes an empty one as `[]`. */
  inList(record: object): unknown {
    return this.#tree === undefined ? record : emptyAsList(part(record, this.#tree));
  }

  /** The wanted part of a single record: its links always stay. */
  single(record: object): unknown {
    if (this.#tree === undefined) {
      return record;
    }
    const kept = part(record, this.#tree);
    const links: unknown = Reflect.get(record, '_links');
    return emptyAsList(links === undefined ? kept : { ...kept, _links: links });
  }
}

type FieldTree = Map<string, FieldTree | true>;

function treeOf(paths: readonly string[], wholeOnly: (field: string) => boolean): FieldTree {
  const tree: FieldTree = new Map();
  for (const path of paths) {
    const steps = path.split('.');
    const [top] = steps;
    if (top === undefined || (steps.length > 1 && wholeOnly(top))) {
      continue;
    }
    let level = tree;
    for (const [at, step] of steps.entries()) {
      const known = level.get(step);
      if (known === true || at === steps.length - 1) {
        level.set(step, true);
        break;
      }
      const next: FieldTree = known ?? new Map<string, FieldTree | true>();
      level.set(step, next);
      level = next;
    }
  }
  return tree;
}

function part(record: object, tree: FieldTree): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record) as [string, unknown][]) {
    const wanted = tree.get(name);
    if (wanted === true) {
      kept[name] = value;
    } else if (wanted !== undefined) {
      const inner = typeof value === 'object' && value !== null;
      kept[name] = inner ? emptyAsList(part(value, wanted)) : value;
    }
  }
  return kept;
}

function emptyAsList(record: Record<string, unknown>): unknown {
  return Object.keys(record).length === 0 ? [] : record;
}
