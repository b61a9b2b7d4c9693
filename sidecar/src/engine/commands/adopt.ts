import { CodedError } from '../../errors/coded-error.ts';
import { changeFor } from '../../ports/change-for.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import type { HeldRecord } from '../../ports/state.ts';
import { GONE_BACK } from '../../sync/report/status/records-gone-back.ts';
import { adoptHome } from '../store/webhook-sources.ts';
import { type CommandsParts, type CommandResult, quoted, storesOf, type Work } from './command.ts';
import { count } from './output/result-text.ts';
import { refuseBeforeBackfill, waitForProcessing } from './wait-for-processing.ts';

/** Issues of one read. */
const PAGE = 1000;

/**
 * Takes a store at another address for the same shop: the one that its Woo Store has now, or the one that the shop
 * calls its own. Takes a shop whose backup was restored as it is now.
 * @throws CodedError where no store is named, and where the shop does not answer or calls itself otherwise;
 * `COMMAND_FIRST_LOAD` before anything is done, where records wait and the first backfill is not done
 */
export async function adopt(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const { state, adoptAddress, reload } = parts;
  const { command, setup } = work;
  const key = command.store;
  if (key === '')
    throw new CodedError(
      'STORE_UNKNOWN',
      'The command does not name the store that has moved.',
      'Put the key of the store into Store.',
    );
  const stopped = setup.stopped.find((one) => one.key === key);
  if (stopped?.reason.code === 'STORE_URL_CHANGED') {
    const home = await adoptAddress(key);
    await reload();
    return said(`The store ${quoted(key)} is the shop at ${home} now. What was synced stays.`);
  }
  if (stopped) throw stopped.reason;
  const [one] = storesOf(command, setup);
  const changes = await waitingSinceRestored(parts, key);
  if (changes.size > 0) await refuseBeforeBackfill(parts, key);
  const home = one === undefined ? null : await adoptHome(state, one);
  const restored = await adoptRestored(parts, work, changes, key);
  if (home === null && restored !== '') return said(restored);
  const address =
    home === null
      ? `The shop of the store ${quoted(key)} calls itself as its Woo Store does: there is nothing to adopt.`
      : `Webhooks that name ${home} are taken for those of the store ${quoted(key)}.`;
  return said([address, restored].filter((text) => text !== '').join(' '));
}

type Changes = ReadonlyMap<string, ChangeEvent>;

/** What has the records looked at that wait since the shop has gone back. */
async function waitingSinceRestored(
  { state, issues }: Pick<CommandsParts, 'state' | 'issues'>,
  store: string,
): Promise<Changes> {
  const changes = new Map<string, ChangeEvent>();
  for (let after = ''; ;) {
    const page = await issues.find({ store, after }, PAGE);
    for (const { code, change } of page) {
      if (change && GONE_BACK.has(code)) changes.set(`${change.resource} ${change.key}`, change);
    }
    if (page.length < PAGE) break;
    after = page.at(-1)?.key ?? '';
  }
  // Also those whose issue somebody has closed or does not want to see.
  return new Map([...changes, ...changesFor(await state.origins.held(store))]);
}

function changesFor(held: readonly HeldRecord[]): Changes {
  const found = held.flatMap(({ resource, key }) => changeFor(resource, key, null) ?? []);
  return new Map(found.map((change) => [`${change.resource} ${change.key}`, change]));
}

/** @returns what became of them; empty for none */
async function adoptRestored(
  parts: CommandsParts,
  work: Work,
  waiting: Changes,
  store: string,
): Promise<string> {
  const held = await parts.state.origins.release(store);
  const changes = new Map([...waiting, ...changesFor(held)]);
  if (changes.size > 0) await waitForProcessing(parts, work, [...changes.values()]);
  return held.length === 0
    ? ''
    : `${count(held.length, 'record')} of the store ${quoted(store)} that came back otherwise are taken as the shop has them now.`;
}

function said(text: string): CommandResult {
  return { failed: false, text };
}
