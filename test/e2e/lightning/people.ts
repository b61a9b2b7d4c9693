import type { Connection } from 'jsforce';

import type { Org } from '../../../local/org/org.ts';

/** Gives permission sets of the org to a user. @throws Error where the org refuses, or has no such permission set */
async function assign(admin: Connection, userId: string, names: readonly string[]): Promise<void> {
  const { records } = await admin.query<{ Id: string }>(
    `SELECT Id FROM PermissionSet WHERE Name IN ('${names.join("', '")}')`,
  );
  if (records.length !== names.length) throw new Error(`not all there: ${names.join(', ')}`);
  for (const { Id } of records) {
    await admin
      .sobject('PermissionSetAssignment')
      .create({ AssigneeId: userId, PermissionSetId: Id });
  }
}

/**
 * Makes a person of the profile *Standard User*: what they see of ours comes from permission sets.
 * @param settings language and time zone as Salesforce names them
 * @returns the token of their session
 */
export async function person(
  org: Org,
  admin: Connection,
  username: string,
  permissionSets: readonly string[],
  { language, timeZone }: { readonly language: string; readonly timeZone: string },
): Promise<string> {
  const { records } = await admin.query<{ Id: string }>(
    "SELECT Id FROM Profile WHERE Name = 'Standard User'",
  );
  const name = username.split('@')[0] ?? username;
  org.data.putSystemRow(
    'User',
    { Username: username },
    {
      LastName: name,
      Name: name,
      Alias: name.slice(0, 8),
      Email: username,
      IsActive: true,
      UserType: 'Standard',
      ProfileId: records[0]?.Id ?? '',
      LanguageLocaleKey: language,
      TimeZoneSidKey: timeZone,
    },
  );
  const user = org.sessions.user(username);
  if (!user) throw new Error(`${username} was not made`);
  if (permissionSets.length > 0) await assign(admin, user.id, permissionSets);
  return org.sessions.issue(user).token;
}
