import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Row } from '../../mapping/model/record.ts';
import { isPart } from '../../mapping/model/resources.ts';
import type { Trace } from '../../mapping/model/trace.ts';
import type { Link } from '../../ports/link.ts';
import type { WooStore } from '../../ports/store.ts';
import type { Decision } from '../../sync/match/match-rules.ts';
import { mappingFor } from '../../sync/model/ownership.ts';
import type { RecordMap } from '../../sync/model/record-map.ts';
import { type InOrg, place, type Wanted } from './org-records.ts';
import type { Part } from './subject.ts';
import { onlyToShop } from './to-shop.ts';

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
  /** The records with their keys, or with the ids that we know them by. */
  readonly inOrg: ReadonlyMap<string, InOrg>;
  /** What the match fields find. */
  readonly matches: RecordMap<Decision>;
  /** The records that they find, by the key of whom they are for. */
  readonly adopted: ReadonlyMap<string, InOrg>;
  /** Null where the state cannot be looked at. */
  readonly links: ReadonlyMap<string, Link> | null;
  readonly mappings: readonly Mapping[];
}

/**
 * The mappings whose views decide what is said of the records of one: those that write the same objects or those that
 * it refers to, and of a part of an order that of the order.
 */
export function neededFor(name: string, mappings: readonly Mapping[]): readonly Mapping[] {
  const own = mappings.filter((one) => one.name === name);
  const objects = new Set(
    own.flatMap(({ object, references }) => [object, ...references.map((one) => one.object)]),
  );
  const ofPart = own.some(({ resource }) => isPart(resource));
  return mappings.filter(
    ({ resource, object }) => objects.has(object) || (ofPart && resource === 'order'),
  );
}

/** The view of a record that belongs to another key: what its own store says of it. */
export function foreignOf(one: View, store: WooStore): View {
  return view(one.part, mappingFor(one.mapping, { byId: true, key: one.trace.key ?? '' }), store);
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
  for (const one of views) {
    const { fields } = ask(one.mapping.object, one.mapping.keyField, one.trace.key);
    for (const field of fieldsOf(one)) fields.add(field);
    for (const { keyField, object, key } of one.row?.lookups ?? []) ask(object, keyField, key);
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

/** What the mapping would write, or send to the shop, as SOQL names it. */
export function fieldsOf({ mapping, trace, row }: View): string[] {
  return [
    ...onlyToShop(mapping).map(({ field }) => field),
    ...trace.fields.filter(({ result }) => result !== undefined).map(({ field }) => field),
    ...(row?.lookups ?? []).map((one) => `${one.relationshipName}.${one.keyField}`),
  ];
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
