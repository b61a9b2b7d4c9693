import { beforeEach, describe, expect, it } from 'vitest';
import { ADDRESS, SENDER, Telling } from './telling.ts';
import { recipient } from './custom-metadata.ts';

let org: Telling;
beforeEach(() => {
  org = new Telling();
});

describe('e-mail', () => {
  const mailed = { Bell__c: false, Mail__c: true };

  it('goes to the users of a group one level deep, each once, at most 150 in one', () => {
    const people = org.people(152);
    const [deep = ''] = org.people(1, 'deep');
    org.group('Inner', 'Regular', [deep]);
    const inner = String(org.data.db.get('SELECT Id FROM "Group"')?.['Id']);
    org.group('Sales', 'Regular', [...people, inner]);
    org.group('Leads', 'Queue', people.slice(0, 3));
    org.deploy({
      ...recipient('Sales', { Recipient__c: 'Sales', Kind__c: 'Group', ...mailed }),
      ...recipient('Leads', { Recipient__c: 'Leads', Kind__c: 'Queue', ...mailed }),
    });
    const id = org.open();
    org.look();
    const mails = org.data.sent.list().flatMap((one) => (one.kind === 'email' ? [one] : []));
    expect(mails.map(({ to }) => to.length)).toEqual([150, 2]);
    expect(new Set(mails.flatMap(({ to }) => to)).size).toBe(152);
    expect(mails[0]).toMatchObject({ from: SENDER, subject: 'Matter of store_late' });
    expect(org.told(id)).toBe('Told: E-mail to 152.');
  });

  it('ends with a link to the attention, opened and solved', () => {
    const wishes = { Recipient__c: 'ada@example.com', Solved__c: true, ...mailed };
    org.deploy(recipient('Ada', wishes));
    const id = org.open();
    org.look();
    org.solve(id);
    org.look();
    const bodies = org.data.sent.list().map(({ body }) => body);
    const link = `${ADDRESS}/lightning/r/Woo_Attention__c/${id}/view`;
    expect(bodies).toEqual([
      `Do this.\n\n${link}`,
      expect.stringMatching(new RegExp(`^It was open since [^]*\\n\\n${link}$`)),
    ]);
  });

  it('names the tab where the org does not say its address', () => {
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', ...mailed }));
    org.data.address = null;
    org.open();
    org.look();
    expect(org.data.sent.list().map(({ body }) => body)).toEqual([
      'Do this.\n\nIt is shown by the tab Woo Attentions.',
    ]);
  });

  it('has no more than 4,000 bytes of addresses', () => {
    const long = 'a-rather-long-name-of-a-person-in-a-company-with-long-names';
    org.group('Long', 'Regular', org.people(80, long));
    org.deploy(recipient('Long', { Recipient__c: 'Long', Kind__c: 'Group', ...mailed }));
    const id = org.open();
    org.look();
    expect(org.told(id)).toBe('Told: E-mail to 80.');
    expect(org.sent()).toHaveLength(2);
  });

  describe('that is refused leaves the bell, and says why', () => {
    const address = () =>
      String(org.data.db.get('SELECT Id FROM OrgWideEmailAddress')?.['Id'] ?? '');
    it.each([
      [
        'deliverability off',
        'NO_MASS_MAIL_PERMISSION',
        () => (org.data.sent.deliverability = 'none'),
      ],
      [
        'system e-mail only',
        'NO_MASS_MAIL_PERMISSION',
        () => (org.data.sent.deliverability = 'system'),
      ],
      [
        'a sender that is not verified',
        'UNVERIFIED_SENDER_ADDRESS',
        () => org.data.db.run('UPDATE OrgWideEmailAddress SET IsVerified = 0'),
      ],
      [
        'a sender that is not allowed to the user',
        'Not profiled to access',
        () => {
          org.update('OrgWideEmailAddress', address(), { IsAllowAllProfiles: false });
        },
      ],
      [
        'a sender that is none',
        'is no organization-wide',
        () => {
          org.update('OrgWideEmailAddress', address(), { Address: 'other@local-org.example' });
        },
      ],
    ])('%s', (_, reason, plant) => {
      org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', Mail__c: true }));
      plant();
      const id = org.open();
      org.look();
      expect(org.sent()).toEqual(['bell ada@example.com: Matter of store_late']);
      expect(org.told(id)).toMatch(/^Told: Bell to 1. E-mail refused: .*tried to send an email/);
      expect(org.told(id)).toContain(reason);
    });
  });

  it('is allowed to the profile of the user who runs the flow', () => {
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', ...mailed }));
    const id = String(org.data.db.get('SELECT Id FROM OrgWideEmailAddress')?.['Id']);
    org.update('OrgWideEmailAddress', id, { IsAllowAllProfiles: false });
    const profile = org.data.db.get("SELECT ProfileId FROM User WHERE Alias = 'woo'")?.[
      'ProfileId'
    ];
    org.insert('OrgEmailAddressSecurity', { OrgWideEmailAddressId: id, ParentId: profile });
    org.open();
    org.look();
    expect(org.sent()).toEqual(['mail ada@example.com: Matter of store_late']);
  });

  it('is not sent where the store has no sender', () => {
    org = new Telling(null);
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', Mail__c: true }));
    const id = org.open();
    org.look();
    expect(org.told(id)).toBe('Told: Bell to 1. No e-mail: Sender of the Woo Store is blank.');
  });

  it('is not sent of what every store has where no store has a sender', () => {
    org = new Telling(null);
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', Mail__c: true }));
    const id = org.open('budget_90', { Store__c: null });
    org.look();
    expect(org.told(id)).toBe('Told: Bell to 1. No e-mail: Sender of the Woo Store is blank.');
  });

  it('is not sent of a store that is there no more', () => {
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', Mail__c: true }));
    const id = org.open('store_late', { Store__c: 'gone' });
    org.look();
    expect(org.told(id)).toBe('Told: Bell to 1. No e-mail: Sender of the Woo Store is blank.');
  });
});

it('a bell that is refused leaves the e-mail, and says why', () => {
  org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', Mail__c: true }));
  org.data.db.run('DELETE FROM CustomNotificationType');
  const id = org.open();
  org.look();
  expect(org.sent()).toEqual(['mail ada@example.com: Matter of store_late']);
  expect(org.told(id)).toMatch(/^Told: Bell refused: .*notification type.* E-mail to 1\.$/);
});
