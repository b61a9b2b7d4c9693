import type { RunOptions, SfCli } from '../sf.ts';
import type { AdminSession } from './admin-session.ts';
import { changesSinceEarlier } from './earlier-version.ts';
import { deployMetadata, type Metadata } from './install.ts';
import { outboundNote } from './outbound.ts';
import { orgModels, planSharing, shippedModels } from './sharing.ts';
import { keysNote, usersOfKeys } from './store-access.ts';

/** Deploys, and says before that what changes. @throws Error where the org is shared otherwise, or refuses */
export async function announcedDeploy(
  sf: SfCli,
  session: AdminSession,
  metadata: Omit<Metadata, 'sharing' | 'usersOfKeys'>,
  options: RunOptions = {},
): Promise<void> {
  const { upgrade, outbound } = metadata;
  console.log(
    upgrade
      ? 'The org has stores already, and keeps its configuration. Deploying force-app and the outbound messages …'
      : 'Deploying force-app and config/org …',
  );
  console.log(outboundNote(outbound));
  const sharing = planSharing(await orgModels(session), shippedModels(), upgrade);
  const changes = await changesSinceEarlier(session, upgrade);
  const users = await usersOfKeys(session);
  for (const note of [...sharing.notes, ...changes, ...keysNote(users)]) console.log(note);
  const plan = { sharing: sharing.env, usersOfKeys: users };
  await deployMetadata(sf, { ...metadata, ...plan }, { show: 'all', ...options });
}
