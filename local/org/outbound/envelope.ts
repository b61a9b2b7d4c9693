import { soapAddress } from '../model/soap-address.ts';

/** One `Notification`: the record as it is when it is sent. */
export interface Notification {
  readonly id: string;
  /** Names and XML texts of the fields, in order; none for a record that is gone. */
  readonly values: readonly (readonly [name: string, text: string])[];
}

export interface Envelope {
  /** 18 characters. */
  readonly organizationId: string;
  readonly actionId: string;
  /** Address of the org, such as `http://127.0.0.1:8090`. */
  readonly base: string;
  /** `66.0` */
  readonly version: string;
  readonly object: string;
  readonly notifications: readonly Notification[];
}

/** What XML 1.0 cannot hold, however it is written. */
// eslint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function escapeXml(text: string): string {
  return text
    .replace(forbidden, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

function sObject(object: string, { values }: Notification): readonly string[] {
  const tag = `sObject xsi:type="sf:${object}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"`;
  if (values.length === 0) return [`    <${tag}/>`];
  const fields = values.map(([name, text]) => `     <sf:${name}>${text}</sf:${name}>`);
  return [`    <${tag}>`, ...fields, '    </sObject>'];
}

/** The body of the POST, byte for byte as Salesforce writes it. */
export function envelopeText(envelope: Envelope): string {
  const { organizationId, actionId, version, object, notifications } = envelope;
  const base = escapeXml(envelope.base);
  const address = (kind: 'c' | 'u'): string => soapAddress({ base, kind, version, organizationId });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    ' <soapenv:Body>',
    '  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">',
    `   <OrganizationId>${organizationId}</OrganizationId>`,
    `   <ActionId>${actionId}</ActionId>`,
    '   <SessionId xsi:nil="true"/>',
    `   <EnterpriseUrl>${address('c')}</EnterpriseUrl>`,
    `   <PartnerUrl>${address('u')}</PartnerUrl>`,
    ...notifications.flatMap((one) => [
      '   <Notification>',
      `    <Id>${one.id}</Id>`,
      ...sObject(object, one),
      '   </Notification>',
    ]),
    '  </notifications>',
    ' </soapenv:Body>',
    '</soapenv:Envelope>',
  ].join('\n');
}
