import type { Assumption } from '../../model/assumption.ts';

const FLOWS = 'force-app/main/default/flows';
const TELL = `${FLOWS}/Woo_Tell.flow-meta.xml`;
const OPENED = `${FLOWS}/Woo_Attention_Opened.flow-meta.xml`;
const SOLVED = `${FLOWS}/Woo_Attention_Solved.flow-meta.xml`;
const DIGEST = `${FLOWS}/Woo_Attention_Digest.flow-meta.xml`;

export const TELLING: readonly Assumption[] = [
  {
    id: 'flow-after-commit',
    statement:
      'A path after the commit (`AsyncAfterCommit`) runs once for each save by which a record comes to meet the entry conditions, as the user who saved and in system context, and what stops it stops no save',
    places: [OPENED, SOLVED, 'local/org/flow/timed/paths.ts', 'local/org/flow/record-flows.ts'],
    person:
      'With yourself as a Woo Recipient, revoke the shop’s key: the bell rings once, and _Told_ of the attention says so. Change _Records_ of it: nothing rings.',
  },
  {
    id: 'flow-subflow-restricted',
    statement:
      'A flow that asks for more than _Run Flows_ is run inside a flow in system context, for a user whose permission set names it',
    places: [TELL, OPENED, DIGEST, 'local/org/flow/launched.ts'],
    person:
      'As above; where _Told_ stays blank, Setup › Paused and Failed Flow Interviews names what stopped Woo Attention Opened.',
  },
  {
    id: 'flow-email-version',
    statement:
      '`emailSimple` in the version 1.0.1 takes `emailAddresses`, up to 150 addresses and 4,000 bytes, separated by commas',
    places: [TELL, 'local/org/flow/sending/inputs.ts', 'local/org/flow/sending/email.ts'],
    person:
      'Check _E-Mail_ of a Woo Recipient that is a group of 151 users, and let an attention open: two e-mails leave, and _Told_ counts 151.',
  },
  {
    id: 'flow-action-faults',
    statement:
      'An action that the org refuses takes its fault path, also where deliverability is off, the sender is not verified, or the user’s profile may not use it; the codes are those of the API',
    places: [TELL, 'local/org/flow/sending'],
    person:
      'Set _Access to Send Email_ to _No access_ (Setup › Deliverability) and let an attention open: _Told_ says that the e-mail was refused, and why. Where it says that it was sent, nothing tells of the setting but `check`.',
  },
  {
    id: 'email-domains',
    statement:
      'E-mail of a flow from an organization-wide address whose domain the org has not verified is dropped without a fault, and no API tells it',
    places: ['docs/told.md', TELL],
    person:
      'Let an attention open with a sender of a domain without DKIM key and authorized domain: look what _Told_ says, whether the e-mail arrives, and whether the tooling object AuthorizedEmailDomain shows the integration user the domains.',
  },
  {
    id: 'flow-org-address',
    statement:
      '`$Api.Enterprise_Server_URL_660` in a formula of a flow that runs after the commit, or by the clock, is the address of the org, up to `/services/` and beyond, and from there `lightning/r/…` leads to the page in Lightning',
    places: [TELL, 'local/org/formula/fields.ts'],
    person:
      'Let an attention open with _E-Mail_ checked, and wait for the digest of the next morning: the last line of each e-mail is a link that opens the attention, or the list of those that are open.',
  },
  {
    id: 'flow-empty-collection',
    statement:
      'Get Records with the operator _In_ finds nothing where the collection is empty, and takes no fault path',
    places: [TELL, 'local/org/flow/filters.ts'],
    person:
      'Have one Woo Recipient, a user with _E-Mail_, and no groups, and let an attention open: the e-mail arrives.',
  },
  {
    id: 'flow-reads-metadata',
    statement:
      'Get Records reads custom metadata, users, groups, their members and notification types in system context',
    places: [TELL, 'local/org/flow/records.ts'],
    person: 'As above, with the user of the sync, who sees none of them, as the one who saves.',
  },
  {
    id: 'flow-of-the-clock',
    statement:
      'A schedule-triggered flow whose first date is past runs at its next time of the day, in the time zone of the org',
    places: [DIGEST, 'local/org/flow/timed/daily.ts'],
    person: 'The day after the deploy, _Digest_ of Woo Store Status says when it ran.',
  },
  {
    id: 'user-of-the-clock',
    statement: 'A schedule-triggered flow runs as the Default Workflow User',
    places: [DIGEST, 'docs/told.md'],
    source:
      'Help 002471425, _Understanding Running User for Scheduled Flows_: "API Version 53.0 and later: The flow runs as the Default Workflow User"',
  },
  {
    id: 'flow-bulk-queries',
    statement:
      'Interviews of up to 200 records that reach the same element are one SOQL query or DML statement of their transaction, also in a flow that they run inside them, after the commit, and where the clock starts a flow for the records of its object',
    places: [
      DIGEST,
      OPENED,
      TELL,
      'local/org/flow/parts/limits.ts',
      'local/org/flow/timed/batch.ts',
    ],
    person:
      'With 20 records of Woo Store Status whose stores are active and yourself as a Woo Recipient with _Digest_, let something be open for every store: the next morning 20 e-mails arrive. Where none does, Setup › Paused and Failed Flow Interviews says _Too many SOQL queries: 101_.',
  },
  {
    id: 'flow-field-of-nothing',
    statement:
      'An element that reads a field of a Get Records which found nothing stops the flow, and a formula takes it for blank; whether an action takes its fault path then is not known',
    places: [TELL, 'local/org/flow/record-references.ts'],
    person:
      'Leave _Sender_ blank in every Woo Store, check _E-Mail_ of a Woo Recipient, and let the API calls of the org pass 70 %: _Told_ of the attention says that there is no sender.',
  },
];
