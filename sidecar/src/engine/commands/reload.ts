import { heldLines } from '../../ports/held-mappings.ts';
import type { Setup } from '../../ports/setup.ts';
import type { CommandsParts, CommandResult, Work } from './command.ts';
import { count } from './output/result-text.ts';

/** Says by what the sync goes now: the configuration is read before each command. */
export function reload(_parts: CommandsParts, { setup }: Work): Promise<CommandResult> {
  const { fingerprint, readAt, held, stopped } = setup;
  const at = readAt.toISOString().slice(0, 19).replace('T', ' ');
  const text = [
    `In effect: ${storesText(setup)}, read ${at} UTC (configuration ${fingerprint}).`,
    ...held.flatMap(heldLines),
    ...Object.entries(TOLD).flatMap(([code, words]) => warningText(setup, code, words)),
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

/** Warnings that are said here, since an upgrade may have left the checkbox Active unchecked. */
const TOLD = {
  CONDITION_ALL_OFF: 'with no condition that is on: every record is taken',
  MAPPING_FIELDS_OFF: 'with more field mappings off than on: few fields are written',
};

/** In one line for all mappings of which it is so. */
function warningText({ problems }: Setup, code: string, words: string): readonly string[] {
  const names = problems.filter((one) => one.code === code).map(({ mapping }) => mapping);
  if (names.length === 0) return [];
  return [`${code}: ${count(names.length, 'mapping')} ${words}. ${names.join(', ')}`];
}
