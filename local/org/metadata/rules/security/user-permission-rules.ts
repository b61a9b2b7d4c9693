import { userPermissionNames } from '../../xml/type-model.ts';
import { refuse, type Rule } from '../rule.ts';

type SetRule = Rule<'PermissionSet'>;

const userPermissionsExist: SetRule = (draft) =>
  draft.body.userPermissions.flatMap(({ name }, index) =>
    userPermissionNames().has(name)
      ? []
      : refuse(draft, `Unknown user permission: ${name}`, 'userPermissions', index),
  );

/** User permissions that a real org gives only with others; not all that there are. */
const needs: ReadonlyMap<string, readonly string[]> = new Map([
  ['ModifyAllData', ['ViewAllData']],
  ['QueryAllFiles', ['ViewAllData']],
  ['CustomizeApplication', ['ViewSetup']],
  ['ManageInternalUsers', ['ViewSetup']],
  ['ManageRoles', ['ViewRoles', 'ViewSetup']],
  ['ResetPasswords', ['ViewRoles', 'ViewSetup']],
  [
    'ManageUsers',
    [
      ...['AssignPermissionSets', 'DelegatedTwoFactor', 'FreezeUsers', 'ManageInternalUsers'],
      ...['ManageIpAddresses', 'ManageLoginAccessPolicies', 'ManagePasswordPolicies'],
      ...['ManageProfilesPermissionsets', 'ManageRoles', 'ManageSharing', 'MonitorLoginHistory'],
      'ViewAllUsers',
    ],
  ],
]);

const neededArePresent: SetRule = (draft) => {
  const given = new Set(
    draft.body.userPermissions.filter(({ enabled }) => enabled).map(({ name }) => name),
  );
  return draft.body.userPermissions.flatMap(({ name, enabled }, index) => {
    const missing = enabled ? (needs.get(name) ?? []).filter((one) => !given.has(one)) : [];
    return missing.length === 0
      ? []
      : refuse(
          draft,
          `Permission ${name} depends on permission(s): ${missing.join(', ')}`,
          'userPermissions',
          index,
        );
  });
};

/** What the user permissions in a permission set must fulfil. */
export const userPermissionRules: readonly SetRule[] = [userPermissionsExist, neededArePresent];
