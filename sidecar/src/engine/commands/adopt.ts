import { CodedError } from '../../errors/coded-error.ts';
import { adoptHome } from '../store/webhook-sources.ts';
import { type CommandsParts, type CommandResult, quoted, storesOf, type Work } from './command.ts';

/**
 * Takes a store at another address for the same shop: the one that its Woo Store has now, or the one that the shop
 * calls its own.
 * @throws CodedError where no store is named, and where the shop does not answer or calls itself otherwise
 */
export async function adopt(
  { state, adoptAddress, reload }: CommandsParts,
  { command, setup }: Work,
): Promise<CommandResult> {
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
  const home = one === undefined ? null : await adoptHome(state, one);
  return said(
    home === null
      ? `The shop of the store ${quoted(key)} calls itself as its Woo Store does: there is nothing to adopt.`
      : `Webhooks that name ${home} are taken for those of the store ${quoted(key)}.`,
  );
}

function said(text: string): CommandResult {
  return { failed: false, text };
}
