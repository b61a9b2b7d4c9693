import { describe, expect, it } from 'vitest';
import { parseEnvelope } from '../../../src/salesforce/outbound/envelope.ts';
import type { Envelope, Notification } from '../../../src/salesforce/outbound/envelope.ts';
import { XmlRefused } from '../../../src/salesforce/outbound/xml-text.ts';
import {
  entityBomb,
  envelope,
  externalEntity,
  notification,
  one,
  product,
  two,
} from '../support/envelopes.ts';

const parse = (text: string): Envelope => parseEnvelope(Buffer.from(text));

function only(text: string): Notification | undefined {
  const { notifications } = parse(text);
  expect(notifications).toHaveLength(1);
  return notifications[0];
}

function faultOf(body: string | Buffer): string {
  try {
    parseEnvelope(Buffer.from(body));
  } catch (error) {
    if (error instanceof XmlRefused) return error.fault;
    throw error;
  }
  return 'taken';
}

describe('an outbound message', () => {
  it('names the org, the message and the records', () => {
    expect(parse(envelope(product(one), product(two)))).toEqual({
      organizationId: '00Dxx0000000001EAA',
      actionId: '04kxx0000000001AAA',
      notifications: [one, two].map((recordId) => ({
        id: '04lxx0000000001AAA',
        object: 'product2',
        recordId,
        key: null,
        hasData: true,
      })),
    });
  });

  it('of a record that is linked carries its key', () => {
    const fields = `<sf:Id>${one}</sf:Id><sf:Woo_Key__c>main:7</sf:Woo_Key__c>`;
    expect(only(envelope(notification(fields)))).toMatchObject({ recordId: one, key: 'main:7' });
  });

  it.each([
    ['nil', '<sf:Woo_Key__c xsi:nil="true"/>'],
    ['nil, with a text all the same', '<sf:Woo_Key__c xsi:nil="1">main:7</sf:Woo_Key__c>'],
    ['empty', '<sf:Woo_Key__c></sf:Woo_Key__c>'],
    ['blank', '<sf:Woo_Key__c>  </sf:Woo_Key__c>'],
    ['longer than the field', `<sf:Woo_Key__c>${'7'.repeat(256)}</sf:Woo_Key__c>`],
    ['left out', ''],
  ])('has no key where that is %s', (_what, key) => {
    expect(only(envelope(notification(`<sf:Id>${one}</sf:Id>${key}`)))).toMatchObject({
      recordId: one,
      key: null,
      hasData: true,
    });
  });

  it('fault 10: may say nil as false', () => {
    const fields = `<sf:Id xsi:nil="false">${one}</sf:Id>`;
    expect(only(envelope(notification(fields)))?.recordId).toBe(one);
  });

  it('fault 10: may use other prefixes, quotes, blanks and an order of its own', () => {
    const text = `\ufeff<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' >
      <s:Header><any xmlns="urn:any">thing</any></s:Header>
      <s:Body><o:notifications xmlns:o = "http://soap.sforce.com/2005/09/outbound"
          xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
        <o:Notification><o:sObject xmlns="urn:sobject.enterprise.soap.sforce.com" i:type="Product2">
          <Name>a</Name><Woo_Key__c>main:7</Woo_Key__c><Id>${one}</Id></o:sObject>
          <o:Id>04lxx0000000001AAA</o:Id></o:Notification><!-- <o:Notification/> -->
        <o:OrganizationId>00Dxx0000000001</o:OrganizationId >
      </o:notifications></s:Body></s:Envelope>\n`;
    expect(parse(text)).toEqual({
      organizationId: '00Dxx0000000001',
      actionId: null,
      notifications: [
        {
          id: '04lxx0000000001AAA',
          object: 'product2',
          recordId: one,
          key: 'main:7',
          hasData: true,
        },
      ],
    });
  });

  it('goes by the namespace, not by the prefix', () => {
    const strange = envelope(
      notification(`<sf:Id>${one}</sf:Id><Id xmlns="urn:other">${two}</Id>
        <x:Woo_Key__c xmlns:x="urn:other">main:9</x:Woo_Key__c>`),
    );
    expect(only(strange)).toMatchObject({ recordId: one, key: null });
    const redeclared = notification(`<sf:Id>${one}</sf:Id>`).replace('enterprise', 'other');
    expect(only(envelope(redeclared))).toMatchObject({ object: null, recordId: null });
    const within = `<sf:A xmlns:sf="urn:other"><sf:Id>${two}</sf:Id></sf:A>
      <sf:Woo_Key__c xmlns:sf="urn:other">main:9</sf:Woo_Key__c>
      <sf:Id xmlns:x="urn:other">${one}</sf:Id>`;
    expect(only(envelope(notification(within)))).toMatchObject({ recordId: one, key: null });
  });

  it('fault 10: may hold fields and elements that we do not know, also deep ones', () => {
    const fields = `<sf:Id>${one}</sf:Id><sf:Address__c><sf:Id>${two}</sf:Id></sf:Address__c>
      <sf:Ключ__c>ключ</sf:Ключ__c>`;
    const text = envelope(notification(fields), '<Signature>x</Signature>');
    expect(only(text)?.recordId).toBe(one);
  });

  it.each([
    ['a CDATA section', `<![CDATA[${one}]]>`],
    ['pieces of CDATA', `01txx<![CDATA[00000]]>00001AAA`],
    ['numbers of characters', one.replace('01', '&#48;&#x31;')],
    ['a comment in between', one.replace('xx', 'x<!-- ! -->x')],
    ['blanks around it', `\n  ${one}\t`],
    ['15 characters', one.slice(0, 15)],
  ])('gives the id also with %s', (_what, text) => {
    expect(only(envelope(notification(`<sf:Id>${text}</sf:Id>`)))?.recordId).toBe(one);
  });

  it('leaves references in CDATA as they are, and looks at no text for tags', () => {
    const fields = `<sf:Id>${one}</sf:Id><sf:Woo_Key__c><![CDATA[<!DOCTYPE &amp; ]]]]><![CDATA[>]]></sf:Woo_Key__c>`;
    expect(only(envelope(notification(fields)))?.key).toBe('<!DOCTYPE &amp; ]]>');
    const key = `<sf:Woo_Key__c>&lt;!DOCTYPE&gt;&amp;amp;&quot;&apos;</sf:Woo_Key__c>`;
    expect(only(envelope(notification(key)))?.key).toBe(`<!DOCTYPE>&amp;"'`);
  });

  it.each([
    ['no record', '<Notification><Id>04lxx0000000001AAA</Id></Notification>', null],
    ['nil', '<Notification><sObject xsi:nil="true"/></Notification>', null],
    ['empty', notification(''), 'product2'],
    ['of fields that are nil', notification('<sf:Id xsi:nil="true"/>'), 'product2'],
    [
      'nil with fields',
      notification('<sf:Name>a</sf:Name>').replace('<sObject', '<sObject xsi:nil="true"'),
      'product2',
    ],
  ])('tells that a record was deleted: %s', (_what, text, object) => {
    expect(only(envelope(text))).toMatchObject({
      object,
      recordId: null,
      key: null,
      hasData: false,
    });
  });

  it.each([
    ['missing', '<sf:Name>Tea</sf:Name>'],
    ['empty', '<sf:Id/>'],
    ['none', '<sf:Id>tea</sf:Id>'],
    ['of a wrong length', '<sf:Id>01txx0000000001A</sf:Id>'],
    ['whose last letters do not fit', '<sf:Id>01txx0000000001AAB</sf:Id>'],
  ])('is not taken for a deletion where the id is %s', (_what, fields) => {
    expect(only(envelope(notification(fields)))).toMatchObject({ recordId: null, hasData: true });
  });

  it.each([
    ['missing', ''],
    ['of a prefix that nobody declared', 'xsi:type="sx:Product2"'],
    ['in no namespace', 'xsi:type="Product2"'],
    ['not a name', 'xsi:type="sf:Product 2"'],
  ])('says no object where the type is %s', (_what, type) => {
    const text = product(one).replace('xsi:type="sf:Product2"', type);
    expect(only(envelope(text))).toMatchObject({ object: null, recordId: one });
  });

  it('may hold no notification, or a hundred', () => {
    expect(parse(envelope()).notifications).toEqual([]);
    const hundred = Array.from({ length: 100 }, () => product(one));
    expect(parse(envelope(...hundred)).notifications).toHaveLength(100);
  });
});

describe('refused is', () => {
  const good = envelope(product(one));
  it('an entity bomb, an external entity, and any other declaration', () => {
    expect(faultOf(entityBomb)).toBe('doctype');
    expect(faultOf(externalEntity)).toBe('doctype');
    expect(faultOf(good.replace('<soapenv:Body>', '<!doctype x><soapenv:Body>'))).toBe('doctype');
    expect(faultOf(good.replace('?>', '?><!DOCTYPE x SYSTEM "http://example.com/x.dtd">'))).toBe(
      'doctype',
    );
  });

  it('what Salesforce never sends so much of', () => {
    const many = (element: string, count: number): string =>
      envelope(notification(`<sf:Id>${one}</sf:Id>${element.repeat(count)}`));
    expect(faultOf(envelope(...Array.from({ length: 101 }, () => product(one))))).toBe('too_much');
    expect(faultOf(many('<sf:A/>', 100_000))).toBe('too_much');
    expect(faultOf(many('<sf:A>', 5000))).toBe('too_much');
    const attributes = Array.from({ length: 17 }, (_, at) => ` a${at}="x"`).join('');
    expect(faultOf(good.replace('<SessionId', `<SessionId${attributes}`))).toBe('too_much');
  });

  it.each<[string, string | Buffer]>([
    ['nothing', ''],
    ['JSON', '{"id":7}'],
    ['HTML', '<!-- --><html><br></html>'],
    ['some other XML', '<x/>'],
    [
      'a message without its envelope',
      '<notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>00Dxx0000000001EAA</OrganizationId></notifications>',
    ],
    [
      'another SOAP',
      good.replace(
        'http://schemas.xmlsoap.org/soap/envelope/',
        'http://www.w3.org/2003/05/soap-envelope',
      ),
    ],
    ['two messages', good.replace(/(<notifications[^]*<\/notifications>)/, '$1$1')],
    ['no org', good.replace(/<OrganizationId>.*<\/OrganizationId>/, '')],
    ['an org that is nil', good.replace('<OrganizationId>', '<OrganizationId xsi:nil="true">')],
    ['an org that is none', good.replace('00Dxx0000000001EAA', '00Dxx')],
    [
      'two orgs',
      good.replace('<ActionId>', '<OrganizationId>00Dxx0000000002EAA</OrganizationId><ActionId>'),
    ],
    ['two ids', good.replace('<sf:Name>', `<sf:Id>${two}</sf:Id><sf:Name>`)],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${good}`, 'utf16le')],
    ['UTF-16 without one', Buffer.from(good, 'utf16le')],
    ['UTF-16 by its own word', good.replace('UTF-8', 'UTF-16')],
    ['Latin 1', Buffer.from(good.replace('Tea', 'Thé'), 'latin1')],
    ['compressed', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ['cut off', good.slice(0, -10)],
    ['longer than its end', `${good}<x/>`],
    ['text behind its end', `${good}x`],
    ['CDATA behind its end', `${good}<![CDATA[x]]>`],
    ['a processing instruction', good.replace('<soapenv:Body>', '<?php x?><soapenv:Body>')],
    ['a declaration that comes late', ` ${good}`],
    ['a wrong end', good.replace('</sObject>', '</sf:sObject>')],
    ['an end too many', good.replace('</sObject>', '</sObject></sObject>')],
    ['an attribute without quotes', good.replace('xsi:nil="true"', 'xsi:nil=true')],
    ['an attribute without a value', good.replace('xsi:nil="true"', 'nil')],
    ['an attribute twice', good.replace('xsi:nil="true"', 'xsi:nil="true" xsi:nil="true"')],
    ['attributes in one', good.replace('xsi:nil="true"', 'a="b"c="d"')],
    ['a tag in an attribute', good.replace('xsi:nil="true"', 'a="<b>"')],
    ['a prefix of nowhere', good.replaceAll('sf:Name', 'sx:Name')],
    ['a prefix of nowhere at an attribute', good.replace('xsi:nil', 'xsx:nil')],
    ['a prefix of nothing', good.replace('xsi:nil="true"', 'xmlns:a=""')],
    ['an entity of HTML', good.replace('&amp;', '&nbsp;')],
    ['a lone ampersand', good.replace('&amp;', '&')],
    ['a reference without its end', good.replace('&amp;', '&amp ')],
    ['the number of no character', good.replace('&amp;', '&#0;')],
    ['the number of half a character', good.replace('&amp;', '&#xd800;')],
    ['a number beyond all characters', good.replace('&amp;', '&#x110000;')],
    ['a control character', good.replace('&amp;', '\u0001')],
    ['an end of CDATA alone', good.replace('&amp;', ']]>')],
    ['an open comment', good.replace('&amp;', '<!-- ')],
    ['dashes in a comment', good.replace('&amp;', '<!-- -- -->')],
    ['a name that begins with a digit', good.replaceAll('sf:Name', '2Name')],
    ['a name without end', good.replaceAll('sf:Name', 'N'.repeat(5000))],
  ])('%s', (_what, body) => {
    expect(faultOf(body)).toBe('malformed');
  });
});

// Were one of them quadratic, it alone would take longer than a test may.
it.each([
  ['<', 'malformed', 'malformed'],
  ['<a', 'malformed', 'malformed'],
  ['<a>', 'too_much', 'too_much'],
  ['<!--', 'malformed', 'malformed'],
  ['&#65;', 'malformed', 'taken'],
  ['&', 'malformed', 'malformed'],
  [' ', 'malformed', 'taken'],
  ['a', 'malformed', 'taken'],
  ['"', 'malformed', 'taken'],
  ['<a b="', 'malformed', 'malformed'],
  ['a:', 'malformed', 'taken'],
  ['\n<a/>', 'malformed', 'too_much'],
  [']]', 'malformed', 'taken'],
])('a megabyte of %j is judged at once: alone %s, inside %s', (piece, alone, inside) => {
  const all = piece.repeat(Math.floor((1024 * 1024) / piece.length));
  expect(faultOf(all)).toBe(alone);
  for (const open of ['<?xml', '<a ', '<a b="']) expect(faultOf(open + all)).toBe('malformed');
  expect(faultOf(envelope(notification(all)))).toBe(inside);
});
