import type { XmlFault } from '../salesforce/outbound/xml-text.ts';
import type { Unread } from './body-reader.ts';

/** What becomes of a request for an image. */
export type ImageOutcome = 'sent' | 'unknown' | 'expired' | 'forged' | 'busy' | 'failed';

/** What becomes of an outbound message. `ignored`: none of its notifications is of use. */
export type MessageOutcome =
  | 'stored'
  | 'ignored'
  | 'foreign_org'
  | 'not_ready'
  | 'not_stored'
  | XmlFault
  | Unread;

/** What becomes of one of its notifications; those but the first two are dropped. */
export type NotificationOutcome = 'changed' | 'deleted' | 'unknown_object' | 'no_id' | 'foreign_id';

/** What becomes of a webhook. */
export type Outcome =
  | 'stored'
  | 'ping'
  | 'not_wanted'
  | 'unknown_topic'
  | 'no_record'
  | 'echo'
  | 'other_shop'
  | 'malformed'
  | 'bad_signature'
  | 'unknown_store'
  | 'not_stored'
  | Unread;
