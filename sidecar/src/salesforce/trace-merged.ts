import { z } from 'zod';
import type { RecordState, Missing } from '../ports/org.ts';
import type { QueryRow } from './rest/query.ts';
import { unexpected } from './rest/transport.ts';

/** Contacts merged one after the other; a longer chain is given up. */
const longestChain = 10;

const rowSchema = z.object({
  Id: z.string(),
  IsDeleted: z.boolean(),
  MasterRecordId: z.string().nullish(),
});

interface Traced {
  readonly deleted: boolean;
  readonly master: string | null;
  readonly key: string | null;
}

/** Ids of one query: well below the longest address. */
const idsPerQuery = 400;

/**
 * Looks records up in the recycle bin too, and follows merges to the record that is left.
 * @param mergeable whether records of the object can be merged, so that it has a MasterRecordId
 * @param queryAll one answer per query, in order
 * @returns by record id
 */
export async function findMergedOrDeleted(
  missing: readonly Missing[],
  mergeable: (object: string) => boolean,
  queryAll: (soql: readonly string[]) => Promise<readonly (readonly QueryRow[])[]>,
): Promise<ReadonlyMap<string, RecordState>> {
  const traced = new Map<string, Traced>();
  let open = missing.filter(({ ids }) => ids.length > 0);
  for (let step = 0; open.length > 0 && step < longestChain; step += 1) {
    const parts = open.flatMap(inQueries);
    const answers = await queryAll(parts.map((part) => toSoql(part, mergeable(part.object))));
    const found = parts.map((part, at) => read(part, answers[at] ?? [], traced));
    open = parts.map((part, at) => ({ ...part, ids: mastersToAsk(found[at] ?? [], traced) }));
    open = open.filter(({ ids }) => ids.length > 0);
  }
  return new Map(missing.flatMap(({ ids }) => ids.map((id) => [id, stateOf(id, traced)] as const)));
}

function inQueries({ object, keyField, ids }: Missing): Missing[] {
  const distinct = [...new Set(ids)];
  const parts: Missing[] = [];
  for (let at = 0; at < distinct.length; at += idsPerQuery) {
    parts.push({ object, keyField, ids: distinct.slice(at, at + idsPerQuery) });
  }
  return parts;
}

function toSoql({ object, keyField, ids }: Missing, mergeable: boolean): string {
  const master = mergeable ? ', MasterRecordId' : '';
  const list = ids.map((id) => `'${id}'`).join(',');
  return `SELECT Id, IsDeleted, ${keyField}${master} FROM ${object} WHERE Id IN (${list})`;
}

function read(
  { keyField }: Missing,
  rows: readonly QueryRow[],
  traced: Map<string, Traced>,
): readonly Traced[] {
  return rows.map((row) => {
    const parsed = rowSchema.safeParse(row).data;
    if (parsed === undefined)
      throw unexpected('Salesforce', 'a record without the fields asked for');
    const key = row[keyField];
    const one = {
      deleted: parsed.IsDeleted,
      master: parsed.MasterRecordId ?? null,
      key: typeof key === 'string' ? key : null,
    };
    traced.set(parsed.Id, one);
    return one;
  });
}

function mastersToAsk(
  found: readonly Traced[],
  traced: ReadonlyMap<string, Traced>,
): readonly string[] {
  const masters = found.flatMap(({ deleted, master }) => (deleted ? (master ?? []) : []));
  return masters.filter((id) => !traced.has(id));
}

function stateOf(id: string, traced: ReadonlyMap<string, Traced>): RecordState {
  let at = id;
  for (let step = 0; step <= longestChain; step += 1) {
    const here = traced.get(at);
    if (here === undefined) break;
    if (!here.deleted) {
      return at === id ? { kind: 'alive' } : { kind: 'merged', recordId: at, key: here.key };
    }
    if (here.master === null) break;
    at = here.master;
  }
  return { kind: 'gone' };
}
