import { CodedError } from '../../errors/coded-error.ts';
import type { Org, Quota } from '../../ports/org.ts';

/** The share of the org's API calls that is left to others. */
const RESERVE = 0.05;
/** Below this share a person is told, while there are calls left to say it with. */
const LOW = 0.1;
/** Above this share it is over: calls become free little by little, and nobody wants to hear of each. */
const ENOUGH = 0.12;

type CallsOrg = Pick<Org, 'usage' | 'limits'>;

/** Watches how many API calls the org has left for these 24 hours. */
export class ApiBudget {
  readonly #org: CallsOrg;
  #isLow = false;

  constructor(org: CallsOrg) {
    this.#org = org;
  }

  /** What is to be said of the calls left, as the last answer of the org told; null while there are enough. */
  get warning(): CodedError | null {
    const { usage } = this.#org;
    if (usage === null) return null;
    this.#isLow = usage.remaining < usage.limit * (this.#isLow ? ENOUGH : LOW);
    if (!hasReserve(usage)) return reserveReached(usage);
    return this.#isLow ? callsLow(usage) : null;
  }

  /** Whether only the calls are left that are for others. */
  get isUsedUp(): boolean {
    return !hasReserve(this.#org.usage);
  }

  /**
   * Leaves the last calls to others. Costs a call only where they seem to be reached.
   * @throws CodedError `SF_RESERVE_REACHED`
   */
  async keepReserve(): Promise<void> {
    if (!this.isUsedUp) return;
    const { apiCalls } = await this.#org.limits();
    if (apiCalls !== null && !hasReserve(apiCalls)) throw reserveReached(apiCalls);
  }
}

function hasReserve(room: Quota | null): boolean {
  return room === null || room.remaining >= room.limit * RESERVE;
}

/** Without the number that is left: it moves with each call, and would be news each time. */
function reserveReached({ limit: most }: Quota): CodedError {
  return new CodedError(
    'SF_RESERVE_REACHED',
    `Less than ${RESERVE * 100} % of the ${most} API calls that the org has for 24 hours are left, and these are left to others.`,
    'Wait: changes are kept, and are synced when calls are free again. Setup › System Overview shows who uses them.',
  );
}

function callsLow({ limit: most }: Quota): CodedError {
  return new CodedError(
    'SF_CALLS_LOW',
    `Less than ${LOW * 100} % of the ${most} API calls that the org has for 24 hours are left; at ${RESERVE * 100} % the sync waits.`,
    'See Setup › System Overview for who uses them; raise the limit, or put off what can wait, such as a backfill.',
  );
}
