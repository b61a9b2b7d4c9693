import { CodedError } from '../../errors/coded-error.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import { editableIn } from '../../ports/change-for.ts';
import { queuedAs } from '../../ports/change-queue.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { backfilledAt } from '../../sync/model/sweep-start.ts';
import { waitsForStore, waitsToBeTold } from '../store/told-backfill.ts';
import type { CommandsParts, Work } from './command.ts';
import { count } from './output/result-text.ts';

const SOONEST_MS = 250;
const RAREST_MS = 2000;
/** How long none of them may get its turn. */
const PATIENCE_MS = 10 * 60_000;
/** Keys of one statement. */
const AT_ONCE = 1000;

/**
 * Has records be looked at, from both sides, and waits until they were.
 * @throws CodedError `COMMAND_FIRST_LOAD` before anything is done, `COMMAND_STILL_WAITS`
 */
export async function waitForProcessing(
  parts: CommandsParts,
  work: Work,
  changes: readonly ChangeEvent[],
): Promise<void> {
  const { state } = parts;
  for (const store of storesOf(changes)) await refuseBeforeBackfill(parts, store);
  const edited = editable(changes, work);
  for (const some of parted(changes)) {
    // First, so that who works on the change event knows that Salesforce must be asked.
    const asked = some.map(({ key }) => key).filter((key) => edited.has(key));
    await state.twoWay.forgetRefusals(asked);
    await state.twoWay.markDirty(asked);
    await parts.queue.add(some, queuedAs(changes.length));
  }
  await untilLookedAt(parts, work, changes);
}

/** @throws CodedError `COMMAND_FIRST_LOAD` */
export async function refuseBeforeBackfill(
  { state, setup }: Pick<CommandsParts, 'state' | 'setup'>,
  store: string,
): Promise<void> {
  if ((await backfilledAt(state, store)) !== null) return;
  const one = setup()?.stores.find(({ store: { key } }) => key === store);
  if (one && (await waitsToBeTold(state, one)))
    throw new CodedError(
      'COMMAND_FIRST_LOAD',
      `The first backfill of the store ${store} waits until it is told, since Load When Told is checked; it brings everything.`,
      'Give the command Backfill, or uncheck Load When Told (Setup › Custom Metadata Types › Woo Store).',
    );
  const before = one && (await waitsForStore(state, one));
  if (before)
    throw new CodedError(
      'COMMAND_FIRST_LOAD',
      `The first backfill of the store ${store} waits for that of ${before.label}, which was set up before; it brings everything.`,
      `See the Woo Store Status of ${before.label}. To have ${store} go first, give the command Backfill with its key in Store.`,
    );
  throw new CodedError(
    'COMMAND_FIRST_LOAD',
    `The first backfill of the store ${store} is under way; it brings everything, and changes wait for its end.`,
    'Wait until Woo Store Status says that it is done, and give the command again if it is still needed.',
  );
}

/** Where nothing goes to the shop, nobody asks what Salesforce reported, and it would never be forgotten. */
function editable(changes: readonly ChangeEvent[], { setup }: Work): ReadonlySet<string> {
  const goesBack = ({ resource, key }: ChangeEvent): boolean =>
    setup.stores.some(
      ({ store, mappings }) =>
        store.key === parseKey(key).store &&
        mappings.some((one) => one.resource === resource && one.outgoing.length > 0),
    );
  return new Set(editableIn(changes.filter(goesBack)));
}

async function untilLookedAt(
  parts: CommandsParts,
  work: Work,
  changes: readonly ChangeEvent[],
): Promise<void> {
  const { clock } = parts;
  const { signal } = work;
  let least = changes.length;
  let since = clock.now().getTime();
  for (let pause = SOONEST_MS; ; pause = Math.min(2 * pause, RAREST_MS)) {
    const open = await openOf(parts, changes);
    if (open === 0 || signal.aborted) return;
    const now = clock.now().getTime();
    if (open < least) [least, since] = [open, now];
    if (now - since >= PATIENCE_MS) throw stillWaits(parts, changes, open);
    const done = changes.length - open;
    work.tell(done, changes.length, `${done} of ${count(changes.length, 'record')} looked at.`);
    await clock.sleep(pause, signal);
  }
}

async function openOf(parts: CommandsParts, changes: readonly ChangeEvent[]): Promise<number> {
  let open = 0;
  for (const some of parted(changes)) open += await parts.queue.countOpen(some);
  return open;
}

function stillWaits(
  { availability }: CommandsParts,
  changes: readonly ChangeEvent[],
  open: number,
): CodedError {
  const stores = storesOf(changes).map((store) => availability.store(store));
  const reason = [availability.org, availability.budget, ...stores].find(({ out }) => out !== null)
    ?.out?.reason;
  const why = reason === undefined ? '' : ` ${reason.code}: ${reason.message}`;
  return new CodedError(
    'COMMAND_STILL_WAITS',
    `${open} of ${count(changes.length, 'record')} still wait to be looked at, and none got its turn for ten minutes.${why}`,
    'Nothing has to be repeated: they are looked at as soon as both sides can be reached. See Woo Store Status.',
  );
}

function storesOf(changes: readonly ChangeEvent[]): readonly string[] {
  return [...new Set(changes.map(({ key }) => parseKey(key).store))];
}

/** The list in pieces that fit one statement. */
export function parted<T>(list: readonly T[]): readonly (readonly T[])[] {
  const pieces = Math.ceil(list.length / AT_ONCE);
  return Array.from({ length: pieces }, (_, at) => list.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
}
