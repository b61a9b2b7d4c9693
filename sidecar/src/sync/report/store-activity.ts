import type { CodedError } from '../../errors/coded-error.ts';
import type { Mapping } from '../../mapping/model/mapping.ts';
import { listsOf } from '../../mapping/model/resources.ts';
import type { State } from '../../ports/state.ts';
import type { WebhookProblem, WebhookState } from '../../ports/store.ts';

/** What is known of how a store is doing, whichever process found out. */
export interface StoreActivity {
  readonly lastEvent: Date | null;
  readonly lastSweep: Date | null;
  /** Null before they were looked at. */
  readonly webhooks: readonly WebhookState[] | null;
  /** Why they cannot be kept until a person does something; null where they can. */
  readonly webhookProblem: WebhookProblem | null;
  /** When shop and Salesforce were compared last, and what came of it. */
  readonly reconciled: Reconciled | null;
  /** Lists of the shop that could not be read when they were last tried. */
  readonly lists: readonly ListProblem[];
}

interface Reconciled {
  readonly at: string;
  readonly text: string;
}

/** A list of the shop that could not be read when it was last tried. Plain JSON. */
interface ListProblem {
  readonly list: string;
  readonly code: string;
  readonly cure: string;
  /** One after the other. */
  readonly times: number;
}

/** What came of lists. */
interface ListsTried {
  readonly read: readonly string[];
  readonly failures: readonly { readonly list: string; readonly error: CodedError }[];
}

/** As it is saved. */
interface Noted {
  readonly problem: WebhookProblem | null;
}

type Notes = Pick<State, 'cursor' | 'saveCursor'>;

const EVENT = 'standing:event';
const SWEEP = 'standing:sweep';
const WEBHOOKS = 'standing:webhooks';
const WEBHOOK_PROBLEM = 'standing:webhook problem';
const RECONCILED = 'standing:reconciled';
const LISTS = 'standing:lists';
/** The list that is noted where the comparison itself breaks off. */
export const RECONCILE = 'reconcile';

export async function readActivity(state: Notes, store: string): Promise<StoreActivity> {
  const [event, sweep, webhooks, reconciled, problem] = await Promise.all(
    [EVENT, SWEEP, WEBHOOKS, RECONCILED, WEBHOOK_PROBLEM].map((name) => state.cursor(store, name)),
  );
  return {
    lists: await listProblems(state, store),
    lastEvent: dateOf(event),
    lastSweep: dateOf(sweep),
    webhooks: (webhooks ?? null) as StoreActivity['webhooks'],
    webhookProblem: (problem as Noted | null)?.problem ?? null,
    reconciled: (reconciled ?? null) as StoreActivity['reconciled'],
  };
}

export function noteEvent(state: Notes, store: string, at: Date): Promise<void> {
  return state.saveCursor(store, EVENT, at.toISOString());
}

export function noteSweep(state: Notes, store: string, at: Date): Promise<void> {
  return state.saveCursor(store, SWEEP, at.toISOString());
}

/** @param problem for which a person is needed; null for none */
export async function noteWebhooks(
  state: Notes,
  store: string,
  webhooks: readonly WebhookState[],
  problem: WebhookProblem | null,
): Promise<void> {
  await state.saveCursor(store, WEBHOOKS, webhooks);
  await state.saveCursor(store, WEBHOOK_PROBLEM, { problem } satisfies Noted);
}

export function noteReconcile(state: Notes, store: string, reconciled: Reconciled): Promise<void> {
  return state.saveCursor(store, RECONCILED, reconciled);
}

async function listProblems(state: Notes, store: string): Promise<readonly ListProblem[]> {
  return ((await state.cursor(store, LISTS)) ?? []) as readonly ListProblem[];
}

/**
 * Notes lists that failed, and forgets those that were read since or that nobody maps any more.
 * @param mappings of the store
 */
export async function noteLists(
  state: Notes,
  store: string,
  mappings: readonly Mapping[],
  { read, failures }: ListsTried,
): Promise<void> {
  const before = new Map((await listProblems(state, store)).map((one) => [one.list, one]));
  const mapped = new Set<string>([RECONCILE, 'customers', ...mappings.flatMap(listsOf)]);
  const failed = new Map(failures.map(({ list, error }) => [list, error]));
  const stays = [...before.values()].filter(
    ({ list }) =>
      mapped.has(list.replace(/:(?:trash|all)$/, '')) && !read.includes(list) && !failed.has(list),
  );
  const problems = [...failed].map(([list, { code, cure }]): ListProblem => {
    const known = before.get(list);
    return { list, code, cure, times: known?.code === code ? known.times + 1 : 1 };
  });
  if (before.size === 0 && problems.length === 0) return;
  await state.saveCursor(store, LISTS, [...stays, ...problems]);
}

function dateOf(saved: unknown): Date | null {
  return typeof saved === 'string' ? new Date(saved) : null;
}
