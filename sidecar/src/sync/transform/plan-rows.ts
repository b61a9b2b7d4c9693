import { rowHash } from '../../mapping/build/row-hash.ts';
import { recordKey } from '../../mapping/keys/keys.ts';
import type { Lookup, Mapping, Row, WooRecord } from '../../mapping/model/mapping.ts';
import type { OpenPage } from '../model/checkpoint.ts';
import type { Reference, Target, Upsert } from '../model/pending-write.ts';
import type { Merged } from '../merge/merge.ts';
import { mappingFor } from '../model/ownership.ts';
import type { Link } from '../../ports/store.ts';
import { RecordMap } from '../model/record-map.ts';
import { applyDeleteRules, FLAGGED, stepFor, withoutFlag, type Leaving } from './deletions.ts';
import { isComing, mappingsOf, type Run } from '../model/run.ts';

/** The reading that records come from. */
export interface Read {
  /** The store's time. */
  readonly readAt: Date;
  readonly page: OpenPage;
}

/** One Woo record seen through one mapping. */
interface Candidate extends Read {
  readonly mapping: Mapping;
  readonly record: WooRecord;
  readonly key: string;
  /** Key of the record that owns it. */
  readonly parentKey: string | null;
}

/** A candidate that the mapping wants in Salesforce, as a row whose references are not resolved yet. */
export interface Planned extends Candidate {
  readonly row: Row;
  readonly link: Link | undefined;
  /** How the record was found, where it was in the org and not ours yet. */
  readonly found?: Found;
}

/** A record that was looked for and found. */
export interface Found {
  /** By its match fields, not by its key. */
  readonly adopted: boolean;
  /** Key of the guest who is this customer now. */
  readonly formerKey: string | null;
  /** The row only points to the record, which another key keeps in step. */
  readonly silent: boolean;
}

/** Every record through every mapping of its resource. Records without a usable key are left out. */
export function candidates(
  run: Run,
  resource: Mapping['resource'],
  records: readonly { readonly record: WooRecord; readonly parentKey: string | null }[],
  from: Read,
): Candidate[] {
  const { readAt, page } = from;
  const found: Candidate[] = [];
  for (const mapping of mappingsOf(run, resource)) {
    for (const { record, parentKey } of records) {
      const key = recordKey(resource, record, run.store.key);
      if (key !== null) found.push({ mapping, record, key, parentKey, readAt, page });
    }
  }
  return found;
}

/**
 * Decides which candidates are wanted and builds their rows; those that must leave by the delete rule go to
 * the writer. What cannot be built is reported.
 * @param links what is known of the candidates, where the caller knows it without asking the state
 */
export async function plan(
  run: Run,
  from: readonly Candidate[],
  links?: RecordMap<Link>,
): Promise<Planned[]> {
  const known = links ?? (await linksOf(run, from));
  const planned: Planned[] = [];
  const leaving: Leaving[] = [];
  for (const candidate of from) {
    const { record, key, parentKey } = candidate;
    const link = known.get(candidate.mapping.object, key);
    const mapping = mappingFor(candidate.mapping, link);
    const report = run.report.of(mapping);
    report.read += 1;
    const step = stepFor(mapping, mapping.meets(record), link);
    if (step === 'leave' && link !== undefined) leaving.push({ mapping, link });
    if (step !== 'write') {
      run.report.see(mapping, key);
      continue;
    }
    report.wanted += 1;
    const { row, notes, problems } = mapping.build(record, run.store);
    if (row) {
      const { readAt, page } = candidate;
      planned.push({ mapping, record, key, parentKey, readAt, page, row, link });
      run.ids?.take(mapping, record, key, link);
      if (notes) run.report.note(mapping, key, notes);
    } else {
      run.report.fail(mapping, {
        key,
        code: problems.map(({ code }) => code).join(', '),
        message: problems.map(({ message }) => message).join('; '),
        ...{ parentKey, recordId: link?.recordId ?? null, field: problems[0]?.field ?? null },
      });
    }
  }
  const [first] = from;
  if (first !== undefined && leaving.length > 0) await applyDeleteRules(run, leaving, first);
  return planned;
}

/** Lookups of planned rows to records that are neither in the org, nor on their way, nor planned here. */
export function unknownLookups(planned: readonly Planned[], known: Known): readonly Lookup[] {
  const unknown = new RecordMap<Lookup>();
  for (const { row, link } of planned) {
    for (const lookup of row.lookups) {
      const { object, key } = lookup;
      if (key === null || known.has(object, key) || (link && isForCreate(lookup))) continue;
      unknown.set(object, key, lookup);
    }
  }
  return [...unknown.values()];
}

/** What is known of records; null for one on its way. */
export type Known = RecordMap<Target | null>;

/** What is known of everything that the rows refer to; what cannot be had is not in it. */
export async function resolve(run: Run, planned: readonly Planned[]): Promise<Known> {
  const known: Known = new RecordMap();
  for (const { mapping, key, link } of planned) known.set(mapping.object, key, link ?? null);
  await learn(
    run,
    planned.flatMap(({ row }) => row.lookups),
    known,
  );
  return known;
}

/** Adds what is known by now of the records that lookups name. */
export async function learn(run: Run, lookups: readonly Lookup[], known: Known): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  for (const { object, key } of lookups) {
    if (key === null || known.has(object, key)) continue;
    const keys = wanted.get(object);
    if (keys) keys.add(key);
    else wanted.set(object, new Set([key]));
  }
  // Those on their way are asked before the state: a row that is finished in between is found in the state.
  for (const [object, keys] of wanted) {
    for (const key of keys) if (isComing(run, object, key)) known.set(object, key, null);
  }
  for (const link of await linksOfAll(run, wanted)) known.set(link.object, link.key, link);
}

const NONE: ReadonlySet<string> = new Set();
const NOT_FOUND: Found = { adopted: false, formerKey: null, silent: false };

/** Whether a lookup is never written to a record that is there. */
function isForCreate({ onCreate, whenEmpty }: Lookup): boolean {
  return onCreate === true && whenEmpty !== true;
}

/** The row as it is written, its references resolved; null where it cannot be without one that is not there. */
export function toEntry(run: Run, planned: Planned, known: Known, merged?: Merged): Upsert | null {
  const { mapping, key, parentKey, readAt, page, row, link, found } = planned;
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
    marks: link?.hash === FLAGGED ? 'restored' : undefined,
    text,
    whole,
    agrees,
    mapping,
    object: mapping.object,
    key,
    row: kept,
    references,
    hash: rowHash(kept, hashed),
    parentKey,
    target: link ?? null,
    emptyFields: NONE,
    adopted,
    formerKey,
    readAt,
    page,
    mode: 'id',
    attempt: 0,
  };
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

interface Texts extends Pick<Upsert, 'text' | 'whole' | 'agrees'> {
  /** What is compared with what was last written. */
  readonly hashed: string;
}

/** The fields as they are written, and as they are compared with those last written. */
function textsOf({ mapping, row, link }: Planned, merged: Merged | undefined): Texts {
  const said = JSON.stringify(row.fields);
  const fields = link?.hash === FLAGGED ? withoutFlag(mapping, row.fields) : row.fields;
  const whole = fields === row.fields ? said : JSON.stringify(fields);
  if (merged === undefined) {
    return { text: whole, whole: undefined, agrees: undefined, hashed: said };
  }
  return {
    text: JSON.stringify(without(fields, merged.withheld)),
    whole,
    agrees: merged.agrees,
    // What goes both ways is compared side by side (merge.ts), so its values are no part of the hash.
    hashed: JSON.stringify(without(row.fields, twoWay(mapping))),
  };
}

function without(fields: Row['fields'], names: ReadonlySet<string>): Row['fields'] {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.has(name)));
}

function twoWay({ outgoing, kept }: Mapping): ReadonlySet<string> {
  const compared = kept.filter(({ isHashed }) => !isHashed);
  return new Set([...outgoing, ...compared].map(({ field }) => field));
}

function failWithoutParent(run: Run, planned: Planned, { field, object, key }: Lookup): void {
  const { mapping, parentKey, link } = planned;
  run.report.fail(mapping, {
    key: planned.key,
    code: 'PARENT_MISSING',
    message: `${field}: ${object} ${key ?? '(none)'} is not in Salesforce, and the record cannot be without it.`,
    ...{ parentKey, recordId: link?.recordId ?? null, field },
  });
}

async function linksOf(run: Run, from: readonly Candidate[]): Promise<RecordMap<Link>> {
  const keys = new Map<string, string[]>();
  for (const { mapping, key } of from) {
    const known = keys.get(mapping.object);
    if (known) known.push(key);
    else keys.set(mapping.object, [key]);
  }
  const links = new RecordMap<Link>();
  for (const link of await linksOfAll(run, keys)) links.set(link.object, link.key, link);
  return links;
}

/** The links of keys of several objects, asked for at once. */
async function linksOfAll(
  { state }: Run,
  keys: ReadonlyMap<string, Iterable<string>>,
): Promise<readonly Link[]> {
  const found = await Promise.all(
    [...keys].map(([object, some]) => state.links(object, [...some])),
  );
  return found.flatMap((links) => [...links.values()]);
}
