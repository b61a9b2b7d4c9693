import { root, type RunOptions, type SfCli } from '../../sf.ts';
import type { AdminSession } from '../admin-session.ts';
import {
  activeNote,
  checkActive,
  recordsOfProject,
  recordsWithoutActive,
} from './active-checkbox.ts';
import { changesSinceEarlier } from './earlier-version.ts';
import { deployMetadata, foldersOf, type Metadata } from '../install.ts';
import { outboundNote } from '../outbound.ts';
import { orgModels, planSharing, shippedModels } from '../sharing.ts';
import { keysNote, usersOfKeys } from '../store-access.ts';

/** Deploys, and says before that what changes. @throws Error where the org is shared otherwise, or refuses */
export async function announcedDeploy(
  sf: SfCli,
  session: AdminSession,
  metadata: Omit<Metadata, 'sharing' | 'usersOfKeys'>,
  options: RunOptions = {},
): Promise<void> {
  const { upgrade, packaged = false, outbound } = metadata;
  if (upgrade) console.log('The org has stores already, and keeps its configuration.');
  console.log(`Deploying ${foldersOf(metadata).join(' and ')} …`);
  console.log(outboundNote(outbound));
  const shipped = packaged ? new Map<string, string>() : shippedModels();
  const sharing = planSharing(await orgModels(session), shipped, upgrade);
  const changes = await changesSinceEarlier(session, upgrade);
  const users = await usersOfKeys(session);
  const deployed = upgrade ? new Set<string>() : recordsOfProject(options.cwd ?? root);
  const unchecked = (await recordsWithoutActive(session)).filter((name) => !deployed.has(name));
  const notes = [...sharing.notes, ...changes, ...keysNote(users), ...activeNote(unchecked)];
  for (const note of notes) console.log(note);
  const plan = { sharing: sharing.env, usersOfKeys: users };
  await deployMetadata(sf, { ...metadata, ...plan }, { show: 'all', ...options });
  if (metadata.dryRun !== true) await checkActive(session, unchecked);
}
