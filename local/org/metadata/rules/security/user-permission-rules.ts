import { userPermissionNames } from '../../xml/type-model.ts';
import { labelOfPermission, neededByPermission } from '../../../model/known-rights.ts';
import { refuse, type Rule } from '../rule.ts';
import { dependsOn, givenBy, missingOf } from './given-rights.ts';

type SetRule = Rule<'PermissionSet'>;

const userPermissionsExist: SetRule = (draft) =>
  draft.body.userPermissions.flatMap(({ name }, index) =>
    userPermissionNames().has(name)
      ? []
      : refuse(draft, `Unknown user permission: ${name}`, 'userPermissions', index),
  );

const neededArePresent: SetRule = (draft) => {
  const given = givenBy(draft);
  return draft.body.userPermissions.flatMap(({ name, enabled }, index) => {
    const missing = enabled ? missingOf(neededByPermission.get(name) ?? [], given) : [];
    return missing.length === 0
      ? []
      : refuse(draft, dependsOn(labelOfPermission(name), missing), 'userPermissions', index);
  });
};

/** What the user permissions in a permission set must fulfil. */
export const userPermissionRules: readonly SetRule[] = [userPermissionsExist, neededArePresent];
