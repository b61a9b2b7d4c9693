import { labelProblem, nameProblem } from '../names.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type External = Rule<'ExternalCredential'>;
type Named = Rule<'NamedCredential'>;

/** Protocols of the Metadata API that documentation reserves, or that nothing here needs. */
const PROTOCOLS: ReadonlySet<string> = new Set(['Basic', 'Custom']);

const externalNamesAreGood: External = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    label: labelProblem('ExternalCredential', draft.body.label, 80),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const protocolIsEmulated: External = (draft) => {
  const { authenticationProtocol } = draft.body;
  return PROTOCOLS.has(authenticationProtocol)
    ? []
    : refuse(
        draft,
        `The local org does not emulate the authentication protocol ${authenticationProtocol}.`,
        'authenticationProtocol',
      );
};

const hasPrincipals: External = (draft) =>
  draft.body.externalCredentialParameters.some((one) => one.parameterType === 'NamedPrincipal')
    ? []
    : refuse(
        draft,
        'An external credential needs a named principal; others are not emulated.',
        'authenticationProtocol',
      );

const parametersAreDistinct: External = (draft) =>
  repeated(
    draft.body.externalCredentialParameters,
    (one) => `${one.parameterType} ${one.parameterName}`,
  ).flatMap(({ value, index }) =>
    refuse(
      draft,
      `Duplicate externalCredentialParameters: ${value.parameterName}`,
      'externalCredentialParameters',
      index,
    ),
  );

/** What an external credential must fulfil. */
export const externalCredentialRules: readonly External[] = [
  externalNamesAreGood,
  protocolIsEmulated,
  hasPrincipals,
  parametersAreDistinct,
];

const namesAreGood: Named = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    label: labelProblem('NamedCredential', draft.body.label, 80),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const isSecuredEndpoint: Named = (draft) =>
  draft.body.namedCredentialType === 'SecuredEndpoint'
    ? []
    : refuse(
        draft,
        'The local org emulates named credentials of the type SecuredEndpoint only.',
        'namedCredentialType',
      );

const urlLeadsSomewhere: Named = (draft) => {
  const parameters = draft.body.namedCredentialParameters;
  const index = parameters.findIndex((one) => one.parameterType === 'Url');
  if (index < 0) return refuse(draft, 'Required parameter is missing: Url');
  const url = parameters[index]?.parameterValue ?? '';
  if (URL.canParse(url) && /^https?:\/\/[^/]/.test(url) && !url.endsWith('/')) return [];
  return refuse(
    draft,
    `Invalid URL: "${url}"; it begins with https:// and ends without a slash`,
    'namedCredentialParameters',
    index,
  );
};

const externalCredentialExists: Named = (draft, plan) => {
  const parameters = draft.body.namedCredentialParameters;
  const index = parameters.findIndex((one) => one.parameterType === 'Authentication');
  const name = parameters[index]?.externalCredential;
  if (name === undefined) return refuse(draft, 'Required parameter is missing: Authentication');
  return plan.has('ExternalCredential', name)
    ? []
    : refuse(
        draft,
        notFound('externalCredential', 'ExternalCredential', name),
        'namedCredentialParameters',
        index,
      );
};

/** What a named credential must fulfil. */
export const namedCredentialRules: readonly Named[] = [
  namesAreGood,
  isSecuredEndpoint,
  urlLeadsSomewhere,
  externalCredentialExists,
];
