import type { ItemResult, Missing } from '../../ports/org.ts';
import { sentReferences, type PendingUpsert } from '../model/pending-write.ts';
import type { CollectionBatch } from './call-packer.ts';

/** What Salesforce says of a record id behind which it finds nothing, or nothing that we may see. */
const NOT_THERE: ReadonlySet<string> = new Set([
  'ENTITY_IS_DELETED',
  'INVALID_CROSS_REFERENCE_KEY',
  'NOT_FOUND',
]);

/** Records that may be meant where a call said that a record is not there, by object. */
export function missingIn(
  batches: readonly CollectionBatch[],
  results: readonly (readonly ItemResult[])[],
): readonly Missing[] {
  const found = new Map<string, { object: string; keyField: string; ids: Set<string> }>();
  const ask = (object: string, keyField: string, id: string) => {
    const known = found.get(`${object} ${keyField}`);
    if (known) known.ids.add(id);
    else found.set(`${object} ${keyField}`, { object, keyField, ids: new Set([id]) });
  };
  batches.forEach(({ entries }, at) => {
    entries.forEach((entry, item) => {
      const errors = results[at]?.[item]?.errors ?? [];
      if (entry.kind === 'delete' || !errors.some(({ code }) => NOT_THERE.has(code))) return;
      for (const { object, keyField, id } of namedIn(entry)) ask(object, keyField, id);
    });
  });
  return [...found.values()].map(({ ids, ...rest }) => ({ ...rest, ids: [...ids] }));
}

function namedIn(entry: PendingUpsert): { object: string; keyField: string; id: string }[] {
  const { target, object, mapping } = entry;
  const named = sentReferences(entry).flatMap(({ object: other, keyField, recordId }) =>
    recordId === null ? [] : [{ object: other, keyField, id: recordId }],
  );
  const own = target ? [{ object, keyField: mapping.keyField, id: target.recordId }] : [];
  return [...own, ...named];
}
