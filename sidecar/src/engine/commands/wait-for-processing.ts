import { CodedError } from '../../errors/coded-error.ts';
import { parseKey } from '../../mapping/keys/keys.ts';
import type { Hint } from '../../ports/change.ts';
import { loadedAt } from '../../sync/model/sweep-start.ts';
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
export async function haveLookedAt(
  parts: CommandsParts,
  work: Work,
  hints: readonly Hint[],
): Promise<void> {
  const { state } = parts;
  for (const store of storesOf(hints)) await refuseBeforeLoad(parts, store);
  const edited = editable(hints, work);
  for (const some of parted(hints)) {
    // First, so that who works on the hint knows that Salesforce must be asked.
    await state.pairs.tell(some.map(({ key }) => key).filter((key) => edited.has(key)));
    await parts.hints.add(some);
  }
  await untilLookedAt(parts, work, hints);
}

/** @throws CodedError `COMMAND_FIRST_LOAD` */
export async function refuseBeforeLoad(
  { state }: Pick<CommandsParts, 'state'>,
  store: string,
): Promise<void> {
  if ((await loadedAt(state, store)) !== null) return;
  throw new CodedError(
    'COMMAND_FIRST_LOAD',
    `The first load of the store ${store} is under way; it brings everything, and changes wait for its end.`,
    'Wait until Woo Store Status says that it is done, and give the command again if it is still needed.',
  );
}

/** Where nothing goes to the shop, nobody asks what Salesforce told of, and it would never be forgotten. */
function editable(hints: readonly Hint[], { setup }: Work): ReadonlySet<string> {
  const both = setup.stores.filter(({ mappings }) =>
    mappings.some((one) => one.outgoing.length > 0),
  );
  const stores = new Set(both.map(({ store }) => store.key));
  const products = hints.filter(({ resource }) => resource === 'product');
  return new Set(products.map(({ key }) => key).filter((key) => stores.has(parseKey(key).store)));
}

async function untilLookedAt(
  parts: CommandsParts,
  work: Work,
  hints: readonly Hint[],
): Promise<void> {
  const { clock } = parts;
  const { signal } = work;
  let least = hints.length;
  let since = clock.now().getTime();
  for (let pause = SOONEST_MS; ; pause = Math.min(2 * pause, RAREST_MS)) {
    const open = await openOf(parts, hints);
    if (open === 0 || signal.aborted) return;
    const now = clock.now().getTime();
    if (open < least) [least, since] = [open, now];
    if (now - since >= PATIENCE_MS) throw stillWaits(parts, hints, open);
    const done = hints.length - open;
    work.tell(done, hints.length, `${done} of ${count(hints.length, 'record')} looked at.`);
    await clock.sleep(pause, signal);
  }
}

async function openOf(parts: CommandsParts, hints: readonly Hint[]): Promise<number> {
  let open = 0;
  for (const some of parted(hints)) open += await parts.hints.countOpen(some);
  return open;
}

function stillWaits({ sides }: CommandsParts, hints: readonly Hint[], open: number): CodedError {
  const stores = storesOf(hints).map((store) => sides.store(store));
  const reason = [sides.org, sides.budget, ...stores].find(({ out }) => out !== null)?.out?.reason;
  const why = reason === undefined ? '' : ` ${reason.code}: ${reason.message}`;
  return new CodedError(
    'COMMAND_STILL_WAITS',
    `${open} of ${count(hints.length, 'record')} still wait to be looked at, and none got its turn for ten minutes.${why}`,
    'Nothing has to be repeated: they are looked at as soon as both sides can be reached. See Woo Store Status.',
  );
}

function storesOf(hints: readonly Hint[]): readonly string[] {
  return [...new Set(hints.map(({ key }) => parseKey(key).store))];
}

/** The list in pieces that fit one statement. */
export function parted<T>(list: readonly T[]): readonly (readonly T[])[] {
  const pieces = Math.ceil(list.length / AT_ONCE);
  return Array.from({ length: pieces }, (_, at) => list.slice(at * AT_ONCE, (at + 1) * AT_ONCE));
}
