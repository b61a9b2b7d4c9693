import type { AdminSession } from '../../lib/install/admin-session.ts';
import {
  defaultUsername,
  lookForUser,
  type FoundUser,
} from '../../lib/connect/integration-user.ts';
import { syncUsers } from '../../lib/install/outbound.ts';
import type { ServiceFolder } from '../service/folder.ts';

export interface SyncUserLook {
  readonly found: FoundUser;
  readonly notes: readonly string[];
}

/**
 * Looks for the integration user: as it was named, or as an earlier set-up has it, or the only one with its rights,
 * or a new one. A name in a file makes no user, since a user of Salesforce can never be deleted.
 */
export async function lookForSyncUser(
  session: Pick<AdminSession, 'request' | 'username' | 'instanceUrl'>,
  folder: Pick<ServiceFolder, 'env' | 'envFile'>,
): Promise<SyncUserLook> {
  const named = process.env['WOO_SYNC_USERNAME']?.trim();
  if (named) return { found: await lookForUser(session, named), notes: [] };
  const usual = await usualName(session);
  const earlier = folder.env()['SF_USERNAME'] || usual;
  const found = await lookForUser(session, earlier);
  if (earlier.toLowerCase() === usual.toLowerCase()) return { found, notes: [] };
  const said = `SF_USERNAME in ${folder.envFile} is ${earlier}`;
  const cure = 'For another one set WOO_SYNC_USERNAME.';
  if (found.userId !== null)
    return { found, notes: [`${said}: this is the integration user, and not ${usual}. ${cure}`] };
  const note = `${said}, and the org has no such user: the integration user is ${usual}. ${cure}`;
  return { found: await lookForUser(session, usual), notes: [note] };
}

async function usualName(session: Pick<AdminSession, 'request' | 'instanceUrl'>): Promise<string> {
  const [only, ...others] = await syncUsers(session);
  return only !== undefined && others.length === 0 ? only : defaultUsername(session.instanceUrl);
}
