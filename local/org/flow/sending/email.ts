import type { SentEmail } from '../../data/outbound/sent.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import type { ActionInputs } from './action.ts';
import { actionFault, listOfInput, textOfInput } from './inputs.ts';

/** Addresses of one e-mail at most, in all of its inputs together. */
const MOST_ADDRESSES = 150;
/** Bytes that the inputs with addresses take each. */
const LONGEST_ADDRESSES = 4000;

const fault = (reason: string) => actionFault('send an email', reason);

const addressForm = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;

function addressesOf(inputs: ActionInputs): readonly string[] {
  const listed = textOfInput(inputs, 'emailAddresses');
  const collected = listOfInput(inputs, 'emailAddressesArray');
  for (const text of [listed, collected.join(',')]) {
    const bytes = Buffer.byteLength(text);
    if (bytes > LONGEST_ADDRESSES) {
      throw fault(
        `STRING_TOO_LONG: ${bytes} bytes of addresses; ${LONGEST_ADDRESSES} are the most.`,
      );
    }
  }
  const single = listed.split(',').map((one) => one.trim());
  const all = [...single, ...collected].filter((one) => one !== '');
  if (all.length === 0) throw fault('REQUIRED_FIELD_MISSING: Specify at least one recipient.');
  if (all.length > MOST_ADDRESSES) {
    throw fault(
      `LIMIT_EXCEEDED: ${all.length} recipients; the combined number must be ${MOST_ADDRESSES} or fewer.`,
    );
  }
  const bad = all.find((one) => !addressForm.test(one));
  if (bad !== undefined) throw fault(`INVALID_EMAIL_ADDRESS: Email address is invalid: ${bad}`);
  return all;
}

/** The organization-wide address that it comes from. */
function senderOf(org: WholeOrg, userId: string, inputs: ActionInputs): string {
  if (textOfInput(inputs, 'senderType') !== 'OrgWideEmailAddress') {
    throw fault('The local org sends with senderType OrgWideEmailAddress only.');
  }
  const address = textOfInput(inputs, 'senderAddress');
  const row = org.db.get('SELECT * FROM OrgWideEmailAddress WHERE Address = ?', address);
  if (!row) throw fault(`INVALID_ID_FIELD: ${address} is no organization-wide email address.`);
  if (row['IsVerified'] !== 1) {
    throw fault(`UNVERIFIED_SENDER_ADDRESS: ${address} isn't verified.`);
  }
  const allowed = org.db.get(
    `SELECT s.Id FROM OrgEmailAddressSecurity s JOIN User u ON u.ProfileId = s.ParentId
      WHERE s.OrgWideEmailAddressId = ? AND u.Id = ?`,
    String(row['Id']),
    userId,
  );
  if (row['IsAllowAllProfiles'] === 1 || allowed) return address;
  throw fault(
    'INSUFFICIENT_ACCESS_OR_READONLY: Not profiled to access this Org-wide Email Address',
  );
}

/** @throws FlowFault where the org refuses it */
export function sendEmail(org: WholeOrg, userId: string, inputs: ActionInputs): SentEmail {
  if (org.sent.deliverability !== 'all') {
    throw fault(
      'NO_MASS_MAIL_PERMISSION: Single email is not enabled for your organization or profile.',
    );
  }
  const [subject, body] = ['emailSubject', 'emailBody'].map((name) => textOfInput(inputs, name));
  if (!subject || !body) throw fault('REQUIRED_FIELD_MISSING: Specify a subject and a body.');
  const from = senderOf(org, userId, inputs);
  return { kind: 'email', from, to: addressesOf(inputs), subject, body };
}
