import { notFound, refuse, type Rule } from '../rule.ts';
import { belongsToApp, isEmulated, listed, namesAreGood } from './client-app-parts.ts';

type PolicyRule = Rule<'ExtlClntAppOauthConfigurablePolicies'>;

const runsAsApiUser: PolicyRule = (draft, plan) => {
  const element = 'clientCredentialsFlowUser';
  const { [element]: username } = draft.body;
  if (username === undefined) return [];
  const { rows } = plan.before;
  if (!rows.hasUser(username)) return refuse(draft, notFound(element, 'User', username), element);
  return rows.isApiOnly(username)
    ? []
    : refuse(draft, `The user ${username} needs the API Only User permission`, element);
};

const holdersExist: PolicyRule = (draft, plan) => {
  const { commaSeparatedPermissionSet: sets, commaSeparatedProfile: profiles } = draft.body;
  return [
    ...listed(sets)
      .filter((name) => !plan.has('PermissionSet', name))
      .flatMap((name) =>
        refuse(
          draft,
          notFound('commaSeparatedPermissionSet', 'PermissionSet', name),
          'commaSeparatedPermissionSet',
        ),
      ),
    ...listed(profiles)
      .filter((name) => !plan.before.rows.hasProfile(name))
      .flatMap((name) =>
        refuse(draft, notFound('commaSeparatedProfile', 'Profile', name), 'commaSeparatedProfile'),
      ),
  ];
};

const RELAXATIONS = ['Enforce', 'Bypass', 'Bypass_2factor', 'Enforce_RelaxRefresh'];

const relaxationIsKnown: PolicyRule = (draft) => {
  const element = 'ipRelaxationPolicyType';
  const { [element]: type } = draft.body;
  return type === undefined || RELAXATIONS.includes(type)
    ? []
    : refuse(draft, `'${type}' is not a valid value for ${element}`, element);
};

/** What the OAuth policies of an app must fulfil. */
export const oauthPolicyRules: readonly PolicyRule[] = [
  namesAreGood,
  belongsToApp,
  runsAsApiUser,
  holdersExist,
  relaxationIsKnown,
  isEmulated,
];
