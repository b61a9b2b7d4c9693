import { z } from 'zod';
import type { AdminSession } from '../install/admin-session.ts';
import { rowsOf } from '../install/query.ts';

/** Licences and profile for a user who only uses the API. */
export interface Licenses {
  readonly profileId: string | null;
  readonly permissionSetLicenseId: string | null;
  readonly problems: {
    /** Why no user can be made. */
    readonly user: readonly string[];
    /** Why the permission set licence cannot be assigned. */
    readonly permissionSetLicense: readonly string[];
  };
}

type Asked = Pick<AdminSession, 'request'>;

const counts = { TotalLicenses: z.number(), UsedLicenses: z.number() };
const license = z.object(counts);
const permissionSetLicense = z.object({ Id: z.string(), ...counts });
const profile = z.object({ Id: z.string(), Name: z.string() });
type Profile = z.infer<typeof profile>;

const NAME = 'Salesforce Integration';
const PROFILE = 'Minimum Access - API Only Integrations';
/** What orgs have in which the profile above was never there. */
const OLD_PROFILE = 'Salesforce API Only System Integrations';
const PERMISSION_SET_LICENSE = 'SalesforceAPIIntegrationPsl';

const byHand = 'make a user with another licence by hand (docs/connect.md), and give its user name';

/** Three API calls. */
export async function lookForLicenses(session: Asked): Promise<Licenses> {
  const [found] = await rowsOf(
    session,
    `SELECT TotalLicenses, UsedLicenses FROM UserLicense WHERE Name = '${NAME}'`,
    license,
  );
  const profiles = await rowsOf(
    session,
    `SELECT Id, Name FROM Profile WHERE UserLicense.Name = '${NAME}'`,
    profile,
  );
  const [extra] = await rowsOf(
    session,
    `SELECT Id, TotalLicenses, UsedLicenses FROM PermissionSetLicense WHERE DeveloperName = '${PERMISSION_SET_LICENSE}'`,
    permissionSetLicense,
  );
  const chosen = profileAmong(profiles);
  return {
    profileId: chosen?.Id ?? null,
    permissionSetLicenseId: extra?.Id ?? null,
    problems: {
      user: [...licenseProblems(found), ...(found && !chosen ? [profileProblem(profiles)] : [])],
      permissionSetLicense: permissionSetLicenseProblems(extra),
    },
  };
}

/** Standard profiles have translated names in orgs of another language: the only one of the licence is taken then. */
function profileAmong(profiles: readonly Profile[]): Profile | undefined {
  const named = [PROFILE, OLD_PROFILE].flatMap(
    (name) => profiles.find((one) => one.Name === name) ?? [],
  );
  return named[0] ?? (profiles.length === 1 ? profiles[0] : undefined);
}

const profileProblem = (profiles: readonly Profile[]): string =>
  `The org has no profile "${PROFILE}"${profiles.length === 0 ? '' : `, and several others of the licence ${NAME} (${profiles.map(({ Name }) => Name).join(', ')})`}: ${byHand}.`;

function licenseProblems(found: z.infer<typeof license> | undefined): readonly string[] {
  if (!found) {
    return [
      `The org has no licence ${NAME}, which Enterprise, Performance, Unlimited and Developer Edition have: ${byHand}.`,
    ];
  }
  const { TotalLicenses, UsedLicenses } = found;
  if (UsedLicenses < TotalLicenses) return [];
  return [
    `No licence ${NAME} is left: ${UsedLicenses} of ${TotalLicenses} are in use. Deactivate a user who has one, ask Salesforce for more, or ${byHand}.`,
  ];
}

function permissionSetLicenseProblems(
  found: z.infer<typeof permissionSetLicense> | undefined,
): readonly string[] {
  if (!found) {
    return [
      `The org has no permission set licence Salesforce API Integration (${PERMISSION_SET_LICENSE}), without which a user with the licence ${NAME} gets no rights on objects: ${byHand}.`,
    ];
  }
  const { TotalLicenses, UsedLicenses } = found;
  if (UsedLicenses < TotalLicenses) return [];
  return [
    `No permission set licence Salesforce API Integration is left: ${UsedLicenses} of ${TotalLicenses} are in use. Take one from a user who needs it no more, or ask Salesforce for more.`,
  ];
}
