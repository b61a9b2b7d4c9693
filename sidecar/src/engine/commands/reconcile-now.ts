import { heldFor, heldLines } from '../../ports/held-mappings.ts';
import { reconcile, reconcileText } from '../../sync/reconcile/reconcile.ts';
import { storesOf, type CommandsParts, type CommandResult, type Work } from './command.ts';
import { refuseBeforeBackfill } from './wait-for-processing.ts';

/**
 * Does what is done each night: compares shop and Salesforce, and has what differs repaired.
 * @throws CodedError where a side cannot answer
 */
export async function reconcileNow(parts: CommandsParts, work: Work): Promise<CommandResult> {
  const { org, state, queue, issues, clock } = parts;
  const stores = storesOf(work.command, work.setup);
  for (const { store } of stores) await refuseBeforeBackfill(parts, store.key);
  const lines: string[] = [];
  for (const [at, { store, mappings }] of stores.entries()) {
    if (work.signal.aborted) break;
    work.tell(at, stores.length, lines.join('\n'));
    const held = heldFor(work.setup, store.key);
    const now = clock.now();
    const parts = { org, state, queue, issues, store, mappings, held, now };
    lines.push(`Store ${store.key}: ${reconcileText(await reconcile(parts), held)}`);
    lines.push(...held.flatMap(heldLines));
  }
  return { failed: false, text: lines.join('\n') || 'Stopped before anything was compared.' };
}
