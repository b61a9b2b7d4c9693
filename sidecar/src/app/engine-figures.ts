import type { Engine } from '../engine/engine.ts';
import type { Figure } from '../http/engine-port.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';
import { GROUPING } from '../sync/report/issue-group.ts';
import {
  conditionOf,
  conditionOfOrg,
  conditionsOfStores,
  type ViewParts,
} from './engine-conditions.ts';

/** The metrics of `/metrics`, read anew each time. */
export async function figuresOf(engine: Engine, parts: ViewParts): Promise<readonly Figure[]> {
  const stores = engine.stores.map(({ setup }) => setup.store.key);
  await parts.issues.group(GROUPING);
  return [
    ...figuresOfQueue(await parts.queue.backlog()),
    unacknowledgedFigure(engine),
    leftAloneFigure(engine),
    issuesFigure(stores, await parts.issues.open()),
    callsFigure(parts.org.callsFor),
    ...budgetFigures(engine, stores),
    outFigure(engine, parts),
  ];
}

function figuresOfQueue(backlog: Awaited<ReturnType<ChangeQueue['backlog']>>): readonly Figure[] {
  const labels = (queue: (typeof backlog)[number]) => ({
    store: queue.store,
    resource: queue.resource,
  });
  return [
    {
      name: 'woo_salesforce_backlog',
      help: 'Records that wait to be looked at',
      kind: 'gauge',
      values: backlog.map((queue) => ({
        labels: labels(queue),
        value: queue.waiting + queue.active,
      })),
    },
    {
      name: 'woo_salesforce_lag_seconds',
      help: 'How long the oldest of them has waited, edits in bulk aside',
      kind: 'gauge',
      values: backlog.map((queue) => ({
        labels: labels(queue),
        value: secondsSince(queue.oldest),
      })),
    },
    {
      name: 'woo_salesforce_bulk_lag_seconds',
      help: 'How long the oldest edit in bulk has waited',
      kind: 'gauge',
      values: backlog.map((queue) => ({
        labels: labels(queue),
        value: secondsSince(queue.oldestBulk),
      })),
    },
  ];
}

const secondsSince = (date: Date | null): number =>
  date === null ? 0 : Math.max(0, (Date.now() - date.getTime()) / 1000);

/** Each store has its own figure, also while it is 0: an alert sees a label come and go as no data. */
function issuesFigure(stores: readonly string[], open: ReadonlyMap<string, number>): Figure {
  const all = new Map([...stores.map((store) => [store, 0] as const), ...open]);
  return {
    name: 'woo_salesforce_open_issues',
    help: 'Records that cannot be synced, or are in conflict',
    kind: 'gauge',
    values: [...all].map(([store, value]) => ({ labels: { store }, value })),
  };
}

function unacknowledgedFigure({ stores }: Engine): Figure {
  return {
    name: 'woo_salesforce_shop_unacknowledged',
    help: 'Records that the shop was sent and has not told of by its webhooks',
    kind: 'gauge',
    values: stores.map(({ setup, unacknowledged }) => ({
      labels: { store: setup.store.key },
      value: unacknowledged,
    })),
  };
}

function leftAloneFigure({ stores }: Engine): Figure {
  return {
    name: 'woo_salesforce_records_left_alone_total',
    help: 'Records that are not looked at again before they change, since our own work has queued them again and again',
    kind: 'counter',
    values: stores.map(({ setup, leftAlone }) => ({
      labels: { store: setup.store.key },
      value: leftAlone,
    })),
  };
}

function callsFigure(callsFor: ReadonlyMap<string, number>): Figure {
  return {
    name: 'woo_salesforce_api_calls_total',
    help: 'API calls of the Salesforce org, by what they were made for',
    kind: 'counter',
    values: [...callsFor].map(([purpose, value]) => ({ labels: { purpose }, value })),
  };
}

/** A store without a budget has only what it has used. */
function budgetFigures({ budgets }: Engine, stores: readonly string[]): readonly Figure[] {
  const uses = stores.map((store) => ({ labels: { store }, ...budgets.use(store) }));
  return [
    {
      name: 'woo_salesforce_api_calls_day',
      help: 'API calls that were made for a store on this day of UTC',
      kind: 'gauge',
      values: uses.map(({ labels, used }) => ({ labels, value: used })),
    },
    {
      name: 'woo_salesforce_api_budget',
      help: 'API calls that a store may use on a day of UTC',
      kind: 'gauge',
      values: uses.flatMap(({ labels, limit }) =>
        limit === null ? [] : [{ labels, value: limit }],
      ),
    },
  ];
}

function outFigure(engine: Engine, parts: ViewParts): Figure {
  const { availability } = engine;
  const others = [availability.state, availability.budget];
  const conditions = [
    ...others.map((side) => ({ side: side.name, ...conditionOf(side) })),
    ...conditionsOfStores(engine).map(([key, condition]) => ({
      side: availability.store(key).name,
      ...condition,
    })),
    { side: availability.org.name, ...conditionOfOrg(engine, parts) },
  ];
  return {
    name: 'woo_salesforce_out',
    help: '1 for a side that cannot be worked with at the moment',
    kind: 'gauge',
    values: conditions.map(({ side, ok }) => ({ labels: { side }, value: ok ? 0 : 1 })),
  };
}
