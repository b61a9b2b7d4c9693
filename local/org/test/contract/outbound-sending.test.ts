import { afterEach, beforeEach, expect, it } from 'vitest';
import { flow, send, workflow } from '../../flow/test/flows.ts';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { assign, putPermissionSet } from '../permission-sets.ts';
import { message, OmOrg, poll } from './om-org.ts';
import { ack } from './om-receiver.ts';
import { statement } from './statement.ts';

let org: OmOrg;

beforeEach(async () => {
  org = await OmOrg.start({ now: () => new Date('2026-03-01T10:00:00.789Z') });
});
afterEach(() => org.close());

async function delivered(many: number): Promise<void> {
  await poll(() => org.count('delivered')).toBe(many);
}

statement(
  'Envelopes have the bytes, headers and ids of Salesforce: a POST of `text/xml; charset=utf-8` with an empty `SOAPAction`.',
  async () => {
    const id = await org.product({ Name: 'Tea & mug', IsActive: true });
    await delivered(1);
    const [{ headers, text } = { headers: {}, text: '' }] = org.receiver.got;
    expect(headers).toMatchObject({
      'content-type': 'text/xml; charset=utf-8',
      soapaction: '""',
      'content-length': String(Buffer.byteLength(text)),
    });
    const organization = org.http.org.sessions.organizationId();
    expect(text).toContain(`<OrganizationId>${organization}</OrganizationId>`);
    expect(text).toContain(
      `<EnterpriseUrl>${org.http.url}/services/Soap/c/66.0/${organization.slice(0, 15)}</Ent`,
    );
    expect(text).toMatch(/<ActionId>04k\w{15}<\/ActionId>/);
    expect(text).toMatch(/<Notification>\n {4}<Id>04l\w{15}<\/Id>\n/);
    expect(text).toContain(`
     <sf:Id>${id}</sf:Id>
     <sf:IsActive>true</sf:IsActive>
     <sf:LastModifiedDate>2026-03-01T10:00:00.000Z</sf:LastModifiedDate>
     <sf:Name>Tea &amp; mug</sf:Name>
    </sObject>`);
  },
);

statement(
  'Values are read when they are sent; each save that queues has a notification of its own.',
  async () => {
    await org.control('hold');
    const id = await org.product({ Name: 'Before' });
    org.http.org.data.outbound.queue(message, id);
    await org.http.rest('PATCH', `/sobjects/Product2/${id}`, { Name: 'After' });
    expect(org.receiver.got).toHaveLength(0);
    await org.control('release');
    await delivered(2);
    const [{ text } = { text: '' }] = org.receiver.got;
    expect(text.match(/<sf:Name>After</g)).toHaveLength(2);
    expect(new Set(org.receiver.ids()[0]).size).toBe(2);
  },
);

statement(
  "Fields that are empty, or that the message's user may not read, are left out; of a record that is deleted, or hidden from that user, there is an empty `sObject`.",
  async () => {
    const { org: own } = org.http;
    const id = putPermissionSet(own.data, 'Names', { objects: { Product2: 'read' } });
    const { id: user } = own.sessions.user(own.integrationUsername) ?? { id: '' };
    own.data.db.run('DELETE FROM PermissionSetAssignment WHERE AssigneeId = ?', user);
    await org.control('hold');
    const kept = await org.product({ Name: 'Kept', Description: 'secret', Woo_Key__c: 'main:1' });
    assign(own.data, id, user);
    const gone = await org.product({ Name: 'Gone' });
    await org.http.rest('DELETE', `/sobjects/Product2/${gone}`);
    await org.control('release');
    await delivered(2);
    const [{ text } = { text: '' }] = org.receiver.got;
    expect(text).toContain(`<sf:Id>${kept}</sf:Id>`);
    expect(text).toContain('<sf:Name>Kept</sf:Name>');
    expect(text).not.toMatch(/secret|main:1|Gone/);
    expect(text.match(/<sObject [^>]*\/>/g)).toHaveLength(1);
  },
);

statement(
  'What a flow queues is sent once its transaction is committed, and never when that is rolled back; no save waits for it.',
  async () => {
    const { data } = org.http.org;
    expect(() =>
      data.db.transaction(() => {
        data.outbound.queue(message, '01tLo0000000001IAA');
        throw new Error('undone');
      }),
    ).toThrow('undone');
    org.queue(1);
    await delivered(1);
    expect(org.receiver.ids().flat()).toHaveLength(1);
  },
);

statement(
  'Up to 100 notifications of a message go in an envelope, and up to five envelopes of a message at a time, on sockets that are kept.',
  async () => {
    deployFlow();
    const one = { attributes: { type: 'Product2' }, Name: 'Tea' };
    const records = Array.from({ length: 200 }, () => one);
    for (let call = 0; call < 5; call++) {
      const { status } = await org.http.rest('POST', '/composite/sobjects', { records });
      expect(status).toBe(200);
    }
    await delivered(1000);
    expect(org.receiver.got.length).toBeGreaterThanOrEqual(10);
    expect(org.receiver.got.length).toBeLessThanOrEqual(15);
    expect(org.receiver.sockets).toBeLessThanOrEqual(5);
    expect(new Set(org.receiver.ids().flat()).size).toBe(1000);
  },
);

/** Deploys the message, and a flow that sends it for each product. */
function deployFlow(): void {
  const { integrationUsername: user, data } = org.http.org;
  const endpoint = { user, url: `${org.receiver.url}/sf/outbound/secret-token` };
  const failures = failuresOf(
    deployFiles(data, {
      'workflows/Product2.workflow': workflow({ Woo_Product: endpoint }),
      'flows/Saved.flow': flow(send('A', message), {
        object: 'Product2',
        timing: 'RecordAfterSave',
      }),
    }),
  );
  expect(failures).toEqual([]);
}

it('sends ten thousand with five envelopes at a time', async () => {
  let [now, most] = [0, 0];
  org.receiver.answer = (response) => {
    now += 1;
    most = Math.max(most, now);
    setImmediate(() => {
      now -= 1;
      response.end(ack);
    });
  };
  org.queue(10_000);
  await delivered(10_000);
  expect(org.receiver.got).toHaveLength(100);
  expect(most).toBeLessThanOrEqual(5);
  const { done, envelopes } = await org.shown();
  expect([done.length, envelopes.length]).toEqual([1000, 100]);
});

statement(
  "`sent_at` and `answered_at` of notifications and envelopes are milliseconds of the machine's clock, the other times those of the queue's clock.",
  async () => {
    const before = Date.now();
    await org.product({ Name: 'Tea' });
    await delivered(1);
    const { done, envelopes } = await org.shown();
    for (const { sent_at, answered_at } of [...done, ...envelopes]) {
      expect(Number(sent_at)).toBeGreaterThanOrEqual(before);
      expect(Number(answered_at)).toBeGreaterThanOrEqual(Number(sent_at));
      expect(Number(answered_at)).toBeLessThanOrEqual(Date.now());
    }
    expect(envelopes).toMatchObject([{ message, notifications: 1, failure: null }]);
  },
);

statement(
  'Numbers have a decimal point, times end in `Z`, checkboxes are `true` or `false`, and values of a multi-select picklist are separated by `;`.',
  async () => {
    const fields = 'Total__c Created_In_Woo__c Day__c Tags__c Deleted_In_Woo__c Contact__c'.split(
      ' ',
    );
    org.deploy(
      org.receiver.url,
      { fields: [...fields, 'Store__c', 'Admin_Link__c'] },
      'Woo_Order__c.All',
    );
    const contact = await org.http.create('Contact', { LastName: 'Doe' });
    const id = await org.http.create('Woo_Order__c', {
      Name: '1',
      Total__c: 100,
      Created_In_Woo__c: '2026-02-03T04:05:06Z',
      Day__c: '2026-02-03',
      Tags__c: 'new;gift',
      Contact__c: contact,
    });
    org.http.org.data.outbound.queue('Woo_Order__c.All', id);
    await delivered(1);
    expect(org.receiver.got[0]?.text).toContain(`
    <sObject xsi:type="sf:Woo_Order__c" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     <sf:Id>${id}</sf:Id>
     <sf:Admin_Link__c>${link}</sf:Admin_Link__c>
     <sf:Contact__c>${contact}</sf:Contact__c>
     <sf:Created_In_Woo__c>2026-02-03T04:05:06.000Z</sf:Created_In_Woo__c>
     <sf:Day__c>2026-02-03</sf:Day__c>
     <sf:Deleted_In_Woo__c>false</sf:Deleted_In_Woo__c>
     <sf:Tags__c>new;gift</sf:Tags__c>
     <sf:Total__c>100.0</sf:Total__c>
    </sObject>`);
  },
);

/** What the formula of the link makes, in XML. */
const link = '&lt;a href="a" target="_blank"&gt;b&lt;/a&gt;';
