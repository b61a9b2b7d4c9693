import type { SentNotification } from '../../data/outbound/sent.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import type { ActionInputs } from './action.ts';
import { actionFault, listOfInput, textOfInput } from './inputs.ts';

/** Values of `recipientIds` at most. */
const MOST_RECIPIENTS = 500;
/** Characters. */
const LONGEST = { title: 250, body: 750 };

const fault = (reason: string) => actionFault('send a custom notification', reason);

/** A group or a queue tells its users; a group in it tells its own. */
function usersOf(org: WholeOrg, id: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(id)) return [];
  seen.add(id);
  if (id.startsWith('005')) {
    const user = org.db.get('SELECT Username FROM User WHERE Id = ? AND IsActive = 1', id);
    return user ? [String(user['Username'])] : [];
  }
  return org.db
    .all('SELECT UserOrGroupId AS id FROM GroupMember WHERE GroupId = ?', id)
    .flatMap((row) => usersOf(org, String(row['id']), seen));
}

function isThere(org: WholeOrg, id: string): boolean {
  const object = org.objectOfId(id);
  return (object?.name === 'User' || object?.name === 'Group') && org.row(object, id) !== undefined;
}

function checkTexts(inputs: ActionInputs): void {
  for (const name of ['title', 'body'] as const) {
    const { length } = textOfInput(inputs, name);
    if (length === 0) throw fault(`Missing required input parameter: ${name}`);
    if (length > LONGEST[name]) {
      throw fault(`The ${name} has ${length} characters; ${LONGEST[name]} are the most.`);
    }
  }
  const targets = ['targetId', 'targetPageRef'].map((name) => textOfInput(inputs, name));
  if (targets.every((one) => one === ''))
    throw fault('Specify either a targetId or a targetPageRef.');
}

function checkRecipients(org: WholeOrg, recipients: readonly string[]): void {
  if (recipients.length === 0) throw fault('Missing required input parameter: recipientIds');
  if (recipients.length > MOST_RECIPIENTS) {
    throw fault(`recipientIds has ${recipients.length} values; ${MOST_RECIPIENTS} are the most.`);
  }
  const unknown = recipients.find((id) => !isThere(org, id));
  if (unknown !== undefined) throw fault(`The recipient ID ${unknown} isn't valid.`);
}

/** @throws FlowFault where the org refuses it */
export function notify(
  org: WholeOrg,
  { mayNotify }: { readonly mayNotify: boolean },
  inputs: ActionInputs,
): SentNotification {
  if (!mayNotify) throw fault('You need the Send Custom Notifications user permission.');
  const typeId = textOfInput(inputs, 'customNotifTypeId');
  const type = org.db.get('SELECT DeveloperName FROM CustomNotificationType WHERE Id = ?', typeId);
  if (!type) throw fault(`The custom notification type ID ${typeId} isn't valid.`);
  const recipients = listOfInput(inputs, 'recipientIds');
  checkRecipients(org, recipients);
  checkTexts(inputs);
  return {
    kind: 'notification',
    type: String(type['DeveloperName']),
    recipients,
    users: [...new Set(recipients.flatMap((id) => usersOf(org, id)))].toSorted(),
    title: textOfInput(inputs, 'title'),
    body: textOfInput(inputs, 'body'),
    target: textOfInput(inputs, 'targetId') || textOfInput(inputs, 'targetPageRef'),
  };
}
