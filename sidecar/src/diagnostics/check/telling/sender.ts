import { error, type Finding, warning } from '../finding.ts';
import type { Recipient } from './recipients.ts';

/** An active store, and the address from which its e-mail comes. */
export interface Sending {
  readonly place: string;
  readonly key: string;
  readonly sender: string | null;
}

/** An organization-wide address of the org. */
export interface Address {
  readonly verified: boolean;
  /** Whether the profile of the integration user may use it. */
  readonly allowed: boolean;
}

const SETUP = 'Setup › Organization-Wide Addresses';

/** What keeps e-mail from being sent. @param addresses by address in small letters; null where the org does not tell */
export function checkSenders(
  recipients: readonly Recipient[],
  stores: readonly Sending[],
  addresses: ReadonlyMap<string, Address> | null,
): Finding[] {
  const mailed = recipients.filter(({ mail, digest }) => mail || digest);
  if (mailed.length === 0) return [];
  const isMailed = ({ key }: Sending) =>
    mailed.some(({ store }) => store === null || store === key);
  return stores.filter(isMailed).flatMap((one) => checkSender(one, addresses));
}

function checkSender(
  { place, key, sender }: Sending,
  addresses: ReadonlyMap<string, Address> | null,
): Finding[] {
  if (sender === null)
    return [
      warning({
        code: 'SENDER_MISSING',
        place,
        message: `Woo Recipients want e-mail of the store "${key}", and Sender of its Woo Store is blank: none is sent.`,
        cure: `Enter a verified organization-wide address (${SETUP}) in Sender, or uncheck E-Mail and Digest of the Woo Recipients.`,
      }),
    ];
  if (addresses === null) return [];
  const address = addresses.get(sender.toLowerCase());
  if (address === undefined)
    return [
      error({
        code: 'SENDER_UNKNOWN',
        place,
        message: `Sender of ${place} is no organization-wide address of the org: no e-mail is sent.`,
        cure: `Add it in ${SETUP} and verify it, or enter one that is there.`,
      }),
    ];
  return [
    ...(address.verified
      ? []
      : [
          error({
            code: 'SENDER_UNVERIFIED',
            place,
            message: `Sender of ${place} is not verified: no e-mail is sent from it.`,
            cure: `Have the link in the verification e-mail followed; ${SETUP} sends it again.`,
          }),
        ]),
    ...(address.allowed
      ? []
      : [
          warning({
            code: 'SENDER_NOT_ALLOWED',
            place,
            message: `Sender of ${place} is not allowed to the profile of the integration user, as whom the flows run; whether a permission set allows it the org does not tell.`,
            cure: `Allow it to all profiles or to that one (${SETUP}).`,
          }),
        ]),
  ];
}
