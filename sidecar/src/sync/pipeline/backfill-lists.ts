import type { PipelineRun } from './pipeline-run.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import {
  isTyped,
  listsOf,
  type Resource,
  RESOURCE_NAMES,
  RESOURCES,
} from '../../mapping/model/resources.ts';
import type { WooList } from '../../ports/store.ts';
import type { Read } from '../model/record.ts';
import { applyDeleteRules, deletionsOf } from '../transform/deletions.ts';
import { pullOrders, pullRefunds } from './orders.ts';
import { pullSingles, pullVariations } from './records.ts';

/** A list that a load walks. */
export interface Stage {
  readonly list: WooList;
  readonly resource: Mapping['resource'];
  readonly params: Readonly<Record<string, string>>;
  /** Name of the place where a walk that was stopped goes on. */
  readonly cursor: string;
  /** Whether there is something to do for a mapping of the resource. */
  readonly concerns: (mapping: Mapping) => boolean;
  readonly pull: (run: PipelineRun, records: readonly WooRecord[], read: Read) => Promise<void>;
}

/** How a page of a list is brought into step whose records do not stand each for itself. */
const PULL: Readonly<Partial<Record<WooList, Stage['pull']>>> = {
  variations: pullVariations,
  orders: pullOrders,
  refunds: pullRefunds,
};

/** How deep the shop's own resources lie among references: content that refers to one of them lies deeper. */
const SHOPS = 1_000_000;

/**
 * The lists of what is mapped: parents before those that name them, the trash after the records that are there.
 * Of WordPress's content, what refers to little comes first, and what refers to products, customers or orders last.
 */
export function stagesOf(mappings: readonly Mapping[]): readonly Stage[] {
  const depthOf = depthsOf(mappings);
  const stages = RESOURCE_NAMES.flatMap((resource) => {
    const { isEmbedded, hasTrash } = RESOURCES[resource];
    if (isEmbedded) return [];
    const own = mappings.filter((mapping) => mapping.resource === resource);
    const inOrder = own.toSorted((a, b) => depthOf(a) - depthOf(b));
    const lists = new Set(inOrder.flatMap(listsOf));
    return [
      ...[...lists].map((list) => listOf(list, resource)),
      ...(hasTrash ? [...lists].map((list) => trashOf(list, resource)) : []),
    ];
  });
  const last = new Set(
    mappings
      .filter((mapping) => isTyped(mapping.resource) && depthOf(mapping) > SHOPS)
      .flatMap(listsOf),
  );
  return [
    ...stages.filter(({ list }) => !last.has(list)),
    ...stages.filter(({ list }) => last.has(list)),
  ];
}

/** How many lookups in a row a mapping's records need of others; lookups in a circle are counted for so many rounds. */
function depthsOf(mappings: readonly Mapping[]): (mapping: Mapping) => number {
  const content = mappings.filter(({ resource }) => isTyped(resource));
  const depths = new Map(content.map(({ object }) => [object, 0]));
  for (const { object, resource } of mappings) if (!isTyped(resource)) depths.set(object, SHOPS);
  const depthOf = ({ references }: Mapping) =>
    Math.max(0, ...references.map(({ object }) => (depths.get(object) ?? -1) + 1));
  for (let round = 0; round < content.length; round += 1) {
    for (const mapping of content) {
      const { object } = mapping;
      depths.set(object, Math.max(depths.get(object) ?? 0, depthOf(mapping)));
    }
  }
  return depthOf;
}

function listOf(list: WooList, resource: Resource): Stage {
  const place = { params: {}, cursor: `backfill:${list}` };
  return {
    list,
    resource,
    ...place,
    pull: PULL[list] ?? ((run, records, read) => pullSingles(run, resource, records, read)),
    concerns: (mapping) => listsOf(mapping).includes(list),
  };
}

function trashOf(list: WooList, resource: Resource): Stage {
  return {
    list,
    resource,
    params: { status: 'trash' },
    cursor: `backfill:${list}:trash`,
    concerns: hasDeleteRule,
    pull: async (run, trashed, read) => {
      if (resource === 'order') await run.totals?.gone(trashed, read.readNumber);
      await applyDeleteRules(run, await deletionsOf(run, resource, trashed), read);
    },
  };
}
