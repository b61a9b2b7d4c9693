import { needsPerson } from '../../../errors/catalogue.ts';
import { placed } from '../../../ports/held-mappings.ts';
import type { IssueCause } from '../../../ports/issues.ts';
import { heldIn, toldTogether, type ToldWith } from './held-together.ts';
import { EVERY_STORE, fitting } from '../issue-key.ts';
import { followsAnother } from './following.ts';
import { cutAtWord } from '../own-objects.ts';
import { NAMES_LENGTH } from '../status/status-lengths.ts';
import {
  LATE_SECONDS,
  lagOf,
  minuteOf,
  type StoreSnapshot,
  waitingSince,
} from '../status/store-snapshot.ts';

/** Values of Cause__c that the service writes; `service_silent` is written by the org. */
type Cause =
  | 'mapping_held'
  | 'conflict'
  | 'issue_lasts'
  | 'key_refused'
  | 'store_late'
  | 'budget_70'
  | 'budget_90';

/** What is wrong, and what to do, which is kept whole where a text has to be cut. */
export interface Matter {
  readonly why: string;
  readonly cure: string;
}

/** One thing that a person is needed for, however many records have it. */
export interface Attention {
  /** The same each time: Cause_Key__c. */
  readonly key: string;
  readonly cause: Cause;
  /** Null for every store. */
  readonly store: string | null;
  readonly title: string;
  /** Why: a line for each thing that is wrong. */
  readonly body: readonly Matter[];
  readonly code: string | null;
  /** Mapping or resource; null for the store as a whole. */
  readonly about: string | null;
  readonly records: number | null;
}

/** In minutes, where the store does not say. */
const TELL_AFTER_MINUTES = 60;
/** An unreachable shop is told of when no sweep has come through for so long; most are back before. */
const UNREACHABLE_SECONDS = 900;
const PERCENTS = [70, 90] as const;
/** Calls of 24 hours become free little by little: what is told is over by so many percents less, and not each minute. */
const OVER_PERCENTS = 3;
/** Causes that come and go while a person has one matter in hand, and how long one must be gone to be solved. */
const FLAPPING: ReadonlySet<string> = new Set<Cause>(['store_late', 'issue_lasts']);
const CALM_MS = 10 * 60_000;
/** Causes that issues of records tell. */
const OF_RECORDS: ReadonlySet<string> = new Set<Cause>(['conflict', 'issue_lasts']);

type Told = Omit<Attention, 'key'> & { readonly aspect: string };

/**
 * What persons are needed for, each cause once.
 * @param isOpen whether the attention of a key is open already
 * @param toldWith held mappings and the one that they are told with, as {@link toldTogether} says
 */
export function attentionsOf(
  snapshots: readonly StoreSnapshot[],
  isOpen: (key: string) => boolean = () => false,
  toldWith: ToldWith = toldTogether(snapshots, {}),
): readonly Attention[] {
  const found = [
    ...heldOf(snapshots, toldWith),
    ...snapshots.flatMap((one) => [
      ...[refusedOf, lateOf].flatMap((look) => look(one)),
      ...[budgetOf, issuesOf].flatMap((look) => look(one, isOpen)),
    ]),
  ];
  const all = found.map((one): Attention => {
    const { aspect: _, ...rest } = one;
    return { key: keyOf(one), ...rest };
  });
  // Of one key the gravest comes first: that a shop is stopped is told before that its webhooks are.
  return [...Map.groupBy(all, ({ key }) => key).values()].flatMap(([first]) => first ?? []);
}

function keyOf({ store, cause, aspect }: Pick<Told, 'store' | 'cause' | 'aspect'>): string {
  return fitting(`${store ?? EVERY_STORE}:${cause}:${aspect}`);
}

/**
 * Whether an attention is over whose cause is gone.
 * @param calm since when
 */
export function isOver(key: string, calm: Date, now: Date): boolean {
  // No key of a store has a colon.
  return !FLAPPING.has(key.split(':')[1] ?? '') || isCalm(calm, now);
}

/**
 * Whether it is not known that the cause of an open attention is gone: the state is new or was lost, and the records of
 * the store, whose issues tell, have still to be read.
 */
export function isUnread(key: string, snapshots: readonly StoreSnapshot[]): boolean {
  const [of, cause = ''] = key.split(':');
  if (!OF_RECORDS.has(cause)) return false;
  return snapshots.some(
    ({ store, loading, lastSweep }) => store === of && loading !== null && lastSweep === null,
  );
}

/** Whether so much time has passed since then that what comes back is another matter. */
export function isCalm(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() >= CALM_MS;
}

function heldOf(snapshots: readonly StoreSnapshot[], toldWith: ToldWith): readonly Told[] {
  const groups = Map.groupBy(heldIn(snapshots), (one) => `${one.store} ${toldWith[one.name]}`);
  return [...groups.values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) return [];
    const isOne = some.length === 1;
    const aspect = toldWith[first.name] ?? first.name;
    return [
      {
        aspect,
        cause: 'mapping_held',
        store: first.store,
        about: isOne ? first.name : null,
        records: null,
        code: first.problems[0]?.code ?? null,
        title: isOne
          ? `The mapping ${first.label} is held: nothing of it is written`
          : `${some.length} mappings are held, and nothing of them is written: ${some.map(({ label }) => label).join(', ')}`,
        body: some.flatMap(({ label, problems }) =>
          problems.map((one) => ({
            why: isOne ? placed(one) : `${label}: ${placed(one)}`,
            cure: one.cure,
          })),
        ),
      },
    ];
  });
}

/** What nothing but a person sets right: a key, the address of a shop, rights, webhooks, a list, what counts as sold. */
function refusedOf(one: StoreSnapshot): readonly Told[] {
  const { store, label, storeOut, webhookProblem, lists, salesMixed } = one;
  const stopped =
    storeOut === null || storeOut.code === 'STORE_INACTIVE' || !needsPerson(storeOut.code)
      ? []
      : [{ ...pick(storeOut), title: `${label} is stopped: nothing of it is synced` }];
  const webhooks =
    webhookProblem === null
      ? []
      : [{ ...pick(webhookProblem), title: `The webhooks of ${label} cannot be set right` }];
  const needing = lists.filter(({ code }) => needsPerson(code));
  const unread = [...Map.groupBy(needing, ({ code }) => code)].map(([code, some]) => ({
    code,
    body: [...new Set(some.map(({ cure }) => cure))].map((cure) => ({ why: '', cure })),
    title: `${label}: ${cutAtWord(some.map(({ list }) => list).join(', '), NAMES_LENGTH)} cannot be read`,
  }));
  const sales =
    salesMixed === null
      ? []
      : [{ ...pick(salesMixed), title: `${label}: sales are counted by different paid statuses` }];
  return [...stopped, ...webhooks, ...unread, ...sales].map((each) => ({
    aspect: each.code,
    cause: 'key_refused',
    store,
    about: null,
    records: null,
    ...each,
  }));
}

function pick({ code, message, cure }: { code: string; message: string; cure: string }) {
  return { code, body: [{ why: message, cure }] };
}

/** A first backfill is no delay: it takes as long as it takes. */
function lateOf(one: StoreSnapshot): readonly Told[] {
  const { store, label, loading, storeOut, lastSweep, now, backlog, oldest } = one;
  if (loading !== null || (storeOut !== null && needsPerson(storeOut.code))) return [];
  const isOut =
    storeOut !== null &&
    (lastSweep === null || now.getTime() - lastSweep.getTime() >= UNREACHABLE_SECONDS * 1000);
  if (!isOut && (oldest === null || lagOf(one) < LATE_SECONDS)) return [];
  return [
    {
      aspect: '',
      cause: 'store_late',
      store,
      about: null,
      records: backlog,
      code: storeOut?.code ?? null,
      title: isOut ? `The shop of ${label} does not answer` : `${label} is late`,
      body: [lateMatter(one)],
    },
  ];
}

function lateMatter({ backlog, oldest, storeOut }: StoreSnapshot): Matter {
  const cure = 'See the open issues and the log of the service.';
  const { message: why, cure: cureOf } = storeOut ?? { message: '', cure };
  if (oldest === null) return { why, cure: cureOf };
  return { why: `${waitingSince(backlog, oldest)} ${why}`.trim(), cure: cureOf };
}

function budgetOf(
  { store, label, budget, apiCalls }: StoreSnapshot,
  isOpen: (key: string) => boolean,
): readonly Told[] {
  const own = { store, whose: `the store ${label}`, used: budget.used, limit: budget.limit };
  const used = apiCalls === null ? 0 : apiCalls.limit - apiCalls.remaining;
  const ofOrg = { store: null, whose: 'the org', used, limit: apiCalls?.limit ?? null };
  return [own, ofOrg].flatMap((one) =>
    PERCENTS.flatMap((percent): readonly Told[] => {
      const cause = { aspect: '', cause: `budget_${percent}`, store: one.store } as const;
      const isTold = isOpen(keyOf(cause));
      const least = percent - (isTold ? OVER_PERCENTS : 0);
      if (one.limit === null || one.used * 100 < one.limit * least) return [];
      // Who is told of 90 % need not be told of 70 %.
      if (!isTold && percent < 90 && one.used * 100 >= one.limit * 90) return [];
      return [
        {
          ...cause,
          about: null,
          records: null,
          code: percent === 70 ? 'SF_BUDGET_LOW' : 'SF_BUDGET_REACHED',
          title: `${percent} % of the API calls that ${one.whose} has for the day are used`,
          body: [
            {
              why: `${one.used} of ${one.limit} calls. What is less urgent waits: backfills first, then sweeps, then changes.`,
              cure: 'See what else calls the API, or raise the budget in Woo Store (Setup › Custom Metadata Types).',
            },
          ],
        },
      ];
    }),
  );
}

/** Records of a cause heal while others of it fail anew: once told, it is one cause until none is open. */
function issuesOf(
  { store, label, now, causes, tellAfterMinutes }: StoreSnapshot,
  isOpen: (key: string) => boolean,
): readonly Told[] {
  const lasts = now.getTime() - (tellAfterMinutes ?? TELL_AFTER_MINUTES) * 60_000;
  return causes.flatMap((one): readonly Told[] => {
    const aspect = `${one.resource}.${one.code}`;
    const of = { store, aspect, about: one.resource, records: one.count, code: one.code };
    if (one.toDecide) return [{ ...of, cause: 'conflict', ...decideText(label, one) }];
    const told = { ...of, cause: 'issue_lasts', ...lastsText(label, one) } as const;
    if (isOpen(keyOf(told))) return [told];
    return one.oldest.getTime() <= lasts && !followsAnother(one, causes) ? [told] : [];
  });
}

function decideText(label: string, { count, resource, cure }: IssueCause) {
  return {
    title: `${label}: ${recordsOf(count, resource)} to decide`,
    body: [
      {
        why: 'Shop and Salesforce say different things, or several records match, and nothing is written before you decide.',
        cure,
      },
    ],
  };
}

function lastsText(label: string, { count, resource, code, cure, oldest }: IssueCause) {
  return {
    title: `${label}: ${recordsOf(count, resource)} cannot be synced (${code})`,
    body: [{ why: `The first since ${minuteOf(oldest)}.`, cure: `${cure} See the open issues.` }],
  };
}

function recordsOf(count: number, resource: IssueCause['resource']): string {
  const records = `${count} ${count === 1 ? 'record' : 'records'}`;
  return resource === null ? records : `${records} (${resource})`;
}
