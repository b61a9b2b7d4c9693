import type { Dependency } from '../engine/availability.ts';
import type { Engine } from '../engine/engine.ts';
import type { Condition, Edit, Engine as EngineView, Figure } from '../http/engine-port.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';
import type { IssueStore } from '../ports/issues.ts';
import type { Org } from '../ports/org.ts';
import type { SalesforceOrg } from '../salesforce/org.ts';

interface ViewParts {
  readonly queue: ChangeQueue;
  readonly issues: IssueStore;
  readonly org: Org & Pick<SalesforceOrg, 'organizationId' | 'unanswered'>;
  /** When the service began. */
  readonly since: Date;
}

/** The engine as the server sees it. But for images it costs no API call. */
export function engineView(engine: Engine, parts: ViewParts): EngineView {
  const { queue, issues, org } = parts;
  return {
    get organizationId() {
      // Without the mappings nobody knows what a message is for, and Salesforce sends it again.
      return engine.setup === null ? null : org.organizationId;
    },
    knowsObject: (object) => engine.objects.has(object),
    onEdits: (edits) => engine.edited(edits.flatMap((edit) => knownEdits(edit, engine.objects))),
    image: (hash) => engine.image(hash),
    queue,
    mappings: (store) => (engine.setup === null ? null : engine.store(store)?.setup.mappings),
    isEcho: (store, key, body) => engine.store(store)?.isEcho(key, body) ?? false,
    onEvent: (store) => {
      engine.store(store)?.heard();
    },
    health: () =>
      Promise.resolve({
        queue: conditionOf(engine.availability.state),
        org: conditionOfOrg(engine, parts),
        stores: Object.fromEntries(conditionsOfStores(engine)),
      }),
    figures: async () => [
      ...figuresOfQueue(await queue.backlog()),
      issuesFigure(
        engine.stores.map(({ setup }) => setup.store.key),
        await issues.open(),
      ),
      callsFigure(org.callsFor),
      outFigure(engine, parts),
    ],
  };
}

/** A record that was deleted may be of any object where the message did not say of which. */
function knownEdits(
  edit: Edit,
  objects: ReadonlySet<string>,
): readonly (Edit & { readonly object: string })[] {
  const { object } = edit;
  return object === null
    ? [...objects].map((one) => ({ ...edit, object: one }))
    : [{ ...edit, object }];
}

function conditionOf({ out }: Pick<Dependency, 'out'>): Condition {
  if (out === null) return { ok: true };
  const { code, message } = out.reason;
  return { ok: false, reason: `${code}: ${message}`, since: out.since };
}

/** Those that are kept in step, and those that are stopped, by their keys. */
function conditionsOfStores({
  stores,
  availability,
  setup,
}: Engine): readonly (readonly [string, Condition])[] {
  const stopped = setup?.stopped ?? [];
  return [
    ...stores
      .map(({ setup: { store } }) => store.key)
      .map((key) => [key, conditionOf(availability.store(key))] as const),
    ...stopped.map(({ key, ...out }) => [key, conditionOf({ out })] as const),
  ];
}

/** Nobody knows how an org is that has not answered yet, and one that falls silent is out before a call fails. */
function conditionOfOrg(
  { availability, setup }: Engine,
  { org: { unanswered }, since }: ViewParts,
): Condition {
  const known = conditionOf({ out: availability.org.out ?? unanswered ?? availability.budget.out });
  return known.ok && setup === null
    ? { ok: false, reason: 'Salesforce has not answered yet since the start.', since }
    : known;
}

function figuresOfQueue(backlog: Awaited<ReturnType<ChangeQueue['backlog']>>): readonly Figure[] {
  const now = Date.now();
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
      help: 'How long the oldest of them has waited',
      kind: 'gauge',
      values: backlog.map((queue) => ({
        labels: labels(queue),
        value: queue.oldest === null ? 0 : Math.max(0, (now - queue.oldest.getTime()) / 1000),
      })),
    },
  ];
}

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

function callsFigure(callsFor: ReadonlyMap<string, number>): Figure {
  return {
    name: 'woo_salesforce_api_calls_total',
    help: 'API calls of the Salesforce org, by what they were made for',
    kind: 'counter',
    values: [...callsFor].map(([purpose, value]) => ({ labels: { purpose }, value })),
  };
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
