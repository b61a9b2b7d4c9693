import { splitName, type Plan } from '../../plan/plan.ts';
import { NEWEST_VERSION } from '../../../model/api-version.ts';
import { labelProblem, nameProblem } from '../names.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type MessageRule = Rule<'WorkflowOutboundMessage'>;

const hasRecords = (plan: Plan, object: string): boolean =>
  ['standard', 'custom'].includes(plan.object(object)?.kind ?? '');

const objectExists: Rule<'Workflow'> = (draft, plan) =>
  hasRecords(plan, draft.fullName)
    ? []
    : refuse(draft, `Entity of type 'CustomObject' named '${draft.fullName}' cannot be found`);

/** What a workflow, the file of an object's outbound messages, must fulfil. */
export const workflowRules: readonly Rule<'Workflow'>[] = [objectExists];

const messageObjectExists: MessageRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return hasRecords(plan, object)
    ? []
    : refuse(draft, `Entity of type 'CustomObject' named '${object}' cannot be found`);
};

const namesAreGood: MessageRule = (draft) => {
  const wrong = {
    fullName: nameProblem(splitName(draft.fullName).name, 80),
    name: labelProblem('WorkflowOutboundMessage', draft.body.name, 80),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const userExists: MessageRule = (draft, plan) => {
  const { integrationUser } = draft.body;
  return plan.before.rows.hasUser(integrationUser)
    ? []
    : refuse(draft, notFound('integrationUser', 'User', integrationUser), 'integrationUser');
};

const endpointIsUrl: MessageRule = (draft) => {
  const { endpointUrl } = draft.body;
  return URL.canParse(endpointUrl) && /^https?:\/\/[^/]/.test(endpointUrl)
    ? []
    : refuse(draft, `Invalid URL: "${endpointUrl}"; it begins with https://`, 'endpointUrl');
};

const versionIsKnown: MessageRule = (draft) => {
  const { apiVersion } = draft.body;
  const isKnown = apiVersion === 8 || (apiVersion >= 18 && apiVersion <= NEWEST_VERSION);
  return Number.isInteger(apiVersion) && isKnown
    ? []
    : refuse(draft, `Invalid version specified: ${apiVersion}; write it as 66.0`, 'apiVersion');
};

/** `Id` is one of the fields, and is sent anyway. */
const fieldsExist: MessageRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.fields.flatMap((name, index) =>
    plan.field(object, name)
      ? []
      : refuse(draft, notFound('fields', 'CustomField', `${object}.${name}`), 'fields', index),
  );
};

/** Values that have no single text, and those that messages are not known to carry. */
const unsent = ['address', 'base64'];

const fieldsCanBeSent: MessageRule = (draft, plan) => {
  const { object } = splitName(draft.fullName);
  return draft.body.fields.flatMap((name, index) =>
    unsent.includes(plan.field(object, name)?.type ?? '')
      ? refuse(draft, `The field ${name} can't be sent in an outbound message`, 'fields', index)
      : [],
  );
};

const fieldsAreDistinct: MessageRule = (draft) =>
  repeated(draft.body.fields, (name) => name).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate field: ${value}`, 'fields', index),
  );

const optionsAreEmulated: MessageRule = (draft) =>
  (['includeSessionId', 'useDeadLetterQueue'] as const).flatMap((option) =>
    draft.body[option] === true
      ? refuse(draft, `The local org emulates outbound messages with ${option} false only.`, option)
      : [],
  );

/** What an outbound message must fulfil. */
export const outboundMessageRules: readonly MessageRule[] = [
  messageObjectExists,
  namesAreGood,
  userExists,
  endpointIsUrl,
  versionIsKnown,
  fieldsExist,
  fieldsCanBeSent,
  fieldsAreDistinct,
  optionsAreEmulated,
];
