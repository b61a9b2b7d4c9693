import { beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, SENDER, Telling } from './telling.ts';
import { recipient, record } from './custom-metadata.ts';

let org: Telling;
beforeEach(() => {
  org = new Telling();
});

describe('the digest', () => {
  beforeEach(() => {
    const settings = { Recipient__c: 'ada@example.com', Digest__c: true, Bell__c: false };
    org.deploy(recipient('Ada', settings));
    org.insert('Woo_Store_Status__c', { Name: 'Main', Store__c: 'main' });
    org.look();
  });
  const said = () => org.data.db.get('SELECT Digest__c FROM "Woo_Store_Status__c"')?.['Digest__c'];

  it('is sent once a day where something is open, with the oldest first', () => {
    org.open('conflict', { Since__c: '2026-02-20T10:00:00.000Z', Records__c: 3 });
    org.open('store_late');
    org.solve(org.open('key_refused'));
    for (let hour = 0; hour < 24; hour++) org.pass(1);
    expect(org.data.sent.list()).toHaveLength(1);
    expect(org.data.sent.list()[0]).toMatchObject({
      to: ['ada@example.com'],
      subject: 'Main: 2 open, 2 new and 1 solved since yesterday',
      body: [
        'Main: 2 open, 2 new and 1 solved since yesterday.',
        '',
        'The oldest open attentions:',
        '- Matter of conflict (3 records), open since 2026-02-20 10:00 UTC',
        '- Matter of store_late, open since 2026-03-01 10:00 UTC',
        '',
        'The list Open Attentions of the tab Woo Attentions has all of them, with what to do.',
        '',
        `${ADDRESS}/lightning/o/Woo_Attention__c/list?filterName=Open_Attentions`,
      ].join('\n'),
      sentAt: expect.stringMatching(/^2026-03-02T06:00/) as string,
    });
    expect(said()).toBe('2026-03-02 06:00 UTC. Told: E-mail to 1.');
    org.pass(24);
    expect(org.data.sent.list()).toHaveLength(2);
  });

  it('says that what was open is solved, and is not sent where there is nothing to say', () => {
    org.solve(org.open('key_refused'));
    org.pass(20);
    expect(org.data.sent.list()).toEqual([
      expect.objectContaining({
        subject: 'Main: 0 open, 1 new and 1 solved since yesterday',
        body: expect.stringMatching(
          /^Main: 0 open, 1 new and 1 solved since yesterday\.\n\nNothing is open\.\n\n/,
        ) as string,
      }),
    ]);
    org.pass(24);
    expect(org.data.sent.list()).toHaveLength(1);
    expect(said()).toMatch(/UTC. Nobody told: nothing was open, and nothing solved\.$/);
  });

  it('counts as new what came since yesterday, whether it is open or solved', () => {
    for (let at = 0; at < 33; at++) {
      const key = `main:conflict:${at}`;
      const since = at === 32 ? '2026-02-20T10:00:00.000Z' : '2026-03-01T09:00:00.000Z';
      const one = org.open('conflict', { Cause_Key__c: key, Since__c: since });
      if (at >= 5) org.solve(one);
    }
    org.pass(20);
    expect(org.data.sent.list()).toEqual([
      expect.objectContaining({ subject: 'Main: 5 open, 32 new and 28 solved since yesterday' }),
    ]);
  });

  it('names ten, and counts all', () => {
    for (let at = 0; at < 12; at++) org.open('conflict', { Cause_Key__c: `main:conflict:${at}` });
    org.pass(24);
    const [digest] = org.data.sent.list();
    expect(digest?.body.match(/^- /gm)).toHaveLength(10);
    expect(digest).toMatchObject({ subject: expect.stringMatching(/^Main: 12 open/) as string });
  });

  it('of 20 stores is sent for each, within the limits of a transaction', () => {
    for (let at = 2; at <= 20; at++) {
      const settings = { Key__c: `shop${at}`, Active__c: true, URL__c: 'https://shop.example' };
      org.deploy(record('Woo_Store', `Shop_${at}`, { ...settings, Sender__c: SENDER }));
      org.insert('Woo_Store_Status__c', { Name: `Shop ${at}`, Store__c: `shop${at}` });
    }
    const closed = { Key__c: 'closed', Active__c: false, URL__c: 'https://shop.example' };
    org.deploy(record('Woo_Store', 'Closed', closed));
    org.insert('Woo_Store_Status__c', { Name: 'Closed', Store__c: 'closed' });
    org.open('budget_90', { Store__c: null });
    org.open('conflict', { Cause_Key__c: 'shop7:conflict', Store__c: 'shop7' });
    org.pass(20);
    const subjects = org.data.sent.list().map((one) => (one.kind === 'email' ? one.subject : ''));
    expect(subjects).toHaveLength(20);
    expect(subjects.filter((one) => one.includes(': 2 open'))).toEqual([
      'Shop 7: 2 open, 2 new and 0 solved since yesterday',
    ]);
    expect(subjects[0]).toMatch(/^Main: 1 open, 1 new/);
  });

  it('that is refused says why', () => {
    org.open();
    org.data.sent.deliverability = 'none';
    org.pass(24);
    expect(said()).toMatch(/Nobody told: E-mail refused: .*NO_MASS_MAIL_PERMISSION/);
  });
});
