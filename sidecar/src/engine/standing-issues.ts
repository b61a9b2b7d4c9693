import { needsPerson } from '../errors/catalogue.ts';
import type { CodedError } from '../errors/coded-error.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';
import { type HeldMapping, placed } from '../ports/held-mappings.ts';
import type { IssueStore, IssueSeen } from '../ports/issues.ts';
import type { Setup, StoreSetup } from '../ports/setup.ts';
import type { WebhookProblem } from '../ports/store.ts';
import { EVERY_STORE, STANDING_PREFIX } from '../sync/report/issue-key.ts';
import type { Availability } from './availability.ts';

const MAPPING = 'Woo_Mapping__mdt';
/** Open ones of this kind: as many as there are mappings and stores. */
const MOST = 5000;

export interface StandingParts {
  readonly queue: Pick<ChangeQueue, 'finish'>;
  readonly issues: Pick<IssueStore, 'find'>;
  readonly availability: Availability;
  /** Null while the org has not told. */
  readonly setup: () => Setup | null;
  /** What is to be said of the API calls left. */
  readonly calls: () => CodedError | null;
  /** The same of those that a store has for the day. */
  readonly budget: (store: string) => CodedError | null;
  /** What is to be said of the addresses that webhooks of a store name as their source. */
  readonly source: (store: StoreSetup) => Promise<CodedError | null>;
  /** That its orders count as sold by paid statuses of different times; null for no. */
  readonly sales: (store: StoreSetup) => Promise<CodedError | null>;
  /** Why the webhooks of a store cannot be kept; null where they can. */
  readonly webhooks: (store: string) => Promise<WebhookProblem | null>;
}

/**
 * Opens one issue for each mapping that is held, each store that needs a person, itself, for its webhooks or for what
 * counts as sold, and API calls that run out, of the org or of the budget of a store, and closes it when that is over.
 * @returns whether there is news of issues
 */
export async function updateStandingIssues(parts: StandingParts): Promise<boolean> {
  const setup = parts.setup();
  if (setup === null) return false;
  const wanted = [
    ...wantedIssues(parts, setup),
    ...(await issuesOfWebhooks(parts, setup)),
    ...(await issuesOfSetups(setup, 'source', parts.source)),
    ...(await issuesOfSetups(setup, 'sales', parts.sales)),
  ];
  const open = await parts.issues.find({ prefix: STANDING_PREFIX }, MOST);
  const known = new Map(open.map((issue) => [issue.key, issue]));
  const failures = wanted.filter((issue) => !saysTheSame(known.get(issue.key), issue));
  const stays = new Set(wanted.map(({ key }) => key));
  const seen = open
    .filter(({ key }) => !stays.has(key))
    .map(({ object, recordKey }) => ({ object, key: recordKey }));
  if (failures.length === 0 && seen.length === 0) return false;
  return parts.queue.finish({ jobs: [], failures, seen, followUps: [] });
}

function saysTheSame(open: IssueSeen | undefined, { code, reason, cure }: IssueSeen): boolean {
  return open?.code === code && open.reason === reason && open.cure === cure;
}

function wantedIssues(
  { availability, calls, budget }: StandingParts,
  setup: Setup,
): readonly IssueSeen[] {
  const warning = calls();
  return [
    ...setup.held.map(issueOfMapping),
    ...setup.stopped.map(({ key, label, reason }) => issueOfStore(key, label, reason)),
    ...setup.stores.flatMap(({ store: { key }, label }) => {
      const reason = availability.store(key).out?.reason ?? null;
      return reason === null || !needsPerson(reason.code) ? [] : [issueOfOut(key, label, reason)];
    }),
    ...(warning === null ? [] : [issueOfCalls(warning)]),
    ...setup.stores.flatMap(({ store: { key } }) => {
      const reached = budget(key);
      return reached === null ? [] : [issueOfBudget(key, reached)];
    }),
  ];
}

async function issuesOfWebhooks(
  { webhooks }: StandingParts,
  { stores }: Setup,
): Promise<readonly IssueSeen[]> {
  const found = stores.map(async ({ store: { key }, label }) => {
    const problem = await webhooks(key);
    return problem === null ? [] : [issueOfWebhooks(key, label, problem)];
  });
  return (await Promise.all(found)).flat();
}

async function issuesOfSetups(
  { stores }: Setup,
  what: string,
  problemOf: (store: StoreSetup) => Promise<CodedError | null>,
): Promise<readonly IssueSeen[]> {
  const found = stores.map(async (one) => {
    const problem = await problemOf(one);
    if (problem === null) return [];
    const { key } = one.store;
    const { code, message: reason, cure } = problem;
    return [{ ...standing('Woo_Store__mdt', key, `${key} ${what}`), code, reason, cure }];
  });
  return (await Promise.all(found)).flat();
}

function issueOfWebhooks(key: string, label: string, problem: WebhookProblem): IssueSeen {
  const { code, message, cure } = problem;
  const reason = `The webhooks of the store ${label} cannot be set right: its changes are found by sweeps alone, so they come later. ${message}`;
  return { ...standing('Woo_Store__mdt', key, `${key} webhooks`), code, reason, cure };
}

/** Of the issue that a mapping is held. */
export function heldIssueKey({ name }: Pick<HeldMapping, 'name'>): string {
  return standingKey(MAPPING, name);
}

function issueOfMapping({ name, label, store, resource, problems }: HeldMapping): IssueSeen {
  const reasons = problems.map(placed);
  return {
    ...standing(MAPPING, store ?? EVERY_STORE, name),
    resource,
    code: [...new Set(problems.map(({ code }) => code))].join(', '),
    reason: [`The mapping ${label} is held: nothing of it is written.`, ...reasons].join('\n'),
    cure: [...new Set(problems.map(({ cure }) => cure))].join('\n'),
  };
}

/** The configuration is read that often, and before each command, and the store is tried then. */
const TRIED_AGAIN =
  'Then give the command Reload, which tries the store at once; else it is tried within five minutes.';

function issueOfOut(key: string, label: string, reason: CodedError): IssueSeen {
  const issue = issueOfStore(key, label, reason);
  return { ...issue, cure: `${issue.cure} ${TRIED_AGAIN}` };
}

function issueOfStore(key: string, label: string, { code, message, cure }: CodedError): IssueSeen {
  const reason = `The store ${label} is stopped: nothing of it is synced. ${message}`;
  return { ...standing('Woo_Store__mdt', key, key), code, reason, cure };
}

function issueOfCalls({ code, message, cure }: CodedError): IssueSeen {
  return { ...standing('Organization', EVERY_STORE, 'api_calls'), code, reason: message, cure };
}

function issueOfBudget(key: string, { code, message, cure }: CodedError): IssueSeen {
  return { ...standing('Woo_Store__mdt', key, `${key} budget`), code, reason: message, cure };
}

function standing(
  object: string,
  store: string,
  name: string,
): Omit<IssueSeen, 'code' | 'reason' | 'cure'> {
  return {
    key: standingKey(object, name),
    kind: 'setup',
    store,
    object,
    recordKey: `${store}:${name}`,
    recordId: null,
    resource: null,
    field: null,
    wooValue: null,
    salesforceValue: null,
    change: null,
    retry: 'never',
  };
}

function standingKey(object: string, name: string): string {
  return `${STANDING_PREFIX}${object}:${name}`;
}
