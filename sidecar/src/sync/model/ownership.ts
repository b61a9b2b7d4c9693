import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Row, StoreContext, WooRecord } from '../../mapping/model/record.ts';
import type { Link } from '../../ports/link.ts';

const VIEWS = new WeakMap<Mapping, Mapping>();

/**
 * The mapping as it is for a record. One that carries another key, of another store or of the survivor of a merge,
 * belongs to that one: only what is a store's own goes into it or comes from it.
 */
export function mappingFor(mapping: Mapping, link: Pick<Link, 'byId'> | undefined): Mapping {
  return link?.byId === true ? foreignView(mapping) : mapping;
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

/** One object per mapping, since mappings are told apart by identity. */
function foreignView(mapping: Mapping): Mapping {
  const known = VIEWS.get(mapping);
  if (known) return known;
  const view = { ...mapping, ...mapping.foreign };
  VIEWS.set(mapping, view);
  // A view of a view is itself.
  VIEWS.set(view, view);
  return view;
}
