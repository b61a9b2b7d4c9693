import { setup, type Explanations } from './explanation.ts';

/** What keeps people from being told that they are needed. */
export const TELLING = {
  RECIPIENTS_NONE: setup(
    'Nobody is told when a person is needed.',
    'Make a Woo Recipient (Setup › Custom Metadata Types), or look at the home page now and then.',
  ),
  RECIPIENT_UNKNOWN: setup(
    'A Woo Recipient names a user, a group or a queue that the org does not have.',
    'Correct Recipient and Kind: the user name of a user, or the developer name of a public group or a queue.',
  ),
  RECIPIENT_INACTIVE: setup(
    'A Woo Recipient names a user who is not active.',
    'Name another user, or uncheck Active of the Woo Recipient.',
  ),
  RECIPIENT_EMPTY: setup(
    'A Woo Recipient names a group or queue without members.',
    'Add users to it, or name another recipient.',
  ),
  RECIPIENT_CAUSE_UNKNOWN: setup(
    'A Woo Recipient is to be told of a cause that there is not.',
    'Name causes as the picklist Cause of Woo Attention does, separated by semicolons, or leave Causes blank.',
  ),
  RECIPIENT_STORE_UNKNOWN: setup(
    'A Woo Recipient is to be told of a store that there is not.',
    'Enter the key of an active store in Store, or leave it blank.',
  ),
  SENDER_MISSING: setup(
    'Woo Recipients want e-mail, and the Woo Store names no sender.',
    'Enter a verified organization-wide address in Sender of the Woo Store.',
  ),
  SENDER_UNKNOWN: setup(
    'The sender of a Woo Store is no organization-wide address of the org.',
    'Add it in Setup › Organization-Wide Addresses, or enter one that is there.',
  ),
  SENDER_UNVERIFIED: setup(
    'The sender of a Woo Store is not verified.',
    'Have the link in the verification e-mail followed.',
  ),
  SENDER_NOT_ALLOWED: setup(
    'The sender of a Woo Store is not allowed to the profile of the integration user.',
    'Allow it to all profiles or to that one (Setup › Organization-Wide Addresses).',
  ),
  TELLING_TYPE_MISSING: setup(
    'The custom notification type is not in the org, so no bell rings.',
    'Deploy force-app.',
  ),
  TELLING_FLOW: setup(
    'A flow that tells people, or that notices a service which is down, does not run.',
    'Activate it in Setup › Flows, or deploy force-app.',
  ),
  TELLING_UNSEEN: setup(
    'The org does not show the integration user all that telling people takes.',
    'Look yourself, or grant View Setup and Configuration to the integration user while you check.',
  ),
  DEFAULT_WORKFLOW_USER: setup(
    'Who the Default Workflow User is no API tells; the digest is sent as that user.',
    'See Setup › Process Automation Settings.',
  ),
} satisfies Explanations;
