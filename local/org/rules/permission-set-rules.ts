import { saveError, type SaveError } from '../model/errors.ts';
import { rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';

/** The licence of users with a profile that is not named here. */
const FULL = 'Salesforce';
const LICENSE_OF_PROFILE: Readonly<Record<string, string>> = {
  'Minimum Access - API Only Integrations': 'Salesforce Integration',
};

/** A permission set that is made for one licence is for users with that licence alone. */
function wrongLicense({ org, values }: Change): SaveError | undefined {
  const set = rowOf(org, 'PermissionSet', values.get('PermissionSetId') ?? null);
  const user = rowOf(org, 'User', values.get('AssigneeId') ?? null);
  const profile = rowOf(org, 'Profile', user?.['ProfileId'] ?? null);
  const component = org
    .components()
    .find((one) => one.type === 'PermissionSet' && one.fullName === set?.['Name']);
  const { license } = (component?.body ?? {}) as { readonly license?: string };
  const own = LICENSE_OF_PROFILE[String(profile?.['Name'])] ?? FULL;
  if (license === undefined || license === own) return undefined;
  return saveError(
    'FIELD_INTEGRITY_EXCEPTION',
    `Can't assign permission set ${String(set?.['Label'])} to user ${String(user?.['Name'])}. The user license doesn't match.`,
    'PermissionSetId',
  );
}

export const permissionSetAssignmentRule: ObjectRule = {
  check: (change) => (change.id === undefined ? wrongLicense(change) : undefined),
};
