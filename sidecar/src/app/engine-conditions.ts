import type { Dependency } from '../engine/availability.ts';
import type { Engine } from '../engine/engine.ts';
import type { Condition } from '../http/engine-port.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';
import type { IssueStore } from '../ports/issues.ts';
import type { Org } from '../ports/org.ts';
import type { SalesforceOrg } from '../salesforce/org.ts';

/** What the server is told of beside the engine itself. */
export interface ViewParts {
  readonly queue: ChangeQueue;
  readonly issues: IssueStore;
  readonly org: Org & Pick<SalesforceOrg, 'organizationId' | 'unanswered'>;
  /** When the service began. */
  readonly since: Date;
}

export function conditionOf({ out }: Pick<Dependency, 'out'>): Condition {
  if (out === null) return { ok: true };
  const { code, message } = out.reason;
  return { ok: false, reason: `${code}: ${message}`, since: out.since };
}

/** Those that are kept in step, and those that are stopped, by their keys. */
export function conditionsOfStores({
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
export function conditionOfOrg(
  { availability, setup }: Engine,
  { org: { unanswered }, since }: ViewParts,
): Condition {
  const known = conditionOf({ out: availability.org.out ?? unanswered ?? availability.budget.out });
  return known.ok && setup === null
    ? { ok: false, reason: 'Salesforce has not answered yet since the start.', since }
    : known;
}
