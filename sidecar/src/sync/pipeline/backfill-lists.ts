import type { PipelineRun } from './pipeline-run.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import {
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
  ...{ variations: pullVariations, orders: pullOrders, refunds: pullRefunds },
};

/**
 * The lists of what is mapped: parents before those that name them, the trash after the records that are there.
 * Of WordPress's content, what refers to little comes first, and what refers to products, customers or orders last.
 */
export function stagesOf(mappings: readonly Mapping[]): readonly Stage[] {
  const stages = RESOURCE_NAMES.flatMap((resource) => {
    const { isEmbedded, hasTrash } = RESOURCES[resource];
    if (isEmbedded) return [];
    const own = mappings.filter((mapping) => mapping.resource === resource);
    const lists = new Set([...own].sort(byReferences).flatMap(listsOf));
    return [
      ...[...lists].map((list) => listOf(list, resource)),
      ...(hasTrash ? [...lists].map((list) => trashOf(list, resource)) : []),
    ];
  });
  const isLast = namesTheShops(mappings);
  return [...stages.filter((stage) => !isLast(stage)), ...stages.filter(isLast)];
}

/** Whether a list of content has lookups to what the shop's own resources become, and so comes after them. */
function namesTheShops(mappings: readonly Mapping[]): (stage: Stage) => boolean {
  const isContent = (resource: Resource) => RESOURCES[resource].comesWith === 'content';
  const shops = new Set(
    mappings.filter(({ resource }) => !isContent(resource)).map(({ object }) => object),
  );
  return ({ resource, list }) =>
    isContent(resource) &&
    mappings.some(
      (mapping) =>
        mapping.resource === resource &&
        listsOf(mapping).includes(list) &&
        mapping.references.some(({ object }) => shops.has(object)),
    );
}

function byReferences(a: Mapping, b: Mapping): number {
  const count = ({ fields }: Mapping) => fields.filter(({ kind }) => kind === 'lookup').length;
  return count(a) - count(b);
}

function listOf(list: WooList, resource: Resource): Stage {
  const place = { params: {}, cursor: `backfill:${list}` };
  return {
    ...{ list, resource, ...place },
    pull: PULL[list] ?? ((run, records, read) => pullSingles(run, resource, records, read)),
    concerns: (mapping) => listsOf(mapping).includes(list),
  };
}

function trashOf(list: WooList, resource: Resource): Stage {
  return {
    ...{ list, resource, params: { status: 'trash' }, cursor: `backfill:${list}:trash` },
    concerns: hasDeleteRule,
    pull: async (run, trashed, read) => {
      if (resource === 'order') await run.totals?.gone(trashed, read.readAt);
      await applyDeleteRules(run, await deletionsOf(run, resource, trashed), read);
    },
  };
}
