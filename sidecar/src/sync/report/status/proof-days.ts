import type { ChangeQueue } from '../../../ports/change-queue.ts';
import type { ChangeEvent } from '../../../ports/change.ts';
import type { IssueStore } from '../../../ports/issues.ts';
import type { State } from '../../../ports/state.ts';

/** What the proofs of one day (UTC) came to: shop and Salesforce compared, and what differed put right. Plain JSON. */
export interface ProofDay {
  /** When the last of them was. */
  readonly at: string;
  /** Records that the last of them compared. */
  readonly counted: number;
  readonly found: number;
  /** Of those found; null where they are too many to be followed. */
  readonly repaired: number | null;
  /** Some of those found are still to be looked at. */
  readonly isOpen: boolean;
}

/** What one proof found. */
export interface Proof extends Pick<ProofDay, 'at' | 'counted' | 'found'> {
  /** Of those found, what was put right at once. */
  readonly repaired: number;
  /** Of those found, what only a person can put right. */
  readonly lost: number;
  /** The others, as they were queued. */
  readonly queued: readonly ChangeEvent[];
}

/** As it is saved. `queued` are the changes of the newest day that nobody has looked at yet, of so many records. */
interface Saved {
  readonly days: readonly ProofDay[];
  readonly queued: readonly ChangeEvent[];
  readonly open: number;
}

type Notes = Pick<State, 'cursor' | 'saveCursor'>;

export interface SettleParts {
  readonly state: Notes;
  readonly queue: Pick<ChangeQueue, 'countOpen'>;
  readonly issues: Pick<IssueStore, 'find'>;
}

const CURSOR = 'standing:proofs';
/** Days that are kept. */
const DAYS = 30;
/** Changes that are followed until they are looked at: a difference in more of them is one mistake. */
const FOLLOWED = 2000;
const NOTHING: Saved = { days: [], queued: [], open: 0 };

const dayOf = (at: string): string => at.slice(0, 10);

async function savedOf(state: Notes, store: string): Promise<Saved> {
  return ((await state.cursor(store, CURSOR)) ?? NOTHING) as Saved;
}

/** The last days on which there was a proof, the newest first. */
export async function proofDays(state: Notes, store: string): Promise<readonly ProofDay[]> {
  return (await savedOf(state, store)).days;
}

/** Gathers what a proof has queued: no more of it than tells that it is too much to be followed. */
export class Following {
  readonly #changes: ChangeEvent[] = [];

  get changes(): readonly ChangeEvent[] {
    return this.#changes;
  }

  add(changes: readonly ChangeEvent[]): void {
    this.#changes.push(...changes.slice(0, FOLLOWED + 1 - this.#changes.length));
  }
}

/** Keeps what a proof found; several of one day add up. */
export async function noteProof(state: Notes, store: string, proof: Proof): Promise<void> {
  const { at, counted, found, repaired, lost, queued } = proof;
  const saved = await savedOf(state, store);
  const isSame = (one: ProofDay | undefined) => one !== undefined && dayOf(one.at) === dayOf(at);
  const [newest] = saved.days;
  const before = isSame(newest) ? newest : undefined;
  const waits = before?.isOpen ? saved : NOTHING;
  const all = [...waits.queued, ...queued];
  const isFollowed = all.length <= FOLLOWED && before?.repaired !== null;
  const day: ProofDay = {
    at,
    counted,
    found: found + (before?.found ?? 0),
    repaired: isFollowed ? repaired + (before?.repaired ?? 0) : null,
    isOpen: isFollowed && all.length > 0,
  };
  // What a proof of an earlier day found is followed no more: the newer one has found it again.
  const others = saved.days
    .filter((one) => !isSame(one))
    .map((one) => (one.isOpen ? { ...one, isOpen: false, repaired: null } : one));
  await state.saveCursor(store, CURSOR, {
    days: [day, ...others].slice(0, DAYS),
    queued: day.isOpen ? all : [],
    open: day.isOpen ? waits.open + found - repaired - lost : 0,
  } satisfies Saved);
}

/** Counts what was repaired once all that a proof found was looked at: what still fails has an open issue. No API call. */
export async function settleProof(
  { state, queue, issues }: SettleParts,
  store: string,
): Promise<void> {
  const saved = await savedOf(state, store);
  const [newest, ...others] = saved.days;
  if (!newest?.isOpen || (await queue.countOpen(saved.queued)) > 0) return;
  const changeKeys = saved.queued.map(({ key }) => key);
  const failing = await issues.find({ store, changeKeys }, FOLLOWED);
  const asked = new Set(saved.queued.map(nameOf));
  const names = failing.flatMap(({ change }) => (change === null ? [] : [nameOf(change)]));
  const fails = new Set(names.filter((name) => asked.has(name))).size;
  const repaired = (newest.repaired ?? 0) + Math.max(0, saved.open - fails);
  const days = [{ ...newest, isOpen: false, repaired }, ...others];
  await state.saveCursor(store, CURSOR, { ...NOTHING, days } satisfies Saved);
}

const nameOf = ({ resource, key }: ChangeEvent): string => `${resource} ${key}`;

/** One line per day, as people and pages read it. */
export const proofLines = (days: readonly ProofDay[]): readonly string[] =>
  days.map(
    ({ at, counted, found, repaired, isOpen }) =>
      `${at.slice(0, 16).replace('T', ' ')} UTC: ${counted} compared, ${found} found, ${isOpen ? 'repair under way' : `${repaired ?? 'not followed'} repaired`}`,
  );
