import { X509Certificate } from 'node:crypto';
import { metadataModel } from '../../xml/type-model.ts';
import { refuse, type Rule } from '../rule.ts';
import { belongsToApp, isEmulated, listed, namesAreGood, oauthIsOpen } from './client-app-parts.ts';

type AppRule = Rule<'ExternalClientApplication'>;

/** Required by the Metadata API's guide, though not by its types. */
const hasContact: AppRule = (draft) =>
  (['contactEmail', 'distributionState'] as const).flatMap((name) =>
    draft.body[name] === undefined ? refuse(draft, `Required field is missing: ${name}`) : [],
  );

const isLocal: AppRule = (draft) =>
  (draft.body.distributionState ?? 'Local') === 'Local'
    ? []
    : refuse(
        draft,
        'The local org emulates external client apps of the distribution state Local only.',
        'distributionState',
      );

/** What an external client app must fulfil. */
export const clientAppRules: readonly AppRule[] = [namesAreGood, hasContact, isLocal, isEmulated];

const scopesAreKnown: Rule<'ExtlClntAppOauthSettings'> = (draft) => {
  const element = 'commaSeparatedOauthScopes';
  const type = metadataModel().complex('ConnectedAppOauthConfig')?.get('scopes')?.type;
  const known = type?.kind === 'enum' ? type.values : new Set<string>();
  return listed(draft.body.commaSeparatedOauthScopes)
    .filter((one) => !known.has(one))
    .flatMap((one) => refuse(draft, `Invalid OAuth scope: ${one}`, element));
};

/** What the OAuth settings of an app must fulfil. */
export const oauthSettingsRules: readonly Rule<'ExtlClntAppOauthSettings'>[] = [
  oauthIsOpen,
  namesAreGood,
  belongsToApp,
  scopesAreKnown,
  isEmulated,
];

type GlobalRule = Rule<'ExtlClntAppGlobalOauthSettings'>;

const hasCallback: GlobalRule = (draft) => {
  const { callbackUrl = '' } = draft.body;
  const isGood = callbackUrl.split(/\s+/).every((one) => URL.canParse(one));
  return isGood ? [] : refuse(draft, `Invalid callback URL: "${callbackUrl}"`, 'callbackUrl');
};

function certificateProblem(text: string): string | undefined {
  try {
    const isPem = text.trim().startsWith('-----BEGIN CERTIFICATE-----');
    const { publicKey } = new X509Certificate(isPem ? text.trim() : Buffer.from(text, 'base64'));
    return publicKey.asymmetricKeyType === 'rsa' ? undefined : 'its key is not RSA';
  } catch {
    return 'it is no X.509 certificate in PEM form';
  }
}

const certificateIsOne: GlobalRule = (draft) => {
  const { certificate } = draft.body;
  const problem = certificate === undefined ? undefined : certificateProblem(certificate);
  return problem === undefined
    ? []
    : refuse(draft, `Invalid certificate: ${problem}`, 'certificate');
};

/** A consumer key is one app's alone. */
const keyIsFree: GlobalRule = (draft, plan) => {
  const { consumerKey } = draft.body;
  const isTaken =
    consumerKey !== undefined &&
    plan.names(draft.type).some((name) => {
      const body = plan.bodyOf(draft.type, name) as { readonly consumerKey?: string };
      return name !== draft.fullName && body.consumerKey === consumerKey;
    });
  return isTaken ? refuse(draft, 'The consumer key is already taken.', 'consumerKey') : [];
};

/** What the global OAuth settings of an app must fulfil. */
export const globalOauthRules: readonly GlobalRule[] = [
  oauthIsOpen,
  namesAreGood,
  belongsToApp,
  hasCallback,
  certificateIsOne,
  keyIsFree,
  isEmulated,
];
