import type { Database, StateLocation } from './types.ts';

/**
 * Loads only what the place needs: each of the two takes its time.
 * @throws CodedError `STATE_UNREACHABLE`, `STATE_LOCKED`, `STATE_NOT_PRIVATE`, `STATE_NOT_OPENED` or
 *   `STATE_UNREADABLE`
 */
export async function openDatabase(location: StateLocation): Promise<Database> {
  if (location.kind === 'postgres') {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(location.url);
  }
  const { openDirectory } = await import('./pglite-directory.ts');
  return openDirectory(location.path);
}
