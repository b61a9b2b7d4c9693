import type { PipelineRun } from './pipeline-run.ts';
import { hasDeleteRule } from '../../mapping/model/delete-rule.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
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

/** Parents before those that name them; the trash after the records that are there. */
export const STAGES: readonly Stage[] = [
  listOf('products', 'product', singles('product')),
  listOf('variations', 'product', pullVariations),
  trashOf('products', 'product'),
  trashOf('variations', 'product'),
  listOf('customers', 'customer', singles('customer')),
  listOf('orders', 'order', pullOrders),
  trashOf('orders', 'order'),
  listOf('refunds', 'refund', pullRefunds),
];

function listOf(list: WooList, resource: Stage['resource'], pull: Stage['pull']): Stage {
  return { list, resource, pull, params: {}, cursor: `backfill:${list}`, concerns: () => true };
}

function singles(resource: 'product' | 'customer'): Stage['pull'] {
  return (run, records, read) => pullSingles(run, resource, records, read);
}

/** Lists leave out what is in the trash. Customers and refunds have none of their own. */
function trashOf(list: 'products' | 'variations' | 'orders', resource: 'product' | 'order'): Stage {
  return {
    ...{ list, resource, params: { status: 'trash' }, cursor: `backfill:${list}:trash` },
    concerns: hasDeleteRule,
    pull: async (run, trashed, read) => {
      await applyDeleteRules(run, await deletionsOf(run, resource, trashed), read);
    },
  };
}
