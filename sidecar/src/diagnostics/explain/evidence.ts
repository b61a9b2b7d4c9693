import type { Mapping } from '../../mapping/model/mapping.ts';
import type { Link } from '../../ports/link.ts';
import type { Org } from '../../ports/org.ts';
import type { State } from '../../ports/state.ts';
import type { WooStore } from '../../ports/store.ts';
import { matchViews } from './match.ts';
import { findInOrg, type InOrg, place, type Wanted } from './org-records.ts';
import type { Part } from './subject.ts';
import { fieldsOf, type Seen, type View, wantedOf } from './views.ts';

interface Places {
  readonly org: Org;
  readonly state: State | null;
  readonly store: WooStore;
}

/** Everything that explaining looks at, in three API calls at most for a handful of mapped objects. */
export async function collectEvidence(
  { org, state, store }: Places,
  views: readonly View[],
  mappings: readonly Mapping[],
  parts: readonly Part[],
): Promise<Seen> {
  const wanted = wantedOf(views, mappings, parts);
  const links = state ? await linksOf(state, wanted) : null;
  const byKey = await findInOrg(org, wanted);
  const matches = await matchViews(org, store, views, (object, key) => {
    const id = place(object, key);
    return !byKey.has(id) && links?.has(id) !== true;
  });
  const byLink = new Map<string, string>();
  const byMatch = new Map<string, string>();
  for (const { mapping, trace } of views) {
    if (trace.key === null) continue;
    const id = place(mapping.object, trace.key);
    const link = links?.get(id);
    const match = matches.get(mapping.object, trace.key);
    if (link && !byKey.has(id)) byLink.set(id, link.recordId);
    else if (match?.kind === 'link') byMatch.set(id, match.recordId);
  }
  const byId = await findInOrg(org, wantedById(views, new Map([...byLink, ...byMatch])));
  const inOrg = new Map([...byKey, ...found(views, byLink, byId)]);
  return { views, mappings, links, inOrg, matches, adopted: found(views, byMatch, byId) };
}

async function linksOf(
  state: State,
  wanted: ReadonlyMap<string, Wanted>,
): Promise<ReadonlyMap<string, Link>> {
  const links = new Map<string, Link>();
  for (const [object, { keys }] of wanted) {
    for (const link of (await state.links(object, [...keys])).values()) {
      links.set(place(object, link.key), link);
    }
  }
  return links;
}

/** Records that do not carry the key by which we know them. */
function wantedById(
  views: readonly View[],
  ids: ReadonlyMap<string, string>,
): ReadonlyMap<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  for (const view of views) {
    const { object, keyField } = view.mapping;
    const recordId = ids.get(place(object, view.trace.key ?? ''));
    if (recordId === undefined) continue;
    const known = wanted.get(object) ?? { keyField: 'Id', keys: new Set(), fields: new Set() };
    wanted.set(object, known);
    known.keys.add(recordId);
    for (const field of [keyField, ...fieldsOf(view)]) known.fields.add(field);
  }
  return wanted;
}

function found(
  views: readonly View[],
  ids: ReadonlyMap<string, string>,
  byId: ReadonlyMap<string, InOrg>,
): ReadonlyMap<string, InOrg> {
  const records = new Map<string, InOrg>();
  for (const { mapping, trace } of views) {
    const id = place(mapping.object, trace.key ?? '');
    const record = byId.get(place(mapping.object, ids.get(id) ?? ''));
    if (record) records.set(id, record);
  }
  return records;
}
