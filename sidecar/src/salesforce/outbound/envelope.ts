import { recordId18 } from '../../mapping/keys/record-id.ts';
import { readXml } from './xml-reader.ts';
import type { XmlElement, XmlVisitor } from './xml-reader.ts';
import { malformed, XmlRefused } from './xml-text.ts';

/** One record that changed. */
export interface Notification {
  /** Its own, of 18 characters; empty where it has none. */
  readonly id: string;
  /** Name of the object, in lower case; null where it says none. */
  readonly object: string | null;
  /** Of 18 characters; null where it says none, or one that is no id. */
  readonly recordId: string | null;
  /** Woo_Key__c, where the message carries the field and the record has a value. */
  readonly key: string | null;
  /** Without any, the record was deleted before the message was sent. */
  readonly hasData: boolean;
}

/** What an outbound message holds that we need: which records may have changed. */
export interface Envelope {
  /** As it says it: 18 characters, as far as we know. */
  readonly organizationId: string;
  readonly actionId: string | null;
  readonly notifications: readonly Notification[];
}

/** As many as Salesforce sends at most. */
const mostNotifications = 100;
/** A value that we take is no longer: Woo_Key__c has 255 characters. */
const longestValue = 255;

/** What stands for a namespace in the paths below. */
const spaces: ReadonlyMap<string, string> = new Map([
  ['http://schemas.xmlsoap.org/soap/envelope/', 'soap'],
  ['http://soap.sforce.com/2005/09/outbound', 'out'],
  ['urn:sobject.enterprise.soap.sforce.com', 'sf'],
]);
const xsi = 'http://www.w3.org/2001/XMLSchema-instance';

const ENVELOPE = '/soap:Envelope';
const NOTIFICATIONS = `${ENVELOPE}/soap:Body/out:notifications`;
const ORGANIZATION = `${NOTIFICATIONS}/out:OrganizationId`;
const ACTION = `${NOTIFICATIONS}/out:ActionId`;
const NOTIFICATION = `${NOTIFICATIONS}/out:Notification`;
const NOTIFICATION_ID = `${NOTIFICATION}/out:Id`;
const RECORD = `${NOTIFICATION}/out:sObject`;
const RECORD_ID = `${RECORD}/sf:Id`;
const KEY = `${RECORD}/sf:Woo_Key__c`;
const VALUES = new Set([ORGANIZATION, ACTION, NOTIFICATION_ID, RECORD_ID, KEY]);

/**
 * Reads an outbound message. Elements that we do not know are passed over; prefixes may be any.
 * @throws XmlRefused where it is none
 */
export function parseEnvelope(body: Buffer): Envelope {
  const reader = new EnvelopeReader();
  readXml(body, reader);
  return reader.envelope();
}

interface Place {
  readonly path: string;
  readonly isNil: boolean;
}

class EnvelopeReader implements XmlVisitor {
  readonly #places: Place[] = [];
  readonly #message = new Map<string, string>();
  readonly #notifications: Notification[] = [];
  #isMessage = false;
  #record = new Map<string, string>();
  #object: string | null = null;
  #hasData = false;
  #value = '';

  open(element: XmlElement): void {
    const outer = this.#places.at(-1);
    const path = `${outer?.path ?? ''}/${spaces.get(element.space) ?? ''}:${element.local}`;
    const isNil = outer?.isNil === true || isNilled(element);
    this.#places.push({ path, isNil });
    if (path === NOTIFICATIONS) {
      if (this.#isMessage) throw malformed('It holds two messages.');
      this.#isMessage = true;
    } else if (path === NOTIFICATION) this.#begin();
    else if (path === RECORD) this.#object = typeOf(element);
    else if (VALUES.has(path)) this.#value = '';
    if (outer?.path === RECORD && !isNil) this.#hasData = true;
  }

  text(text: string): void {
    const place = this.#places.at(-1);
    if (place !== undefined && !place.isNil && VALUES.has(place.path)) this.#value += text;
  }

  close(): void {
    const place = this.#places.pop();
    if (place?.path === NOTIFICATION) this.#end();
    else if (place !== undefined && VALUES.has(place.path)) this.#keep(place.path);
  }

  envelope(): Envelope {
    if (!this.#isMessage) throw malformed('It is no outbound message.');
    const organizationId = this.#message.get(ORGANIZATION) ?? '';
    if (!/^00D(?:[A-Za-z0-9]{12}|[A-Za-z0-9]{15})$/.test(organizationId))
      throw malformed('It does not say from which org it is.');
    const actionId = recordId18(this.#message.get(ACTION) ?? '');
    return { organizationId, actionId, notifications: this.#notifications };
  }

  #begin(): void {
    if (this.#notifications.length === mostNotifications)
      throw new XmlRefused('too_much', 'It has too many notifications.');
    this.#record = new Map();
    this.#object = null;
    this.#hasData = false;
  }

  #keep(path: string): void {
    const values = path.startsWith(`${NOTIFICATION}/`) ? this.#record : this.#message;
    // With two of them it would depend on the reader which one counts.
    if (values.has(path)) throw malformed('It says something twice that there is one of.');
    values.set(path, this.#value.trim());
  }

  #end(): void {
    const key = this.#record.get(KEY) ?? '';
    this.#notifications.push({
      id: recordId18(this.#record.get(NOTIFICATION_ID) ?? '') ?? '',
      object: this.#object,
      recordId: recordId18(this.#record.get(RECORD_ID) ?? ''),
      key: key === '' || key.length > longestValue ? null : key,
      hasData: this.#hasData,
    });
  }
}

function isNilled({ attributes }: XmlElement): boolean {
  const nil = attributes.find(({ space, local }) => space === xsi && local === 'nil');
  return nil !== undefined && ['true', '1'].includes(nil.value.trim());
}

/** What `xsi:type="sf:Product2"` names. */
function typeOf(element: XmlElement): string | null {
  const type = element.attributes.find(({ space, local }) => space === xsi && local === 'type');
  const name = type === undefined ? null : element.meaning(type.value.trim());
  if (name === null || spaces.get(name.space) !== 'sf') return null;
  return /^\w{1,80}$/.test(name.local) ? name.local.toLowerCase() : null;
}
