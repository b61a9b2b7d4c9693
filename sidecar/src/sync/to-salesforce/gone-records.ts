import type { Row } from '../../mapping/model/record.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { Link } from '../../ports/link.ts';
import type { RecordState } from '../../ports/org.ts';
import type { PendingUpsert } from '../model/pending-write.ts';

/** A link that leads to another record from now on. */
export type Relinked = Pick<Link, 'object' | 'key' | 'recordId' | 'byId'>;

/** A row whose target or references were merged or deleted in Salesforce, as it can be written now. */
interface Found {
  readonly entry: PendingUpsert;
  readonly forget: readonly Pick<Link, 'object' | 'key'>[];
  readonly relink: readonly Relinked[];
}

/** The row as it can be written now that it is known what became of the records; null where all are there. */
export function afterSearch(
  entry: PendingUpsert,
  fates: ReadonlyMap<string, RecordState>,
): Found | null {
  const forget: Pick<Link, 'object' | 'key'>[] = [];
  const relink: Relinked[] = [];
  const follow = (object: string, key: string, recordId: string, wasById: boolean) => {
    const fate = fates.get(recordId);
    if (fate?.kind === 'merged') {
      const byId = fate.key === null ? wasById : fate.key !== key;
      relink.push({ object, key, recordId: fate.recordId, byId });
      return { recordId: fate.recordId, byId };
    }
    if (fate?.kind !== 'gone') return { recordId, byId: false, same: true };
    forget.push({ object, key });
    return { recordId: null, byId: false };
  };
  const references = entry.references.map((reference) => {
    const { object, key, recordId, byId: wasById } = reference;
    if (recordId === null) return reference;
    const { same, ...found } = follow(object, key, recordId, wasById);
    return same ? reference : { ...reference, ...found };
  });
  let { target } = entry;
  if (target !== null) {
    const { recordId, byId, same } = follow(entry.object, entry.key, target.recordId, target.byId);
    if (!same) target = recordId === null ? null : { recordId, byId };
  }
  if (forget.length + relink.length === 0) return null;
  const next = {
    ...entry,
    references,
    target,
    ...(target !== entry.target && forOther(entry, target)),
  };
  const isForeign = target?.byId === true && entry.target?.byId !== true;
  return { entry: isForeign ? ofForeign(next) : next, forget, relink };
}

/**
 * Whether a record that was deleted is looked for before it is made anew, as one that comes for the first time: another
 * store that shares it may have made it meanwhile, or a person. Nothing has a guest looked at but an order.
 */
export function isSoughtAnew({ mapping, key, parentKey }: PendingUpsert): boolean {
  return mapping.matchFields.length > 0 && changeFor(mapping.resource, key, parentKey) !== null;
}

/**
 * What goes to another record than the one that was compared: all of the row, but to the survivor of a merge not what
 * people may have typed there. Nothing is known of those fields until it is looked at.
 */
function forOther(
  entry: PendingUpsert,
  target: PendingUpsert['target'],
): Pick<PendingUpsert, 'text' | 'agrees'> {
  const { mapping, agrees } = entry;
  const text = entry.whole ?? entry.text;
  if (target === null || mapping.kept.length === 0) return { text, agrees };
  const kept = new Set(mapping.kept.map(({ field }) => field));
  const fields = Object.entries(JSON.parse(text) as Row['fields']);
  return {
    text: JSON.stringify(Object.fromEntries(fields.filter(([name]) => !kept.has(name)))),
    // What was compared was the other record.
    agrees: undefined,
  };
}

/**
 * What is left to say to the survivor of a merge that carries another key, which keeps it in step. It may be that of
 * another customer of the store: a customer says nothing before it is looked at anew.
 */
function ofForeign(entry: PendingUpsert): PendingUpsert {
  const { mapping, row, references, text } = entry;
  const isPersons = mapping.resource === 'customer';
  const own = new Set(isPersons ? [] : mapping.foreign.fields.map(({ field }) => field));
  const cut = (fields: Row['fields']) =>
    Object.fromEntries(Object.entries(fields).filter(([name]) => own.has(name)));
  return {
    ...entry,
    text: JSON.stringify(cut(JSON.parse(text) as Row['fields'])),
    row: {
      ...row,
      whenEmpty: cut(row.whenEmpty),
      lookups: row.lookups.filter(({ field }) => own.has(field)),
    },
    references: references.filter(({ field }) => own.has(field)),
  };
}
