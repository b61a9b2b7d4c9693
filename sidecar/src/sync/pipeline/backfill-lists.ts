import type { PipelineRun } from './pipeline-run.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import { type Resource, RESOURCE_NAMES, RESOURCES } from '../../mapping/model/resources.ts';
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

/** How a page of each list is brought into step. */
const PULL: Readonly<Record<WooList, Stage['pull']>> = {
  ...{ products: singles('product'), variations: pullVariations },
  ...{ customers: singles('customer'), orders: pullOrders, refunds: pullRefunds },
};

/** Parents before those that name them; the trash after the records that are there. */
export const STAGES: readonly Stage[] = RESOURCE_NAMES.flatMap((resource) => {
  const { lists, isEmbedded, hasTrash } = RESOURCES[resource];
  if (isEmbedded) return [];
  return [
    ...lists.map((list) => listOf(list, resource)),
    ...(hasTrash ? lists.map((list) => trashOf(list, resource)) : []),
  ];
});

function listOf(list: WooList, resource: Resource): Stage {
  const place = { params: {}, cursor: `backfill:${list}` };
  return { list, resource, ...place, pull: PULL[list], concerns: () => true };
}

function singles(resource: 'product' | 'customer'): Stage['pull'] {
  return (run, records, read) => pullSingles(run, resource, records, read);
}

function trashOf(list: WooList, resource: Resource): Stage {
  return {
    ...{ list, resource, params: { status: 'trash' }, cursor: `backfill:${list}:trash` },
    concerns: hasDeleteRule,
    pull: async (run, trashed, read) => {
      await applyDeleteRules(
        run,
        await deletionsOf(run, RESOURCES[resource].comesWith, trashed),
        read,
      );
    },
  };
}
