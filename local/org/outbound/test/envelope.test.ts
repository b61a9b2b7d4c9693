import { expect, it } from 'vitest';
import { isAck } from '../ack.ts';
import { envelopeText, escapeXml } from '../envelope.ts';
import { retryGap } from '../../data/outbound/retry-gap.ts';
import { ack, nack } from '../../test/contract/om-receiver.ts';

const envelope = {
  organizationId: '00Dxx0000000001EAA',
  actionId: '04kxx0000000001AAA',
  base: 'https://acme.my.salesforce.com',
  version: '60.0',
  object: 'Product2',
};

it('writes an envelope byte for byte as Salesforce does', () => {
  const values = [
    ['Id', '01txx0000000001AAA'],
    ['LastModifiedDate', '2026-09-09T19:01:52.000Z'],
    ['Name', 'Tea &amp; mug'],
  ] as const;
  expect(envelopeText({ ...envelope, notifications: [{ id: '04lxx0000000001AAA', values }] }))
    .toBe(`<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>00Dxx0000000001EAA</OrganizationId>
   <ActionId>04kxx0000000001AAA</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/60.0/00Dxx0000000001</EnterpriseUrl>
   <PartnerUrl>https://acme.my.salesforce.com/services/Soap/u/60.0/00Dxx0000000001</PartnerUrl>
   <Notification>
    <Id>04lxx0000000001AAA</Id>
    <sObject xsi:type="sf:Product2" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>01txx0000000001AAA</sf:Id>
     <sf:LastModifiedDate>2026-09-09T19:01:52.000Z</sf:LastModifiedDate>
     <sf:Name>Tea &amp; mug</sf:Name>
    </sObject>
   </Notification>
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`);
});

it('writes an empty record for one that is gone', () => {
  const gone = { id: '04lxx0000000001AAA', values: [] };
  expect(envelopeText({ ...envelope, notifications: [gone] })).toContain(
    `   <Notification>
    <Id>04lxx0000000001AAA</Id>
    <sObject xsi:type="sf:Product2" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"/>
   </Notification>`,
  );
});

it('escapes text, and leaves out what XML cannot hold', () => {
  expect(escapeXml('<b>\u0000Tea &\n"mug"\u001f</b>')).toBe('&lt;b&gt;Tea &amp;\n"mug"&lt;/b&gt;');
});

it.each([
  ['an acknowledgement', 200, ack, true],
  ['one with other prefixes and blanks', 202, spaced(), true],
  ['a refusal', 200, nack, false],
  ['an acknowledgement with an error status', 500, ack, false],
  ['one of a redirect', 302, ack, false],
  ['JSON', 200, '{"Ack":true}', false],
  ['nothing', 200, '', false],
  ['an element outside the namespace', 200, ack.replace('outbound"', 'other"'), false],
  ['notifications in place of the response', 200, ack.replaceAll('Response', ''), false],
  ['broken XML', 200, ack.slice(0, -3), false],
  ['a DTD', 200, `<!DOCTYPE a [<!ENTITY b "c">]>${ack}`, false],
])('takes %s for what it is', (_, status, body, expected) => {
  expect(isAck(status, body)).toBe(expected);
});

function spaced(): string {
  return `<?xml version="1.0"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:o="http://soap.sforce.com/2005/09/outbound">
 <s:Body><o:notificationsResponse><o:Ack> true </o:Ack></o:notificationsResponse></s:Body>
</s:Envelope>`;
}

it('waits longer after each failure, and never more than two hours', () => {
  const gaps = Array.from({ length: 14 }, (_, at) => retryGap(at + 1) / 1000);
  expect(gaps.slice(0, 5)).toEqual([15, 30, 60, 120, 240]);
  expect(gaps.slice(9)).toEqual([7200, 7200, 7200, 7200, 7200]);
});
