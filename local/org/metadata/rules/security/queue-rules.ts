import { hasObjectRights } from '../../../model/known-rights.ts';
import { canBeQueued } from '../../../model/queues.ts';
import { labelProblem, nameProblem } from '../names.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type QueueRule = Rule<'Queue'>;

const textsFit: QueueRule = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    name: labelProblem('Queue', draft.body.name, 40),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const addressIsOne: QueueRule = (draft) => {
  const { email } = draft.body;
  return email === undefined || /^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email)
    ? []
    : refuse(draft, `Invalid Email: ${email}`, 'email');
};

const objectsCanBeQueued: QueueRule = (draft, plan) =>
  draft.body.queueSobject.flatMap(({ sobjectType }, index) => {
    const object = plan.object(sobjectType);
    if (object && canBeQueued(object)) return [];
    const message =
      !object && hasObjectRights(sobjectType)
        ? `The local org does not have the standard object ${sobjectType}.`
        : `In field: queueSobject - Invalid sobjectType: ${sobjectType}`;
    return refuse(draft, message, 'queueSobject', index);
  });

const membersExist: QueueRule = (draft, plan) => {
  const { publicGroups, roles, users } = draft.body.queueMembers ?? {};
  const missing = [
    ...(publicGroups?.publicGroup ?? []).map((name) => ['Group', name] as const),
    ...(roles?.role ?? []).map((name) => ['Role', name] as const),
    ...(users?.user ?? [])
      .filter((name) => !plan.before.rows.hasUser(name))
      .map((name) => ['User', name] as const),
  ];
  return missing.flatMap(([type, name]) =>
    refuse(draft, notFound('queueMembers', type, name), 'queueMembers'),
  );
};

const objectsAreDistinct: QueueRule = (draft) =>
  repeated(draft.body.queueSobject, ({ sobjectType }) => sobjectType).flatMap(({ value, index }) =>
    refuse(draft, `Duplicate queueSobject: ${value.sobjectType}`, 'queueSobject', index),
  );

/** Who is in a queue decides what they see of private records, which is not emulated. */
const hasNobodyInIt: QueueRule = (draft) =>
  (['queueMembers', 'queueRoutingConfig'] as const)
    .filter((element) => draft.body[element] !== undefined)
    .flatMap((element) => refuse(draft, `The local org does not emulate ${element}.`, element));

/** What a queue must fulfil. */
export const queueRules: readonly QueueRule[] = [
  textsFit,
  addressIsOne,
  objectsCanBeQueued,
  objectsAreDistinct,
  membersExist,
  hasNobodyInIt,
];
