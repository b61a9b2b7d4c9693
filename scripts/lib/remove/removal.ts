import { Connection } from 'jsforce';

import { NAME, PERMISSION_SET } from '../connect/app-components.ts';
import type { AdminSession } from '../install/admin-session.ts';
import { RUNS_MS, servedStores } from '../install/served.ts';
import { VERSION } from '../metadata-package.ts';
import { root, type RunOptions, type SfCli } from '../sf.ts';
import { assignmentsOf, unassign, type Assignment } from './assignments.ts';
import { deactivateFlows, deleteComponents } from './deletion.ts';
import { componentsInOrg, type InOrg } from './in-org.ts';
import { losses } from './losses.ts';
import { projectComponents } from './project-components.ts';
import { deleteWebhook, ourWebhooks, type FoundWebhooks } from './webhooks.ts';

/** What taking the project out of an org means there. */
export interface Removal extends InOrg {
  readonly shop: FoundWebhooks;
  readonly assignments: readonly Assignment[];
  /** Records and values that are gone for good, a line for each object. */
  readonly losses: readonly string[];
}

/** Looks, and changes nothing. */
export async function lookAround(session: AdminSession): Promise<Removal> {
  const { instanceUrl, accessToken } = session;
  const org = new Connection({ instanceUrl, accessToken, version: VERSION });
  const found = await componentsInOrg(org, projectComponents(root));
  return {
    ...found,
    shop: await ourWebhooks(session),
    assignments: await assignmentsOf(session, found.components),
    losses: await losses(session, found.components),
  };
}

/** @throws Error where a service looks after a store: it would make its webhooks anew, and fail at each record */
export async function mustBeStopped(
  session: Pick<AdminSession, 'request'>,
  now: Date,
): Promise<void> {
  const stores = await servedStores(session, now);
  if (stores.length === 0) return;
  throw new Error(
    `A service has looked after ${stores.join(', ')} within the last ${RUNS_MS / 60_000} minutes. Stop it, then run this again with --service-stopped. Nothing was changed.`,
  );
}

/** @throws Error where the app is there by which the service signs in */
export function mustHaveNoApp({ hasApp }: Pick<Removal, 'hasApp'>): void {
  if (!hasApp) return;
  throw new Error(
    `The external client app ${NAME} is there, and its policies name the permission set ${PERMISSION_SET}, which could not be deleted. Delete the app in Setup › External Client App Manager, then run this again. Nothing was changed.`,
  );
}

/** What is in the org, as a person reads it before anything happens. */
export function described(removal: Removal, keepRecords: boolean): readonly string[] {
  const { shop, components, assignments, packaged } = removal;
  const flows = components.filter(({ type }) => type === 'Flow').length;
  const sets = new Set(assignments.map(({ permissionSet }) => permissionSet));
  const lines = [
    `Webhooks in the shop: ${shop.webhooks.length} are deleted`,
    ...shop.byHand,
    `Flows: ${flows} are deactivated${keepRecords ? '' : ' and deleted'}`,
  ];
  if (keepRecords) return lines;
  return [
    ...lines,
    `Permission sets: ${sets.size} are taken from ${new Set(assignments.map(({ username }) => username)).size} users`,
    ...countsByType(removal).map((line) => `Deleted: ${line}`),
    ...removal.losses.map((line) => `Gone for good: ${line}`),
    ...(packaged.length > 0 ? [packageNote(packaged.length)] : []),
  ];
}

function countsByType({ components }: Removal): readonly string[] {
  const byType = Map.groupBy(components, ({ type }) => type);
  return [...byType].map(([type, all]) => `${type} ${all.length}`).toSorted();
}

const packageNote = (count: number): string =>
  `Stays: ${count} components of a package. Uninstall it in Setup › Installed Packages after this.`;

/**
 * Takes the project out. Each step leaves out what is done already, so that it goes on where it stopped.
 * @param keepRecords only what sends and is told stops: the records and who may see them stay
 */
export async function remove(
  sf: SfCli,
  session: AdminSession,
  removal: Removal,
  keepRecords: boolean,
  options: RunOptions = {},
): Promise<void> {
  const { shop, components } = removal;
  for (const webhook of shop.webhooks) await deleteWebhook(session, webhook);
  console.log(`Webhooks: ${shop.webhooks.length} deleted.`);
  await deactivateFlows(sf, components, options);
  console.log('Flows: deactivated.');
  if (keepRecords) return;
  await unassign(session, components);
  console.log('Permission sets: taken away.');
  await deleteComponents(sf, session, components, options);
  console.log('Components: deleted.');
}

/** What this command does not touch. */
export function leftByHand({ shop, packaged }: Removal, keepRecords: boolean): readonly string[] {
  const lines = [
    ...shop.byHand,
    'The REST API key in WooCommerce › Settings › Advanced › REST API: revoke it.',
    'The service, its database or data directory, and its files: remove them where it ran.',
  ];
  if (keepRecords) return lines;
  return [
    ...(packaged.length > 0 ? [packageNote(packaged.length)] : []),
    ...lines,
    'The integration user: deactivate it in Setup › Users. Its permission set license is free then.',
    'An external client app of another name by which the service signed in: delete it in Setup › External Client App Manager.',
    'Accounts, contacts, products and files that the sync made: they are yours and stay.',
    'Deleted objects and fields: Setup shows them for 15 days, in which the names stay taken; erase them there to be rid of them at once.',
  ];
}
