import { parseKey, recordKey } from '../../mapping/keys/keys.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Row, StoreContext, WooRecord } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';

const FOREIGN = new WeakMap<Mapping, Mapping>();
const POINTING = new WeakMap<Mapping, Mapping>();

/**
 * The mapping as it is for a record. One that carries another key, of another store or of the survivor of a merge,
 * belongs to that one: only what is a store's own goes into it or comes from it. A guest proves nothing by an
 * e-mail address: nothing of a guest goes into a record that carries another key, or none.
 */
export function mappingFor(
  mapping: Mapping,
  link: Pick<Link, 'byId' | 'key'> | undefined,
): Mapping {
  if (link?.byId !== true) return mapping;
  const isGuest = parseKey(link.key).email !== null;
  return isGuest ? viewOf(mapping, POINTING, pointing) : viewOf(mapping, FOREIGN, foreign);
}

/** A record of the shop and the row that a mapping has made of it. */
interface Built {
  readonly mapping: Mapping;
  readonly record: WooRecord;
  readonly row: Row;
}

const NOTHING = { fields: {}, onCreate: {}, whenEmpty: {}, lookups: [] };

/** A row whose record turned out to belong to another key. */
export function ofOwner(
  planned: Built,
  link: Link,
  store: StoreContext,
): Pick<Built, 'mapping' | 'row'> & { readonly link: Link } {
  const { record, row } = planned;
  const mapping = mappingFor(planned.mapping, link);
  if (mapping === planned.mapping) return { mapping, row, link };
  // What could be built as a whole can be built in part.
  return { mapping, row: mapping.build(record, store).row ?? { ...row, ...NOTHING }, link };
}

/** A row that says whose record it is, and nothing of it, since it has the values of another one. */
export function withoutValues<Of extends Built>(
  planned: Of,
  store: StoreContext,
): Of & Pick<Built, 'mapping' | 'row'> {
  const mapping = viewOf(planned.mapping, POINTING, pointing);
  return {
    ...planned,
    mapping,
    row: mapping.build(planned.record, store).row ?? { ...planned.row, ...NOTHING },
  };
}

function foreign(mapping: Mapping): Mapping {
  return { ...mapping, ...mapping.foreign };
}

/** It makes rows that say whose record it is, and nothing else. */
function pointing(mapping: Mapping): Mapping {
  return {
    ...mapping,
    fields: [],
    outgoing: [],
    kept: [],
    build: (record, store) => {
      const key = recordKey(mapping.resource, record, store.key);
      return key === null ? mapping.build(record, store) : { row: { key, ...NOTHING } };
    },
    explain: (record, store) => ({
      ...mapping.explain(record, store),
      fields: [],
      lookups: [],
      problems: [],
    }),
  };
}

/** One object per mapping, since mappings are told apart by identity. */
function viewOf(
  mapping: Mapping,
  views: WeakMap<Mapping, Mapping>,
  make: (mapping: Mapping) => Mapping,
): Mapping {
  const known = views.get(mapping);
  if (known) return known;
  const view = make(mapping);
  views.set(mapping, view);
  // A view of a view is itself.
  views.set(view, view);
  return view;
}
