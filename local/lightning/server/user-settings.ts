import type { OrgClient } from './org-client.ts';

/**
 * The custom permissions that the user has. Salesforce tells them its own pages; the local org tells them by an
 * address of its own, since no API tells users without rights to Setup.
 * @throws OrgUnreachable, or Error where the org has no such address
 */
export const customPermissionsOf = (org: OrgClient): Promise<readonly string[]> =>
  org.get<readonly string[]>('/local/custom-permissions');

/**
 * What flows have told the user by custom notifications, newest first, which the local org tells likewise; null where
 * the org does not.
 */
export const notificationsOf = (org: OrgClient): Promise<unknown> =>
  org.get('/local/notifications').catch(() => null);

/**
 * The tabs that the user's permission sets show, which the local org tells likewise.
 * @throws OrgUnreachable, or Error where the org has no such address
 */
export const tabsOf = (org: OrgClient): Promise<readonly string[]> =>
  org.get<readonly string[]>('/local/tabs');
