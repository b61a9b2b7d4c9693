import { recordKey, wooId, wooKey } from '../../mapping/keys/keys.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { broughtBy, isPart, type Resource } from '../../mapping/model/resources.ts';
import type { PendingDelete, PendingUpsert, PendingWrite } from '../model/pending-write.ts';
import type { DeletionCandidate, Read } from '../model/record.ts';
import { isOfType, mappingsOf, type Run } from '../model/run.ts';

/**
 * Applies the delete rules of their mappings to records that are in Salesforce: they are kept, flagged or
 * deleted, an order with the details that we wrote. Nothing happens to a record twice. One that carries
 * another key than ours belongs to somebody else too, so it is only let go.
 */
export async function applyDeleteRules(
  run: Run,
  leaving: readonly DeletionCandidate[],
  read: Read,
): Promise<void> {
  const ruled = leaving.filter(
    ({ mapping, link }) => hasDeleteRule(mapping) && link.state !== 'soft_deleted',
  );
  const { foreign = [], own = [] } = Object.groupBy(ruled, ({ link }) =>
    link.byId ? 'foreign' : 'own',
  );
  if (foreign.length > 0) {
    const links = foreign.map(({ link }) => link);
    await run.state.didWrite([], links);
  }
  const doomed = own.filter(({ mapping }) => mapping.deleteRule === 'delete');
  const entries: PendingWrite[] = [...(await detailsOf(run, doomed)), ...doomed].map((each) =>
    removal(each, read),
  );
  for (const each of own) {
    const { deleteRule, deleteFlag } = each.mapping;
    if (deleteRule === 'flag' && deleteFlag !== null)
      entries.push(flagging(each, deleteFlag, read));
  }
  await run.writer.add(entries);
}

/** What records that the shop has in the trash, or not any more, are in Salesforce, the variations of products with them. */
export async function deletionsOf(
  run: Run,
  resource: Resource,
  trashed: readonly WooRecord[],
): Promise<readonly DeletionCandidate[]> {
  const { key: store } = run.store;
  const keysOf = (record: WooRecord) =>
    [
      recordKey(resource, record, store) ?? [],
      variationsOf(record).map((id) => wooKey(store, id)),
    ].flat();
  const found = mappingsOf(run, resource).map(async (mapping) => {
    const own = trashed.filter((record) => isOfType(mapping, record));
    const links = await run.state.links(mapping.object, own.flatMap(keysOf));
    return [...links.values()].map((link) => ({ mapping, link }));
  });
  return (await Promise.all(found)).flat();
}

function variationsOf({ variations }: WooRecord): number[] {
  return Array.isArray(variations) ? variations.flatMap((id) => wooId(id) ?? []) : [];
}

/** Items and refunds of orders that are to be deleted: they go with their order, and so must their links. */
async function detailsOf(
  run: Run,
  doomed: readonly DeletionCandidate[],
): Promise<DeletionCandidate[]> {
  const orders = doomed.filter(({ mapping }) => mapping.resource === 'order');
  if (orders.length === 0) return [];
  const keys = orders.map(({ link }) => link.key);
  const details = broughtBy('order')
    .filter(isPart)
    .flatMap((resource) => mappingsOf(run, resource));
  const found = details.map(async (mapping) => {
    const children = await run.state.children(mapping.object, keys);
    return [...children.values()].flat().map((link) => ({ mapping, link }));
  });
  return (await Promise.all(found)).flat();
}

function removal({ mapping, link }: DeletionCandidate, { page }: Read): PendingDelete {
  const { object, key, parentKey, recordId } = link;
  return { kind: 'delete', mapping, object, key, parentKey, recordId, page, attempt: 0 };
}

function flagging(
  { mapping, link }: DeletionCandidate,
  { field, value }: NonNullable<Mapping['deleteFlag']>,
  { readNumber, readAt, page }: Read,
): PendingUpsert {
  const { object, key, parentKey } = link;
  return {
    kind: 'upsert',
    marks: 'deleted',
    mapping,
    object,
    key,
    parentKey,
    target: link,
    row: { key, onCreate: {}, whenEmpty: {}, lookups: [] },
    text: JSON.stringify({ [field]: value }),
    references: [],
    hash: null,
    emptyFields: new Set(),
    adopted: false,
    formerKey: null,
    readNumber,
    readAt,
    page,
    mode: 'id',
    attempt: 0,
  };
}
