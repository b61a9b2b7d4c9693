import type { Assumption } from '../../model/assumption.ts';

export const SENDING: readonly Assumption[] = [
  {
    id: 'flow-conditions',
    statement:
      'Conditions of flows compare text with case, flows without an order run by name; the wording of most refusals of flows at deploy and at run time',
    places: ['local/org/flow', 'local/org/metadata/rules/flows/flow-rules.ts'],
    person: 'Compare the messages in Setup › Paused and Failed Flow Interviews with the files.',
  },
  {
    id: 'ischanged-of-a-picklist',
    statement: '`ISCHANGED` of a picklist in the entry formula of an Update flow',
    places: ['config/org/main/outbound/flows/Woo_Issue_Decided.flow-meta.xml'],
    person: 'Decide an issue in Lightning, and see that the service acts within seconds.',
  },
  {
    id: 'modstamp-of-slow-saves',
    statement:
      '`SystemModstamp` is no older than ten minutes when a slow save (a Bulk API batch, Apex) can be read',
    places: ['sidecar/src/sync/detect/sweep-salesforce.ts'],
    person:
      'Change 10,000 products by Bulk API, and compare SystemModstamp with the time at which the batch was done.',
  },
  {
    id: 'modified-by-in-our-save',
    statement:
      '`LastModifiedById` is not moved to another user by what a flow or trigger does in our own save',
    places: ['sidecar/src/sync/reconcile/foreign-edits.ts'],
    person: 'In an org with own triggers, sync a record and look who modified it last.',
  },
  {
    id: 'send-outbound-messages',
    statement:
      'A flow heeds _Send Outbound Messages_ of the user who saves, as workflow rules are documented to (api guide, _Setting Up Outbound Messaging_)',
    places: [
      'force-app/main/default/permissionsets/Woo_Products.permissionset-meta.xml',
      'local/org/flow/record-flows.ts',
    ],
    person:
      'As a user with Minimum Access and without the permission, change a product, and look at Setup › Outbound Messages.',
  },
  {
    id: 'outbound-message-faults',
    statement:
      'An outbound message action that cannot send takes the fault path of the flow, and the save stands; without one the save is taken back',
    places: [
      'config/org/main/outbound/flows',
      'config/recipes/orders-back/flows',
      'local/org/flow/sending/action-elements.ts',
    ],
    person:
      'Make the user of the outbound message inactive or delete the message in a copy of the flow, change a product, and look at Setup › Paused and Failed Flow Interviews.',
  },
  {
    id: 'setup-of-outbound-messages',
    statement: 'Where Setup shows outbound messages and their delivery',
    places: ['docs/outbound-messages.md'],
    person: 'Follow the page, and see whether the names of the menus are right.',
  },
  {
    id: 'messages-that-cannot-be-sent',
    statement:
      'Messages to an endpoint that does not exist are gone after a day without harm to others',
    places: ['scripts/lib/install/outbound.ts'],
    person:
      'Set the org up without a public address, and look at Setup › Outbound Messages a day later.',
  },
  {
    id: 'message-of-a-deleted-record',
    statement:
      'A record that was deleted before its message was sent, or that is hidden from the message’s user, comes with no sObject, an empty one or a nil one; fields are in the namespace `urn:sobject.enterprise.soap.sforce.com`',
    places: ['sidecar/src/salesforce/outbound/envelope.ts', 'local/org/outbound/envelope.ts'],
    person:
      'Stop the service, create and delete a product, start it, and see at `/metrics` that `woo_salesforce_outbound_notifications_total` counts the outcome `deleted`.',
  },
  {
    id: 'gaps-between-messages',
    statement:
      'Outbound messages: gaps begin at 15 s; a double without decimals ends in `.0`; redirects are failures',
    places: ['local/org/outbound'],
    person:
      'Stop the service for an hour, and note in its log when messages came before and after.',
  },
];
