import { loadConfig } from '../config/load-config.ts';
import { CodedError } from '../errors/coded-error.ts';
import { eraseGuest, type Guest, guestKey, type KeptOfGuest, keptOfGuest } from '../state/guest.ts';
import { lookAtState } from './look-at-state.ts';

export interface EraseFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const STOP_IT =
  'Stop the service, give this command again, and start the service: it reads then what has changed meanwhile.';
const NOTHING: KeptOfGuest = { records: [], tables: {}, otherStores: [] };

/**
 * Takes the key of a guest, which is an e-mail address, out of the state, and names the guest's records in Salesforce.
 * @throws CodedError `STATE_LOCKED` where a running service has the state in its folder
 */
export async function runErase(
  env: NodeJS.ProcessEnv,
  guest: Guest,
  { dryRun: dry = false, json = false }: EraseFlags,
  out: NodeJS.WritableStream,
): Promise<void> {
  const key = guestKey(guest);
  const kept = await takeOut(env, guest, dry);
  const isErased = !dry && isAnything(kept);
  out.write(
    json
      ? `${JSON.stringify({ key, ...kept, erased: isErased }, null, 2)}\n`
      : describe(key, kept, dry),
  );
}

async function takeOut(env: NodeJS.ProcessEnv, guest: Guest, dry: boolean): Promise<KeptOfGuest> {
  const state = await lookAtState(loadConfig(env).state);
  if (state instanceof CodedError)
    // No command of Salesforce does it, which is what others are told to give instead.
    throw state.code === 'STATE_LOCKED'
      ? new CodedError(state.code, state.message, STOP_IT)
      : state;
  if (state === null) return NOTHING;
  try {
    return await state.database.transaction(async (queries) => {
      const kept = await keptOfGuest(queries, guest);
      if (!dry) await eraseGuest(queries, guest);
      return kept;
    });
  } finally {
    await state.close();
  }
}

function isAnything({ tables }: KeptOfGuest): boolean {
  return Object.keys(tables).length > 0;
}

function describe(key: string, kept: KeptOfGuest, dry: boolean): string {
  const lines = isAnything(kept)
    ? describeKept(key, kept, dry)
    : [
        `The state keeps nothing of ${key}.`,
        'Of a customer with an account it keeps the number alone, and no address.',
      ];
  const others =
    kept.otherStores.length === 0
      ? []
      : [`It has the address of other stores too: ${kept.otherStores.join(', ')}.`];
  return [...lines, ...others, ''].join('\n');
}

function describeKept(key: string, { tables, records }: KeptOfGuest, dry: boolean): string[] {
  const rows = Object.entries(tables).map(([table, count]) => `${table} ${count}`);
  return [
    `${dry ? 'The state keeps' : 'Erased from the state:'} the key ${key} (rows: ${rows.join(', ')}).`,
    ...(records.length === 0 ? [] : ['Its records in Salesforce, to delete or anonymise there:']),
    ...records.map(({ object, recordId }) => `  ${object} ${recordId}`),
    'Orders that still have the address in the shop bring the key back: erase it there first.',
  ];
}
