import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { refuse, type Rule } from '../rule.ts';

type TypeRule = Rule<'CustomNotificationType'>;

const namesAreGood: TypeRule = (draft) => {
  const { customNotifTypeName, masterLabel, description } = draft.body;
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    customNotifTypeName: labelProblem('CustomNotificationType', customNotifTypeName, 80),
    masterLabel: labelProblem('CustomNotificationType', masterLabel, 80),
    description: textProblem('description', description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const reachesSomebody: TypeRule = (draft) =>
  draft.body.desktop || draft.body.mobile || draft.body.slack === true
    ? []
    : refuse(draft, 'Select at least one channel: desktop, mobile');

const isEmulated: TypeRule = (draft) =>
  draft.body.slack === true || draft.body.actionGroups.length > 0
    ? refuse(draft, 'The local org has notification types without Slack and without actions only.')
    : [];

/** What a type of custom notifications must fulfil. */
export const notificationTypeRules: readonly TypeRule[] = [
  namesAreGood,
  reachesSomebody,
  isEmulated,
];
