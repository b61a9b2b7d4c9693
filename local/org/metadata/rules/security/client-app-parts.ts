import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { labelProblem, nameProblem } from '../names.ts';
import { notAvailable, notFound, refuse } from '../rule.ts';

/** Parts of an external client app, which name the app that they belong to. */
type PartType =
  | 'ExtlClntAppOauthSettings'
  | 'ExtlClntAppGlobalOauthSettings'
  | 'ExtlClntAppOauthConfigurablePolicies';
type AnyType = PartType | 'ExternalClientApplication';

/** What the local org makes use of, or takes without a meaning; all else is refused unless it is `false`. */
const EMULATED: Readonly<Record<AnyType, readonly string[]>> = {
  ExternalClientApplication: [
    'contactEmail',
    'contactPhone',
    'description',
    'distributionState',
    'iconUrl',
    'infoUrl',
    'isProtected',
    'label',
    'logoUrl',
    'managedType',
  ],
  ExtlClntAppOauthSettings: ['commaSeparatedOauthScopes', 'externalClientApplication', 'label'],
  ExtlClntAppGlobalOauthSettings: [
    'callbackUrl',
    'certificate',
    'consumerKey',
    'consumerSecret',
    'externalClientApplication',
    'isClientCredentialsFlowEnabled',
    'isConsumerSecretOptional',
    'isPkceRequired',
    'isRefreshTokenRotationEnabled',
    'isSecretRequiredForRefreshToken',
    'isSecretRequiredForTokenExchange',
    'label',
    'shouldRotateConsumerKey',
    'shouldRotateConsumerSecret',
  ],
  ExtlClntAppOauthConfigurablePolicies: [
    'clientCredentialsFlowUser',
    'commaSeparatedPermissionSet',
    'commaSeparatedProfile',
    'externalClientApplication',
    'ipRelaxationPolicyType',
    'isClientCredentialsFlowEnabled',
    'label',
    'permittedUsersPolicyType',
    'refreshTokenPolicyType',
    'refreshTokenValidityPeriod',
    'refreshTokenValidityUnit',
    'requiredSessionLevel',
    'sessionTimeoutInMinutes',
  ],
};

export const isEmulated = (draft: DraftOf<AnyType>): readonly Problem[] =>
  draft.element.children
    .filter(({ name, text }) => !EMULATED[draft.type].includes(name) && text.trim() !== 'false')
    .map((child) =>
      problemAt(child, `The local org does not emulate ${child.name} of ${draft.type}.`),
    );

export const namesAreGood = (draft: DraftOf<AnyType>): readonly Problem[] => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    label: labelProblem(draft.type, draft.body.label, 80),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

/** Other components of the type that belong to the same app. */
function others(draft: DraftOf<PartType>, plan: Plan): readonly string[] {
  const app = draft.body.externalClientApplication.toLowerCase();
  return plan.names(draft.type).filter((name) => {
    const body = plan.bodyOf(draft.type, name) as { readonly externalClientApplication: string };
    const isOther = name.toLowerCase() !== draft.fullName.toLowerCase();
    return isOther && body.externalClientApplication.toLowerCase() === app;
  });
}

export function belongsToApp(draft: DraftOf<PartType>, plan: Plan): readonly Problem[] {
  const { externalClientApplication: name } = draft.body;
  const element = 'externalClientApplication';
  if (!plan.has('ExternalClientApplication', name)) {
    return refuse(draft, notFound(element, 'ExternalClientApplication', name), element);
  }
  const [other] = others(draft, plan);
  if (other === undefined) return [];
  return refuse(
    draft,
    `duplicate value found: ExternalClientApplicationId duplicates value on ${other}`,
    element,
  );
}

export const oauthIsOpen = (draft: DraftOf<PartType>, plan: Plan): readonly Problem[] =>
  plan.before.rows.features.clientAppsBlocked ? refuse(draft, notAvailable) : [];

export const listed = (text = ''): readonly string[] =>
  text.split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));
