import { randomBytes } from 'node:crypto';
import type {
  ExtlClntAppGlobalOauthSettings,
  ExtlClntAppOauthConfigurablePolicies,
} from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';
import type { DraftOf } from '../read/kinds.ts';
import type { XmlElement } from '../xml/parse-xml.ts';
import { readTyped } from '../xml/read-typed.ts';
import { writeRoot } from '../xml/write-xml.ts';
import type { Plan } from './plan.ts';

type GlobalDraft = DraftOf<'ExtlClntAppGlobalOauthSettings'>;

const POLICIES = 'ExtlClntAppOauthConfigurablePolicies';

const consumerKey = (): string =>
  `3MVG9${randomBytes(60).toString('base64url').replaceAll('-', '.')}`;
const consumerSecret = (): string => randomBytes(32).toString('hex').toUpperCase();

const elementOf = (name: string, text: string): XmlElement => ({
  name,
  text,
  attributes: {},
  children: [],
  line: 1,
  column: 1,
});

/**
 * Global settings as the org keeps them: it generates key and secret, and keeps them when the app is deployed
 * again. The key can be retrieved, the secret cannot.
 */
export function globalOauth(draft: GlobalDraft, plan: Plan): Component {
  const { type, fullName, body, element } = draft;
  const before = plan.previous(draft)?.body as ExtlClntAppGlobalOauthSettings | undefined;
  const oldKey = body.shouldRotateConsumerKey === true ? undefined : before?.consumerKey;
  const oldSecret = body.shouldRotateConsumerSecret === true ? undefined : before?.consumerSecret;
  const key = body.consumerKey ?? oldKey ?? consumerKey();
  const secret = body.consumerSecret ?? oldSecret ?? consumerSecret();
  const children = element.children.filter(({ name }) => !name.startsWith('consumer'));
  const shown = [...children, elementOf('consumerKey', key)].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return {
    type,
    fullName,
    body: { ...body, consumerKey: key, consumerSecret: secret },
    xml: writeRoot({ ...element, children: shown }, type),
  };
}

/** The policies that the org makes by itself for an app whose OAuth settings come without any. */
export function defaultPolicies(plan: Plan): readonly Component[] {
  const appsWith = new Set(
    plan.names(POLICIES).map((name) => {
      const body = plan.bodyOf(POLICIES, name) as ExtlClntAppOauthConfigurablePolicies;
      return body.externalClientApplication.toLowerCase();
    }),
  );
  return plan
    .draftsOf('ExtlClntAppOauthSettings')
    .filter(({ body }) => !appsWith.has(body.externalClientApplication.toLowerCase()))
    .map(({ fullName, body, element }) => {
      const name = `${fullName}_defaultPolicy`;
      const root: XmlElement = {
        ...elementOf(POLICIES, ''),
        attributes: element.attributes,
        children: Object.entries({
          externalClientApplication: body.externalClientApplication,
          ipRelaxationPolicyType: 'Enforce',
          isClientCredentialsFlowEnabled: 'false',
          label: name,
          permittedUsersPolicyType: 'AllSelfAuthorized',
          refreshTokenPolicyType: 'Infinite',
        }).map(([child, text]) => elementOf(child, text)),
      };
      return {
        type: POLICIES,
        fullName: name,
        body: readTyped(root, POLICIES),
        xml: writeRoot(root, POLICIES),
      };
    });
}
