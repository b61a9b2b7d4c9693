import type { PermissionSet } from '@salesforce/types/metadata';
import {
  hasPermissionSetLicense,
  INTEGRATION_LICENSE,
  INTEGRATION_PSL,
  licenseOfProfile,
} from '../data/people/licenses.ts';
import type { Row, SqlValue } from '../lib/database.ts';
import type { WholeOrg } from '../model/org-view.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';

const bodyOf = (org: WholeOrg, name: unknown): PermissionSet | undefined =>
  org.components().find((one) => one.type === 'PermissionSet' && one.fullName === name)?.body as
    | PermissionSet
    | undefined;

/** A permission set that is made for one licence is for users with that licence alone. */
function licenseProblem(org: WholeOrg, user: Row, set: PermissionSet): string | undefined {
  const own = licenseOfProfile(org, user['ProfileId'])?.['Name'];
  if (set.license !== undefined && set.license !== own) return "The user license doesn't match.";
  // Users who only use the API have rights on objects by their permission set licence.
  const read = set.objectPermissions.find((one) => one.allowRead)?.object;
  if (read === undefined || own !== INTEGRATION_LICENSE) return undefined;
  if (hasPermissionSetLicense(org, user['Id'], INTEGRATION_PSL)) return undefined;
  const label = org.object(read)?.labelPlural ?? read;
  return `The user license doesn't allow the permission: Read ${label}`;
}

function licenseRefusal({ org, values }: Change): SaveError | undefined {
  const set = rowOf(org, 'PermissionSet', values.get('PermissionSetId') ?? null);
  const user = rowOf(org, 'User', values.get('AssigneeId') ?? null);
  const body = bodyOf(org, set?.['Name']);
  const problem = user && body ? licenseProblem(org, user, body) : undefined;
  return problem === undefined
    ? undefined
    : saveError(
        'FIELD_INTEGRITY_EXCEPTION',
        `Can't assign permission set ${String(set?.['Label'])} to user ${String(user?.['Name'])}. ${problem}`,
        'PermissionSetId',
      );
}

/** A permission set of a profile goes with the profile of a user, and is neither given nor taken by itself. */
function profileRefusal(org: WholeOrg, setId: SqlValue): SaveError | undefined {
  const set = rowOf(org, 'PermissionSet', setId);
  return set?.['IsOwnedByProfile'] === 1
    ? saveError(
        'FIELD_INTEGRITY_EXCEPTION',
        `The permission set ${String(set['Name'])} is owned by a profile: change the profile of the user.`,
        'PermissionSetId',
      )
    : undefined;
}

export const permissionSetAssignmentRule: ObjectRule = {
  check: (change) =>
    change.id === undefined
      ? (profileRefusal(change.org, change.values.get('PermissionSetId') ?? null) ??
        licenseRefusal(change))
      : undefined,
  deleting: (org, row) => profileRefusal(org, row['PermissionSetId'] ?? null),
};
