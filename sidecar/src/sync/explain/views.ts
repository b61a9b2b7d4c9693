import type { Mapping, Row } from '../../mapping/types.ts';
import type { Trace } from '../../mapping/trace.ts';
import type { Link, State, WooStore } from '../ports.ts';
import { place, type InOrg, type Wanted } from './in-org.ts';
import type { Part } from './subject.ts';

/** A part seen through one mapping. */
export interface View {
  readonly part: Part;
  readonly mapping: Mapping;
  readonly trace: Trace;
  readonly row: Row | null;
}

/** What explaining looks at. */
export interface Seen {
  readonly views: readonly View[];
  readonly inOrg: ReadonlyMap<string, InOrg>;
  /** Null where the state cannot be looked at. */
  readonly links: ReadonlyMap<string, Link> | null;
  readonly mappings: readonly Mapping[];
}

export function view(part: Part, mapping: Mapping, store: WooStore): View {
  const row = mapping.build(part.record, store).row ?? null;
  return { part, mapping, trace: mapping.explain(part.record, store), row };
}

/** All that is looked for in the org: the records, and those that they refer to. */
export function wantedOf(
  views: readonly View[],
  mappings: readonly Mapping[],
  parts: readonly Part[],
): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  const ask = (object: string, keyField: string, key: string | null | undefined): Wanted => {
    const known = wanted.get(object) ?? { keyField, keys: new Set(), fields: new Set() };
    wanted.set(object, known);
    if (typeof key === 'string') known.keys.add(key);
    return known;
  };
  for (const { mapping, trace, row } of views) {
    const { fields } = ask(mapping.object, mapping.keyField, trace.key);
    for (const { field, result } of trace.fields) if (result !== undefined) fields.add(field);
    for (const { relationshipName, keyField, object, key } of row?.lookups ?? []) {
      fields.add(`${relationshipName}.${keyField}`);
      ask(object, keyField, key);
    }
  }
  for (const { object, keyField, key } of ordersOf(mappings, parts)) ask(object, keyField, key);
  return new Map([...wanted].filter(([, { keys }]) => keys.size > 0));
}

/** The orders that parts belong to, also where the order itself was not asked about. */
function ordersOf(mappings: readonly Mapping[], parts: readonly Part[]) {
  const keys = new Set(parts.flatMap(({ orderKey }) => orderKey ?? []));
  return mappings
    .filter(({ resource }) => resource === 'order')
    .flatMap(({ object, keyField }) => [...keys].map((key) => ({ object, keyField, key })));
}

export async function linksOf(
  state: State,
  views: readonly View[],
  mappings: readonly Mapping[],
  parts: readonly Part[],
): Promise<ReadonlyMap<string, Link>> {
  const links = new Map<string, Link>();
  for (const [object, { keys }] of wantedOf(views, mappings, parts)) {
    for (const link of (await state.links(object, [...keys])).values()) {
      links.set(place(object, link.key), link);
    }
  }
  return links;
}

/** The engine's hash counts a reference to a record that cannot be had as none. */
export function withKnownReferences(row: Row, seen: Seen): Row {
  const lookups = row.lookups.map((lookup) => {
    const { object, key } = lookup;
    const known =
      key === null || recordIdOf(object, key, seen) !== null || isExplained(object, key, seen);
    return known ? lookup : { ...lookup, key: null };
  });
  return { ...row, lookups };
}

/** Whether the record is one of those that are explained. */
export function isExplained(object: string, key: string, { views }: Seen): boolean {
  return views.some(({ mapping, trace }) => mapping.object === object && trace.key === key);
}

/** Null where neither the org shows it nor the sidecar remembers it. */
export function recordIdOf(object: string, key: string, { inOrg, links }: Seen): string | null {
  const id = place(object, key);
  return inOrg.get(id)?.recordId ?? links?.get(id)?.recordId ?? null;
}
