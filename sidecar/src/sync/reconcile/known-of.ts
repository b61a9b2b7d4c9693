import { wooKey } from '../../mapping/keys/keys.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { broughtBy, isPart, type Resource, RESOURCES } from '../../mapping/model/resources.ts';
import type { LinkState } from '../../ports/link.ts';
import type { State } from '../../ports/state.ts';
import type { Listed, SweptList } from '../detect/sweep-lists.ts';

export interface KnownParts {
  readonly store: { readonly key: string };
  readonly state: Pick<State, 'links' | 'origins'>;
  /** Those that apply to the store. */
  readonly mappings: readonly Mapping[];
}

/** Whether what a list shows of a record is what was read of it. */
export type Known = 'same' | 'changed' | 'unknown';

/** By the ids of the records that the list has shown. */
export async function knownOf(
  parts: KnownParts,
  list: SweptList,
  listed: readonly Listed[],
): Promise<ReadonlyMap<number, Known>> {
  const resource = broughtBy(list.resource).find(
    (one) => RESOURCES[one].lists.includes(list.list) && !RESOURCES[one].isEmbedded,
  );
  if (resource === undefined || listed.length === 0) return new Map();
  if (!list.trash && !isPart(resource)) return byDate(parts, resource, listed);
  const own = parts.mappings.filter((one) => one.resource === resource);
  const linked = await linksOf(parts, list.trash ? own.filter(hasDeleteRule) : own, listed);
  return new Map(
    listed.map(({ id }) => [id, list.trash ? inTrash(linked.get(id)) : asPart(linked.get(id))]),
  );
}

/** What goes into the trash concerns what Salesforce has alone. */
function inTrash(links: readonly LinkState[] = []): Known {
  return links.some((state) => state !== 'soft_deleted') ? 'changed' : 'same';
}

/** Refunds never change. */
function asPart(links: readonly LinkState[] = []): Known {
  return links.length > 0 ? 'same' : 'unknown';
}

async function byDate(
  { store, state }: KnownParts,
  resource: Resource,
  listed: readonly Listed[],
): Promise<ReadonlyMap<number, Known>> {
  const keys = listed.map(({ id }) => wooKey(store.key, id));
  const origins = await state.origins.find(resource, keys);
  return new Map(
    listed.map(({ id, second }): [number, Known] => {
      const origin = origins.get(wooKey(store.key, id));
      if (origin === undefined) return [id, 'unknown'];
      // What waits for a person is read again when that one has decided.
      const isSame = origin.isHeld || origin.modified === Date.parse(`${second}Z`);
      return [id, isSame ? 'same' : 'changed'];
    }),
  );
}

async function linksOf(
  { store, state }: KnownParts,
  mappings: readonly Mapping[],
  listed: readonly Listed[],
): Promise<ReadonlyMap<number, readonly LinkState[]>> {
  const keys = listed.map(({ id }) => wooKey(store.key, id));
  const linked = new Map<number, LinkState[]>();
  for (const object of new Set(mappings.map((mapping) => mapping.object))) {
    const links = await state.links(object, keys);
    for (const { id } of listed) {
      const link = links.get(wooKey(store.key, id));
      if (link) linked.set(id, [...(linked.get(id) ?? []), link.state]);
    }
  }
  return linked;
}
