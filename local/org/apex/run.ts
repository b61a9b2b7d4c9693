import type { UserView } from '../access/user-view.ts';
import { quoted } from '../lib/database.ts';
import type { WholeOrg } from '../model/org-view.ts';
import type { Answer } from '../api/answer.ts';
import type { ApexContext, RestRequest } from './apex-rest.ts';
import { sendCallout } from './callouts.ts';
import { answerApexRest } from './endpoints.ts';
import type { NamedCredentials } from '../data/named-credentials.ts';

/** Answers a call of an Apex REST class as the user who makes it. */
export function runApexRest(
  request: RestRequest,
  view: UserView,
  credentials: NamedCredentials,
): Promise<Answer> {
  const { access, whole } = view;
  const userCredentials = view.object('UserExternalCredential');
  const rights = {
    readsUserExternalCredentials:
      userCredentials !== undefined && access.rights(userCredentials).read,
    principal: (name: string) => access.mayUsePrincipal(name),
  };
  const context: ApexContext = {
    // Apex reads custom metadata as the system, whatever its user may see.
    rows: (object) => rowsOf(whole, object),
    send: (callout) => sendCallout(callout, credentials, rights),
    now: () => Date.now(),
  };
  return answerApexRest(
    whole.components(),
    request,
    (className) => access.mayUseClass(className),
    context,
  );
}

function rowsOf(org: WholeOrg, name: string): readonly Readonly<Record<string, unknown>>[] {
  const object = org.object(name);
  if (!object) return [];
  const checkboxes = object.fields.filter(({ type }) => type === 'boolean').map((one) => one.name);
  return org.db.all(`SELECT * FROM ${quoted(object.name)}`).map((row) => ({
    ...row,
    ...Object.fromEntries(checkboxes.map((field) => [field, row[field] === 1])),
  }));
}
