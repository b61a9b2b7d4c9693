import { explanationOf } from '../../errors/catalogue.ts';
import { inQueries } from '../../lib/soql.ts';
import { parseKey, wooId } from '../../mapping/keys/keys.ts';
import {
  CHANGE_RESOURCES,
  isTyped,
  type Resource,
  RESOURCES,
} from '../../mapping/model/resources.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { ChangeQueue } from '../../ports/change-queue.ts';
import type { Issue, IssueStore, IssueSeen } from '../../ports/issues.ts';
import type { Org } from '../../ports/org.ts';
import type { WooStore } from '../../ports/store.ts';
import { readAllByIds } from '../read/read-by-ids.ts';

/** A record of Salesforce that carries a key of the store, and that we have not written. */
export interface Stranger {
  readonly object: string;
  readonly keyField: string;
  readonly resource: Resource;
  readonly recordId: string;
  readonly key: string;
}

export interface OrphanParts {
  readonly org: Pick<Org, 'queries'>;
  readonly store: WooStore;
  readonly queue: Pick<ChangeQueue, 'add' | 'finish'>;
  readonly issues: Pick<IssueStore, 'find'>;
}

const PREFIX = 'orphan:';
const CODE = 'RECORD_NOT_IN_SHOP';
/** Issues that are looked at again; more of them are one mistake, which is seen from these. */
const MOST = 1000;

/**
 * Opens an issue for each stranger that the shop does not have, and queues those that it has. Closes those of
 * records that are gone or carry another key by now.
 * @param sources objects and key fields by which open issues are looked at again
 * @returns how many the shop does not have
 */
export async function reportOrphans(
  parts: OrphanParts,
  strangers: readonly Stranger[],
  sources: readonly Pick<Stranger, 'object' | 'keyField'>[],
): Promise<number> {
  const { store, queue, issues } = parts;
  const open = await issues.find({ store: store.key, prefix: PREFIX }, MOST);
  const objects = new Set(sources.map(({ object }) => object));
  // Of a mapping that is held nothing was looked at.
  const asked = open.filter(({ object }) => objects.has(object));
  const over = await goneOf(parts, asked, sources);
  const unknown = await notInShop(store, strangers);
  const known = new Set(open.map(({ key }) => key));
  const found = unknown.map((stranger) => issueOf(store.key, stranger));
  const failures = found.filter(({ key }) => !known.has(key));
  const seen = over.map(({ object, recordKey }) => ({ object, key: recordKey }));
  if (failures.length + seen.length > 0) {
    await queue.finish({ jobs: [], failures, seen, followUps: [] });
  }
  const there = strangers.filter((stranger) => !unknown.includes(stranger));
  const again = there.flatMap(({ resource, key }) => changeFor(resource, key, null) ?? []);
  if (again.length > 0) await queue.add(again);
  return open.length - over.length + failures.length;
}

/** One call of the store per list, none where there is nothing to ask for. */
async function notInShop(
  store: WooStore,
  strangers: readonly Stranger[],
): Promise<readonly Stranger[]> {
  const unknown: Stranger[] = [];
  // Items and refunds are in no list that can be asked by ids.
  // What has keys of its type is read whole at night.
  for (const resource of CHANGE_RESOURCES.filter((one) => !isTyped(one))) {
    const those = strangers.filter((one) => one.resource === resource && idOf(one) !== null);
    if (those.length === 0) continue;
    const ids = those.flatMap((one) => idOf(one) ?? []);
    const { lists, hasTrash } = RESOURCES[resource];
    const reads = lists.flatMap((list) =>
      viewsOf(hasTrash).map((params) => ({ list, ids, params })),
    );
    const found = await readAllByIds(store, reads);
    const there = new Set(found.flatMap(({ records }) => records.map(({ id }) => wooId(id))));
    unknown.push(...those.filter((one) => !there.has(idOf(one))));
  }
  return unknown;
}

function viewsOf(hasTrash: boolean): readonly Readonly<Record<string, string>>[] {
  const there = { _fields: 'id' };
  return hasTrash ? [there, { ...there, status: 'trash' }] : [there];
}

function idOf({ key }: Stranger): number | null {
  return parseKey(key).id;
}

/** Those whose record is gone, or carries another key. */
async function goneOf(
  { org }: OrphanParts,
  open: readonly Issue[],
  sources: readonly Pick<Stranger, 'object' | 'keyField'>[],
): Promise<readonly Issue[]> {
  if (open.length === 0) return [];
  const asked = sources.flatMap(({ object, keyField }) => {
    const ids = open.filter((one) => one.object === object).flatMap((one) => one.recordId ?? []);
    return inQueries(object, ['Id', keyField], new Map([['Id', new Set(ids)]]));
  });
  const rows = asked.length === 0 ? [] : (await org.queries(asked)).flat();
  const carried = rows.flatMap((row) =>
    sources.map(({ keyField }) => `${String(row['Id'])} ${String(row[keyField])}`),
  );
  const still = new Set(carried);
  return open.filter(({ recordId, recordKey }) => !still.has(`${recordId ?? ''} ${recordKey}`));
}

function issueOf(
  store: string,
  { object, keyField, resource, recordId, key }: Stranger,
): IssueSeen {
  return {
    key: `${PREFIX}${object}:${recordId}`,
    kind: 'failed',
    store,
    resource,
    object,
    recordKey: key,
    recordId,
    field: keyField,
    code: CODE,
    change: null,
    retry: 'never',
    reason: `${object} ${recordId} has ${key} in ${keyField}, and the shop has no such record: nothing keeps it in step.`,
    cure: explanationOf(CODE)?.cure ?? '',
    wooValue: null,
    salesforceValue: key,
  };
}
