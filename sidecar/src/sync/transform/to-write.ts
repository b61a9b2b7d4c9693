import { inOrder, rowHash } from '../../mapping/build/row-hash.ts';
import { withoutFlag } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { FieldValue, Lookup, Row } from '../../mapping/model/record.ts';
import type { Guard, Reference, Target, PendingUpsert } from '../model/pending-write.ts';
import type { Found, Known, Merged, Planned } from '../model/record.ts';
import type { Run } from '../model/run.ts';
import { wholeKeyOf } from '../model/whole-key.ts';
import { isForCreate } from './references.ts';

const NONE: ReadonlySet<string> = new Set();

const NOT_FOUND: Found = {
  adopted: false,
  seen: null,
  formerKey: null,
  baseKey: null,
  silent: false,
};

/** The row as it is written, its references resolved; null where it cannot be without one that is not there. */
export function toEntry(
  run: Run,
  planned: Planned,
  known: Known,
  merged?: Merged,
): PendingUpsert | null {
  const { mapping, key, parentKey, readNumber, readAt, page, row, link, found } = planned;
  const { adopted, formerKey } = found ?? NOT_FOUND;
  const references: Reference[] = [];
  let { lookups } = row;
  for (const lookup of row.lookups) {
    const other = lookup.key === null ? undefined : known.get(lookup.object, lookup.key);
    if (lookup.key !== null && other !== undefined) {
      references.push(referenceTo(lookup, lookup.key, other));
    } else if (lookup.required && !(link && isForCreate(lookup))) {
      failWithoutParent(run, planned, lookup);
      return null;
    } else if (lookup.key !== null) {
      lookups = lookups.map((one) => (one === lookup ? { ...one, key: null } : one));
    }
  }
  run.report.see(mapping, key);
  const { onCreate, whenEmpty } = row;
  const kept = { key, onCreate, whenEmpty, lookups };
  const { text, whole, agrees, hashed } = textsOf(planned, merged);
  // One literal, all entries alike: there is one for every record that is written.
  return {
    kind: 'upsert',
    marks: link?.state === 'soft_deleted' ? 'restored' : undefined,
    text,
    whole,
    agrees,
    guards: guardsOf(planned, merged),
    mapping,
    object: mapping.object,
    key,
    row: kept,
    references,
    hash: rowHash(kept, hashed),
    hashWithLeftOut: hashWithLeftOut(kept, row.leftOut, { hashed, known }),
    parentKey,
    target: link ?? null,
    emptyFields: NONE,
    adopted,
    formerKey,
    readNumber,
    readAt,
    page,
    mode: 'id',
    attempt: 0,
  };
}

/** Whoever has given a record its key since it was found must not lose it: another store may make it its own. */
function guardsOf(
  { mapping, key, found }: Planned,
  merged: Merged | undefined,
): readonly Guard[] | undefined {
  if (found === undefined || found.seen === null || found.seen.modified === null)
    return merged?.guards;
  const { keyField } = mapping;
  const { key: held, modified } = found.seen;
  const own = { name: keyField, field: keyField, held, modified, written: key, form: keyIn };
  return [...(merged?.guards ?? []), own];
}

function keyIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** As if the lookups were written that are left out, with the records that are known. */
function hashWithLeftOut(
  row: Omit<Row, 'fields'>,
  leftOut: readonly Lookup[] | undefined,
  { hashed, known }: { readonly hashed: string; readonly known: Known },
): string | undefined {
  if (leftOut === undefined || leftOut.length === 0) return undefined;
  const before = leftOut.map((lookup) => {
    const isKnown = lookup.key !== null && known.has(lookup.object, lookup.key);
    return isKnown ? lookup : { ...lookup, key: null };
  });
  return rowHash({ ...row, lookups: inOrder([...row.lookups, ...before]) }, hashed);
}

function referenceTo(lookup: Lookup, key: string, other: Target | null): Reference {
  const { field, relationshipName, object, keyField, required, onCreate, whenEmpty } = lookup;
  const { recordId, byId } = other ?? { recordId: null, byId: false };
  return {
    field,
    relationshipName,
    object,
    keyField,
    key,
    required,
    onCreate,
    whenEmpty,
    recordId,
    byId,
  };
}

interface Texts extends Pick<PendingUpsert, 'text' | 'whole' | 'agrees'> {
  /** What is compared with what was last written. */
  readonly hashed: string;
}

/** The fields as they are written, and as they are compared with those last written. */
function textsOf({ mapping, row, link }: Planned, merged: Merged | undefined): Texts {
  const said = JSON.stringify(row.fields);
  const fields = link?.state === 'soft_deleted' ? withoutFlag(mapping, row.fields) : row.fields;
  const whole = fields === row.fields ? said : JSON.stringify(fields);
  if (merged === undefined) {
    return { text: whole, whole: undefined, agrees: undefined, hashed: said };
  }
  const { withheld, agrees } = merged;
  return {
    text: withheld.size === 0 ? whole : JSON.stringify(without(fields, withheld)),
    whole,
    agrees,
    // What goes both ways is compared side by side (merge.ts), so its values are no part of the hash.
    hashed: JSON.stringify(without(row.fields, twoWay(mapping))),
  };
}

function without(fields: Row['fields'], names: ReadonlySet<string>): Row['fields'] {
  const left: Record<string, FieldValue> = {};
  for (const [name, value] of Object.entries(fields)) if (!names.has(name)) left[name] = value;
  return left;
}

function twoWay({ outgoing, kept }: Mapping): ReadonlySet<string> {
  const compared = kept.filter(({ isHashed }) => !isHashed);
  return new Set([...outgoing, ...compared].map(({ field }) => field));
}

function failWithoutParent(run: Run, planned: Planned, lookup: Lookup): void {
  const { field, object, key } = lookup;
  const { mapping, parentKey, link } = planned;
  run.report.fail(mapping, {
    key: planned.key,
    code: 'PARENT_MISSING',
    message: `${field}: ${object} ${key ?? '(none)'} is not in Salesforce, and the record cannot be without it.`,
    parentKey,
    recordId: link?.recordId ?? null,
    field,
    wholeKey: wholeKeyOf(mapping, [lookup]),
  });
}
