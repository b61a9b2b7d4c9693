import { settled } from '../flow/parts/settled.ts';
import type { Caller } from '../model/caller.ts';
import type { Row } from '../lib/database.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import type { Change } from '../model/object-rule.ts';
import type { OrgView, WholeOrg } from '../model/org-view.ts';
import { toId18 } from '../model/ids.ts';
import type { ObjectDefinition } from '../model/schema.ts';

/** A record for which triggers run. */
export interface TriggerRecord {
  /** Undefined before an insert. */
  readonly id: string | undefined;
  /** The row before the save; undefined for a new record. */
  readonly old: Row | undefined;
  /** Before a save: what triggers may change. */
  readonly change: Change | undefined;
}

export interface TriggerEvent {
  readonly isBefore: boolean;
  readonly verb: 'insert' | 'update' | 'delete' | 'undelete';
  readonly object: ObjectDefinition;
  readonly records: readonly TriggerRecord[];
}

/** The Apex triggers of an org. */
export interface Triggers {
  /** Whether an object has an active one. */
  has(object: string): boolean;
  /** Runs all of an event. @returns why a record cannot be saved, by the place of the record */
  fire(event: TriggerEvent, caller: Caller): readonly (SaveError | undefined)[];
}

const none: Triggers = { has: () => false, fire: () => [] };
const servedBy = new WeakMap<WholeOrg, Triggers>();

/** Lets saves of an org run its triggers. */
export function serveTriggers(org: WholeOrg, triggers: Triggers): void {
  servedBy.set(org, triggers);
}

export const triggersOf = (org: OrgView): Triggers => servedBy.get(org.whole) ?? none;

/** Records that triggers see together at most. */
export const TOGETHER = 200;

interface Chunk {
  /** Of records whose triggers run together; undefined where there are none. */
  readonly object: ObjectDefinition | undefined;
  readonly ids: string[];
}

/** Ids in the order of a call, those whose triggers run together in one. */
export function chunksOf(org: OrgView, ids: readonly string[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  for (const given of ids) {
    const id = toId18(given);
    const found = id === undefined ? undefined : org.whole.objectOfId(id);
    const object = found && triggersOf(org).has(found.name) ? found : undefined;
    const last = chunks.at(-1);
    if (last && last.object === object && last.ids.length < TOGETHER) last.ids.push(given);
    else chunks.push({ object, ids: [given] });
  }
  return chunks;
}

/** Times that records with triggers are tried. */
export const MOST_ATTEMPTS = 3;

const tooOften = saveError(
  'TOO_MANY_APEX_REQUESTS',
  'Too many batch retries in the presence of Apex triggers and partial failures.',
);

/**
 * Saves records whose triggers and flows run together. Where some may fail, all is taken back and tried anew without
 * those that did: triggers run again then, with the same statics.
 * @param attempt says of each of the records what has become of it
 * @param most attempts
 */
export function attempted<Item, Result>(
  { db }: OrgView,
  items: readonly Item[],
  allOrNone: boolean,
  attempt: (items: readonly Item[]) => readonly (Result | SaveError)[],
  most = MOST_ATTEMPTS,
): readonly (Result | SaveError)[] {
  if (allOrNone) return db.transaction(() => attempt(items));
  const results = settled(db, items, attempt, isRefusal, most);
  return items.map((item) => results.get(item) ?? tooOften);
}

const isRefusal = (one: unknown): one is SaveError =>
  typeof one === 'object' && one !== null && 'statusCode' in one;
