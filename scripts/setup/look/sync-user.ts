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
  const usual = await usualUser(session);
  const earlier = folder.env()['SF_USERNAME'] ?? '';
  if (earlier === '' || earlier.toLowerCase() === usual.username.toLowerCase())
    return { found: usual, notes: [] };
  const said = `SF_USERNAME in ${folder.envFile} is ${earlier}`;
  const cure = 'For another one set WOO_SYNC_USERNAME.';
  const found = await lookForUser(session, earlier);
  const note =
    found.userId === null
      ? `${said}, and the org has no such user: the integration user is ${usual.username}. ${cure}`
      : `${said}: this is the integration user, and not ${usual.username}. ${cure}`;
  return { found: found.userId === null ? usual : found, notes: [note] };
}

/** The only one with the rights of the sync, else the one that the set-up makes. */
async function usualUser(
  session: Pick<AdminSession, 'request' | 'username' | 'instanceUrl'>,
): Promise<FoundUser> {
  const holders = await syncUsers(session);
  const [only] = holders;
  if (only !== undefined && holders.length === 1) return lookForUser(session, only);
  const found = await lookForUser(session, defaultUsername(session.instanceUrl));
  // One more user than is meant could never be deleted.
  return found.userId === null && holders.length > 1
    ? { ...found, problems: [severalProblem(holders)] }
    : found;
}

const severalProblem = (usernames: readonly string[]): string =>
  `Several users have the permission set Woo_Integration, such as ${usernames.join(' and ')}: set WOO_SYNC_USERNAME to the one who is the integration user, or to a new name.`;
