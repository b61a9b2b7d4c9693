import { heldLines } from '../../ports/held-mappings.ts';
import type { Setup } from '../../ports/setup.ts';
import type { CommandsParts, CommandResult, Work } from './command.ts';
import { count } from './output/result-text.ts';

/** Says by what the sync goes now: the configuration is read before each command. */
export function reload(_parts: CommandsParts, { setup }: Work): Promise<CommandResult> {
  const { fingerprint, readAt, held, stopped } = setup;
  const at = readAt.toISOString().slice(0, 19).replace('T', ' ');
  const text = [
    `The sync goes by configuration ${fingerprint}, read ${at} UTC: ${storesText(setup)}.`,
    ...held.flatMap(heldLines),
    ...openText(setup),
    ...stopped.map(
      ({ label, reason: { code, message, cure } }) =>
        `${label} is stopped. ${code}: ${message} ${cure}`,
    ),
  ].join('\n');
  return Promise.resolve({ failed: false, text });
}

function storesText({ stores }: Setup): string {
  if (stores.length === 0) return 'no active store';
  return stores
    .map(({ store, mappings }) => `${count(mappings.length, 'mapping')} of ${store.key}`)
    .join(', ');
}

/** That none of the conditions is on, in one line for all mappings of which that is so. */
function openText({ problems }: Setup): readonly string[] {
  const names = problems
    .filter(({ code }) => code === 'CONDITION_ALL_OFF')
    .map(({ mapping }) => mapping);
  if (names.length === 0) return [];
  const taking = `${count(names.length, 'mapping')} with no condition that is on: every record is taken`;
  return [`CONDITION_ALL_OFF: ${taking}. ${names.join(', ')}`];
}
