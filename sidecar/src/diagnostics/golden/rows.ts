import { guestOf } from '../../mapping/attributes/guest-customers.ts';
import { forStore } from '../../mapping/model/for-store.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Row, WooRecord } from '../../mapping/model/record.ts';
import { orderParts, type Part } from '../explain/subject.ts';
import type { GoldenCase, GoldenRow } from './case.ts';

/** What the mappings make of a record and its parts, by mapping; of those of the resources concerned only. */
export function rowsOf(
  {
    store,
    resource,
    record,
    refunds = [],
  }: Pick<GoldenCase, 'store' | 'resource' | 'record' | 'refunds'>,
  all: readonly Mapping[],
): Record<string, GoldenRow[]> {
  const mappings = forStore(all, store.key);
  const parts =
    resource === 'order'
      ? partsOf(record, refunds, store.key)
      : [{ resource, record, title: resource, orderKey: null }];
  const concerned = new Set(parts.map((part) => part.resource));
  const wanted =
    resource !== 'order' ||
    mappings.some((mapping) => mapping.resource === 'order' && mapping.meets(record));
  const rows: Record<string, GoldenRow[]> = {};
  for (const mapping of mappings.filter((one) => concerned.has(one.resource))) {
    rows[mapping.name] = parts
      .filter((part) => isMappedBy(mapping, part) && wanted && mapping.meets(part.record))
      .map((part) => rowOf(mapping, part.record, store));
  }
  return rows;
}

/** Of WordPress's content, that of its type alone. */
function isMappedBy({ resource, contentType }: Mapping, part: Part): boolean {
  if (resource !== part.resource) return false;
  return contentType === null || contentType === part.record['content_type'];
}

/** An order brings its items, its refunds and, of a guest, the customer. */
function partsOf(order: WooRecord, refunds: readonly WooRecord[], storeKey: string): Part[] {
  const guest = guestOf(order);
  return [
    ...orderParts(order, refunds, storeKey),
    ...(guest
      ? [{ resource: 'customer' as const, record: guest, title: 'guest', orderKey: null }]
      : []),
  ];
}

function rowOf(mapping: Mapping, record: WooRecord, store: GoldenCase['store']): GoldenRow {
  const { row, problems } = mapping.build(record, store);
  if (row) return asGolden(row);
  const { key } = mapping.explain(record, store);
  return { key, refused: problems.map(({ code, field }) => `${code} ${field}`) };
}

function asGolden({ key, fields, onCreate, whenEmpty, lookups }: Row): GoldenRow {
  const references = Object.fromEntries(
    lookups.map((lookup) => [
      lookup.field,
      lookup.key === null ? null : `${lookup.object} ${lookup.key}`,
    ]),
  );
  return {
    key,
    fields: { ...fields },
    ...(hasAny(onCreate) && { onCreate: { ...onCreate } }),
    ...(hasAny(whenEmpty) && { whenEmpty: { ...whenEmpty } }),
    ...(hasAny(references) && { references }),
  };
}

function hasAny(object: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(object).length > 0;
}
