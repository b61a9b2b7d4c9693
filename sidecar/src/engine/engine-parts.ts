import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { CallLedger } from '../ports/state.ts';
import type { ChangeQueue } from '../ports/change-queue.ts';
import type { IssueStore } from '../ports/issues.ts';
import type { Leases } from '../ports/leases.ts';
import type { OrgLeads, Org, OrgAudit } from '../ports/org.ts';
import type { Setup } from '../ports/setup.ts';
import type { State } from '../ports/state.ts';
import type { WebhookSecret } from '../sync/detect/webhook-keeper.ts';
import type { OffersParts } from '../sync/images/upload/offered-images.ts';

export interface EngineParts {
  readonly org: Org & OrgAudit & OrgLeads;
  readonly state: State;
  readonly queue: ChangeQueue;
  readonly issues: IssueStore;
  readonly leases: Leases;
  readonly calls: CallLedger;
  readonly clock: Clock;
  readonly log: Log;
  /** Where the shops reach us, without a slash at the end; null where they do not. */
  readonly publicUrl: string | null;
  /** Null where nothing is pushed to us. */
  readonly secrets: { webhook(store: string): WebhookSecret } | null;
  /** How often shops are swept that cannot reach us. */
  readonly sweepSeconds: number;
  /** Makes the address of an image for the shops; null where they do not reach us. */
  readonly imageUrl: OffersParts['url'] | null;
  /**
   * Takes the address that a stopped store has now for a new one of the same shop.
   * @returns the address that the shop there calls its own
   * @throws CodedError where it calls itself otherwise, or does not answer
   */
  readonly adoptAddress: (store: string) => Promise<string>;
  /** What the admin configured, from the org. */
  readonly readSetup: () => Promise<Setup>;
}
