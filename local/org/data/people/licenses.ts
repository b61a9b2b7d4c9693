import type { Row } from '../../lib/database.ts';
import type { WholeOrg } from '../../model/org-view.ts';

/** The licence of users who only use the API. */
export const INTEGRATION_LICENSE = 'Salesforce Integration';
/** What lets these users have rights on objects. */
export const INTEGRATION_PSL = 'SalesforceAPIIntegrationPsl';

/** The licence that a user has by its profile: its name and how many there are. */
export function licenseOfProfile(org: WholeOrg, profileId: unknown): Row | undefined {
  return typeof profileId === 'string'
    ? org.db.get(
        `SELECT l.* FROM Profile p JOIN UserLicense l ON l.Id = p.UserLicenseId WHERE p.Id = ?`,
        profileId,
      )
    : undefined;
}

/** Brings the numbers of used licences up to date: active users, and those who were given a permission set licence. */
export function countLicenses(org: WholeOrg): void {
  org.db.run(
    `UPDATE UserLicense SET UsedLicenses =
       (SELECT count(*) FROM User u JOIN Profile p ON p.Id = u.ProfileId
         WHERE p.UserLicenseId = UserLicense.Id AND u.IsActive = 1)`,
  );
  org.db.run(
    `UPDATE PermissionSetLicense SET UsedLicenses =
       (SELECT count(*) FROM PermissionSetLicenseAssign a
         WHERE a.PermissionSetLicenseId = PermissionSetLicense.Id AND a.IsDeleted = 0)`,
  );
}

/** Whether the user was given the permission set licence of that name. */
export function hasPermissionSetLicense(org: WholeOrg, userId: unknown, name: string): boolean {
  return (
    org.db.get(
      `SELECT a.Id FROM PermissionSetLicenseAssign a
         JOIN PermissionSetLicense l ON l.Id = a.PermissionSetLicenseId
        WHERE a.AssigneeId = ? AND l.DeveloperName = ? AND a.IsDeleted = 0`,
      String(userId),
      name,
    ) !== undefined
  );
}
