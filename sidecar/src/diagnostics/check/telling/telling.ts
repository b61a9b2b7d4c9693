import type { OrgRow } from '../../../ports/org.ts';
import { error, type Finding, hint } from '../finding.ts';
import { ask, type Known, type Rows, rowsFor, type TellingParts } from './asked.ts';
import {
  checkGroup,
  checkRow,
  checkUser,
  type Recipient,
  recipientOf,
  textIn,
} from './recipients.ts';
import { checkSenders, type Sending } from './sender.ts';

const SETUP_QUERIES = [
  'SELECT DeveloperName, Kind__c, Recipient__c, Store__c, Causes__c, Bell__c, Mail__c, Digest__c, Solved__c FROM Woo_Recipient__mdt WHERE Active__c = true ORDER BY DeveloperName',
  'SELECT DeveloperName, Key__c, Sender__c FROM Woo_Store__mdt WHERE Active__c = true ORDER BY DeveloperName',
];
/**
 * What keeps the bell from ringing and e-mail from being sent when a person is needed. One API call where nobody is
 * to be told, up to six more where somebody is.
 */
export async function checkTelling(parts: TellingParts): Promise<readonly Finding[]> {
  // An org that has no such type has an earlier version of force-app, which told nobody.
  const lists = await rowsFor(parts.org, SETUP_QUERIES);
  if (lists === null) return [];
  const [rows = [], storeRows = []] = lists;
  if (rows.length === 0) return [NOBODY];
  const recipients = rows.map(recipientOf);
  const stores = storeRows.map(sendingOf);
  const known = await ask(parts, recipients, stores);
  const keys = stores.map(({ key }) => key);
  return [
    ...recipients.flatMap((one) => [
      ...checkRow(one, keys),
      ...(one.kind === 'user' ? checkUser(one, known.users) : checkGroup(one, known.groups)),
    ]),
    ...checkFlows(recipients, known.flows),
    ...(recipients.some(({ bell }) => bell) ? checkBell(known) : []),
    ...checkSenders(recipients, stores, known.addresses),
    ...unseen(known),
    WORKFLOW_USER,
  ];
}

function sendingOf(row: OrgRow): Sending {
  return {
    place: textIn(row, 'DeveloperName'),
    key: textIn(row, 'Key__c'),
    sender: textIn(row, 'Sender__c') || null,
  };
}

const NOBODY = hint({
  code: 'RECIPIENTS_NONE',
  place: 'Woo_Recipient',
  message: 'Nobody is told when a person is needed: there is no active Woo Recipient.',
  cure: 'Make one in Setup › Custom Metadata Types › Woo Recipient; until then look at the home page, or the tab Woo Attentions.',
});

const WORKFLOW_USER = hint({
  code: 'DEFAULT_WORKFLOW_USER',
  place: 'Default Workflow User',
  message:
    'The digest is sent as the Default Workflow User, who also stands in where the integration user is not active; no API tells who that is.',
  cure: 'See Setup › Process Automation Settings: it must be an active user with the permission set Woo_Admin, to whom the Sender is allowed.',
});

/** Those that the recipients need, and the one that notices a service which is down. */
function flowsFor(recipients: readonly Recipient[]): readonly string[] {
  return [
    'Woo_Service_Watch',
    'Woo_Attention_Opened',
    'Woo_Tell',
    ...(recipients.some(({ solved }) => solved) ? ['Woo_Attention_Solved'] : []),
    ...(recipients.some(({ digest }) => digest) ? ['Woo_Attention_Digest'] : []),
  ];
}

function checkFlows(recipients: readonly Recipient[], rows: Rows): Finding[] {
  if (rows === null) return [];
  const active = new Map(rows.map((row) => [row['ApiName'], row['IsActive'] === true]));
  return flowsFor(recipients).flatMap((place) => {
    if (active.get(place) === true) return [];
    const isThere = active.has(place);
    return [
      error({
        code: 'TELLING_FLOW',
        place,
        message: `The flow ${place} is ${isThere ? 'not active' : 'not in the org'}, so somebody is not told.`,
        cure: isThere
          ? 'Activate it in Setup › Flows. Production orgs deploy flows as inactive unless Setup › Process Automation Settings says otherwise.'
          : 'Deploy force-app in the version of this sidecar.',
      }),
    ];
  });
}

function checkBell({ types }: Pick<Known, 'types'>): Finding[] {
  if (types?.length !== 0) return [];
  return [
    error({
      code: 'TELLING_TYPE_MISSING',
      place: 'Woo_Attention',
      message: 'The org has no custom notification type Woo_Attention, so no bell rings.',
      cure: 'Deploy force-app; see it in Setup › Custom Notifications.',
    }),
  ];
}

/** What the integration user may not look at. */
function unseen(known: Known): Finding[] {
  const words: Readonly<Record<keyof Known, string>> = {
    users: 'users',
    groups: 'groups and queues',
    flows: 'flows',
    types: 'notification types',
    addresses: 'organization-wide addresses',
  };
  const names = (Object.keys(words) as (keyof Known)[]).filter((name) => known[name] === null);
  if (names.length === 0) return [];
  return [
    hint({
      code: 'TELLING_UNSEEN',
      place: 'Woo_Recipient',
      message: `The org does not show the integration user ${names.map((name) => words[name]).join(', ')}, so it is not known whether recipients are reached.`,
      cure: 'Look yourself, in the order of docs/told.md; or grant View Setup and Configuration to the integration user while you check.',
    }),
  ];
}
