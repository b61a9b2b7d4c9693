import type { Sidecar } from './sidecar.ts';

const STOPPED = 'Put right what is said above, and run npm run setup again: it goes on from here.';

/**
 * Checks, says what a load would do, and loads where that is wanted.
 * @returns whether it was loaded
 * @throws Error where a step cannot be done
 */
export async function loadFirst(
  sidecar: Sidecar,
  isWanted: () => Promise<boolean>,
): Promise<boolean> {
  console.log('\nChecking the configuration …');
  if ((await sidecar('check')) !== 'all well') throw new Error(STOPPED);
  console.log('\nWhat a first load would do …');
  if ((await sidecar('backfill', '--dry-run')) === 'could not run') throw new Error(STOPPED);
  if (!(await isWanted())) return false;
  const outcome = await sidecar('backfill');
  if (outcome === 'could not run') throw new Error(STOPPED);
  if (outcome === 'some wrong') {
    console.log(
      'Not all could be loaded. Once the service runs, Woo Sync Issue shows each record with its reason.',
    );
  }
  return true;
}
