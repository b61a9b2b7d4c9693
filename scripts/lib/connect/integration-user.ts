import { z } from 'zod';
import { refusalIn, type AdminSession } from '../install/admin-session.ts';
import { quoted, rowsOf } from '../install/query.ts';
import { lookForLicenses, type Licenses } from './licenses.ts';

type Asked = Pick<AdminSession, 'request' | 'username'>;

/** What the org has for the user of the sync. Nothing was written to find it. */
export interface FoundUser {
  readonly username: string;
  /** Id of the user; null where it is to be made. */
  readonly userId: string | null;
  /** Whether the permission set licence is to be assigned. */
  readonly needsLicense: boolean;
  /** What stands in the way, each a sentence with what to do; `makeUser` works without any. */
  readonly problems: readonly string[];
  readonly licenses: Licenses;
}

const userRow = z.object({
  Id: z.string(),
  IsActive: z.boolean(),
  Profile: z.object({
    PermissionsApiUserOnly: z.boolean(),
    UserLicense: z.object({ Name: z.string() }),
  }),
});
type UserRow = z.infer<typeof userRow>;

/** A user name that no other org has: user names are unique over all of Salesforce. */
export function defaultUsername(instanceUrl: string): string {
  const { hostname } = new URL(instanceUrl);
  return `woo-sync@${/[a-z]/.test(hostname) ? hostname : `${hostname}.example`}`;
}

/** Looks for the user, the licences and the profile. At most five API calls. */
export async function lookForUser(session: Asked, username: string): Promise<FoundUser> {
  const licenses = await lookForLicenses(session);
  const [row] = await rowsOf(
    session,
    `SELECT Id, IsActive, Profile.PermissionsApiUserOnly, Profile.UserLicense.Name FROM User WHERE Username = ${quoted(username)}`,
    userRow,
  );
  if (!row) {
    const problems = [...licenses.problems.user, ...licenses.problems.permissionSetLicense];
    return { username, userId: null, needsLicense: true, problems, licenses };
  }
  const ofIntegration = row.Profile.UserLicense.Name === INTEGRATION;
  const needsLicense = ofIntegration && !(await hasLicense(session, row.Id, licenses));
  const problems = [
    ...problemsOf(session, username, row),
    ...(needsLicense ? licenses.problems.permissionSetLicense : []),
  ];
  return { username, userId: row.Id, needsLicense, problems, licenses };
}

const INTEGRATION = 'Salesforce Integration';

function problemsOf(session: Asked, username: string, row: UserRow): readonly string[] {
  if (username.toLowerCase() === session.username.toLowerCase()) {
    return [
      `${username} is the user who installs. The sync needs a user of its own, whose saves start no sync: give another user name, and it is made.`,
    ];
  }
  const { PermissionsApiUserOnly, UserLicense } = row.Profile;
  if (UserLicense.Name !== INTEGRATION && !PermissionsApiUserOnly) {
    return [
      `The user ${username} has the licence ${UserLicense.Name} and a profile that lets people sign in, so it may be somebody's own. Give another user name, and a user with the licence ${INTEGRATION} is made; or give this one a profile with "API Only User".`,
    ];
  }
  if (row.IsActive) return [];
  return [
    `The user ${username} is not active in the org: activate it in Setup › Users, or give another user name.`,
  ];
}

async function hasLicense(
  session: Asked,
  userId: string,
  { permissionSetLicenseId }: Licenses,
): Promise<boolean> {
  if (permissionSetLicenseId === null) return false;
  const q = `SELECT Id FROM PermissionSetLicenseAssign WHERE AssigneeId = ${quoted(userId)} AND PermissionSetLicenseId = ${quoted(permissionSetLicenseId)}`;
  return (await rowsOf(session, q, z.object({ Id: z.string() }))).length > 0;
}

/**
 * Makes the user with its licence, and assigns the permission set licence, as far as they are not there.
 * @param email where Salesforce writes to about the user
 * @returns the id of the user
 * @throws Error with a sentence; what was made before stays, and a second run goes on from there
 */
export async function makeUser(session: Asked, found: FoundUser, email: string): Promise<string> {
  if (found.problems.length > 0) throw new Error(found.problems.join('\n'));
  const userId = found.userId ?? (await insertUser(session, found, email));
  if (found.needsLicense) await assignLicense(session, found, userId);
  return userId;
}

const created = z.object({ id: z.string() });

/** The org's own language and time zone: a user needs some. */
const organization = z.object({
  TimeZoneSidKey: z.string(),
  LanguageLocaleKey: z.string(),
  DefaultLocaleSidKey: z.string(),
});

async function insertUser(
  session: Asked,
  { username, licenses }: FoundUser,
  email: string,
): Promise<string> {
  const [org] = await rowsOf(
    session,
    'SELECT TimeZoneSidKey, LanguageLocaleKey, DefaultLocaleSidKey FROM Organization',
    organization,
  );
  const answer = await session.request('POST', '/services/data/v66.0/sobjects/User', {
    Username: username,
    LastName: 'Woo Integration',
    Alias: 'woosync',
    Email: email,
    ProfileId: licenses.profileId,
    EmailEncodingKey: 'UTF-8',
    TimeZoneSidKey: org?.TimeZoneSidKey ?? 'GMT',
    LanguageLocaleKey: org?.LanguageLocaleKey ?? 'en_US',
    LocaleSidKey: org?.DefaultLocaleSidKey ?? 'en_US',
  });
  const made = created.safeParse(answer.body).data;
  if (answer.status === 201 && made) return made.id;
  throw new Error(cureOf(username, refusalIn(answer)));
}

function cureOf(username: string, refusal: string): string {
  if (/^DUPLICATE_USERNAME\b/.test(refusal)) {
    return `The user name ${username} is taken in another org: user names are unique over all of Salesforce. Give another one; it need not be an e-mail address that exists.`;
  }
  if (/^LICENSE_LIMIT_EXCEEDED\b/.test(refusal)) {
    return `No licence ${INTEGRATION} is left. Deactivate a user who has one, or ask Salesforce for more.`;
  }
  if (/^INSUFFICIENT_ACCESS/.test(refusal)) {
    return `You may not make users in this org (${refusal}). Sign in as an administrator with "Manage Internal Users".`;
  }
  return `The org did not make the user ${username} (${refusal}). Make it in Setup › Users as docs/connect.md says, and run this again.`;
}

async function assignLicense(session: Asked, found: FoundUser, userId: string): Promise<void> {
  const answer = await session.request(
    'POST',
    '/services/data/v66.0/sobjects/PermissionSetLicenseAssign',
    { AssigneeId: userId, PermissionSetLicenseId: found.licenses.permissionSetLicenseId },
  );
  const refusal = refusalIn(answer);
  if (answer.status === 201 || /^DUPLICATE_VALUE\b/.test(refusal)) return;
  throw new Error(
    `The org did not give ${found.username} the permission set licence Salesforce API Integration (${refusal}). Assign it in Setup › Users › ${found.username} › Permission Set License Assignments, and run this again.`,
  );
}
