import { ConcurrencyLimit } from '../../lib/concurrency-limit.ts';
import { placeOf } from '../../lib/error-location.ts';
import type { Log } from '../../lib/log.ts';
import type { StoreSetup } from '../../ports/setup.ts';
import { queueDueLookups } from '../../sync/detect/due-lookups.ts';
import type { ListFailure } from '../../sync/detect/list-failures.ts';
import { sweepStore } from '../../sync/detect/sweep-store.ts';
import { reconcileWebhooks, problemIn } from '../../sync/detect/webhook-keeper.ts';
import { topicsNeeded } from '../../sync/detect/webhook-topics.ts';
import { reconcile, RECONCILED } from '../../sync/reconcile/reconcile.ts';
import { sweepWholeLists } from '../../sync/reconcile/whole-lists.ts';
import { noteLists, noteSweep, noteWebhooks } from '../../sync/report/store-activity.ts';
import type { ShopBacklog } from '../../sync/to-woo/shop-backlog.ts';
import { queueMended } from '../held-changes.ts';
import { isNight } from './nightly.ts';
import type { StoreParts } from './store-parts.ts';
import type { StoreTask } from './store-task.ts';
import { sweepRhythms } from './sweep-intervals.ts';

const WEBHOOKS_SECONDS = 300;
const NIGHT_CHECK_SECONDS = 3600;
const TAKE_BACK_SECONDS = 3600;

/** Find what no event has reported. */
export function sweepTasks(
  { store, mappings }: StoreSetup,
  { publicUrl, sweepSeconds, state, queue, clock, log }: StoreParts,
): readonly StoreTask[] {
  const floor = publicUrl === null ? sweepSeconds : null;
  // Rhythms that end together would each write what the other has not read.
  const notes = new ConcurrencyLimit(1);
  return sweepRhythms(mappings, floor).map(({ seconds, resources }) => ({
    purpose: 'sweep',
    priority: 'sweep',
    seconds,
    atEachStart: true,
    run: async () => {
      const parts = { store, state, queue, mappings };
      const { changed, ...swept } = await sweepStore({ ...parts, resources, clock });
      const now = clock.now();
      const whole = resources.includes('content')
        ? await sweepWholeLists(parts, now, 'due')
        : { changed: 0, missing: 0, read: [], failures: [] };
      await noteSweep(state, store.key, now);
      const failures = [...swept.failures, ...whole.failures];
      const read = [...swept.read, ...whole.read];
      await notes.run(() => noteLists(state, store.key, mappings, { read, failures }));
      sayFailed(log, store.key, failures);
      const dueLookups = await queueDueLookups(state, queue, store.key);
      const hinted = changed + whole.changed + whole.missing + dueLookups;
      if (hinted > 0) log.info({ store: store.key, hinted }, 'sweep');
    },
  }));
}

/** The lists that could not be read, each once for what it failed by; of an error that nobody knows, where it arose. */
function sayFailed(log: Log, store: string, failures: readonly ListFailure[]): void {
  const each = new Map(failures.map((one) => [`${one.list} ${one.error.code}`, one]));
  for (const { list, error } of each.values()) {
    const { code, cure, message, cause } = error;
    const at = cause === undefined ? {} : { at: placeOf(cause) };
    log.warn({ store, list, code, cure, ...at }, message);
  }
}

/**
 * Keeps the webhooks of the store as they are needed; none where nothing is pushed to us.
 * @param shopBacklog learns of which records the shop tells
 * @param onMissed events may have been lost
 */
export function webhookTasks(
  { store, mappings }: StoreSetup,
  { publicUrl, secrets, state, log }: StoreParts,
  shopBacklog: Pick<ShopBacklog, 'hears'>,
  onMissed: () => void,
): readonly StoreTask[] {
  if (publicUrl === null || secrets === null) return [];
  const topics = topicsNeeded(mappings);
  const deliveryUrl = `${publicUrl}/woo/webhooks/${encodeURIComponent(store.key)}`;
  return [
    {
      purpose: 'webhooks',
      priority: 'sweep',
      seconds: WEBHOOKS_SECONDS,
      atEachStart: true,
      run: async () => {
        const secret = secrets.webhook(store.key);
        const found = await reconcileWebhooks({ store, topics, deliveryUrl, secret });
        const active = found.webhooks.filter(({ status }) => status === 'active');
        shopBacklog.hears(active.map(({ topic }) => topic));
        await noteWebhooks(state, store.key, found.webhooks, problemIn(found.failures));
        for (const { topic, action, error } of found.failures) {
          const { code, cure, message } = error;
          log.warn({ store: store.key, topic, action, code, cure }, message);
        }
        if (!found.mayHaveMissed) return;
        log.warn({ store: store.key, done: found.done }, 'webhooks were set right; sweeping');
        onMissed();
      },
    },
  ];
}

/** Name of the cursor: issues that stood open in Salesforce when the state was new were taken back. */
const TAKEN_BACK = 'issues taken back';

/** Takes back, once for a state, what stands open in Salesforce from before it. */
export function issuesTask(
  { store }: StoreSetup,
  { state, takeBackIssues, onIssues }: StoreParts,
): StoreTask {
  return {
    purpose: 'issues',
    priority: 'status',
    seconds: TAKE_BACK_SECONDS,
    run: async () => {
      if ((await state.cursor(store.key, TAKEN_BACK)) !== null) return;
      if (await takeBackIssues()) await state.saveCursor(store.key, TAKEN_BACK, true);
      onIssues();
    },
  };
}

/** Finds once a night what neither events nor sweeps have. */
export function nightlyTask(
  setup: StoreSetup,
  { org, state, queue, issues, clock, log }: StoreParts,
): StoreTask {
  const { store, mappings, held } = setup;
  return {
    purpose: 'nightly',
    priority: 'nightly',
    seconds: NIGHT_CHECK_SECONDS,
    run: async () => {
      const now = clock.now();
      const last = (await state.cursor(store.key, RECONCILED)) as { at: string } | null;
      if (last !== null && !isNight(now, new Date(last.at))) return;
      const parts = { org, store, state, queue, issues, mappings, held, now };
      const { customers, content, failures, ...proof } = await reconcile(parts);
      sayFailed(log, store.key, failures);
      await queueMended(queue, setup);
      log.info({ store: store.key, customers, content, proof }, 'nightly reconcile');
    },
  };
}
