import { beforeEach, describe, expect, it } from 'vitest';
import { createOrgData } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import { deployFiles, failuresOf, file, value, type Files } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { recordsOf } from '../../rest/flow-records.ts';
import { createRecords, updateRecords } from '../../write/batch.ts';
import { runScheduled } from '../timed/scheduled.ts';
import { serveFlows } from '../system-records.ts';

const FLOWS = ['Tell', 'Attention_Opened', 'Attention_Solved', 'Attention_Digest'].map(
  (name) => `flows/Woo_${name}.flow`,
);
const OBJECTS = ['Woo_Attention__c', 'Woo_Store_Status__c', 'Woo_Recipient__mdt', 'Woo_Store__mdt'];
const START = Date.parse('2026-03-01T10:00:00Z');
const HOUR = 3_600_000;
const SENDER = 'woo@local-org.example';

const all = packageOf(projectSource());
const bare = (object: string): string =>
  (all[`objects/${object}.object`] ?? '')
    .replaceAll(/\s*<(actionOverrides|compactLayouts|listViews)>.*?<\/\1>/gs, '')
    .replace(/\s*<compactLayoutAssignment>.*?<\/compactLayoutAssignment>/s, '');

/** The flows as they are shipped, and what they are about. */
const shipped: Files = Object.fromEntries([
  ...OBJECTS.map((name) => [`objects/${name}.object`, bare(name)] as const),
  ...[...FLOWS, 'notificationtypes/Woo_Attention.notiftype'].map(
    (path) => [path, all[path] ?? ''] as const,
  ),
]);

type Settings = Readonly<Record<string, string | boolean>>;

function record(type: string, name: string, settings: Settings): Files {
  const values = Object.entries(settings).map(([field, one]) =>
    value(field, typeof one === 'boolean' ? 'boolean' : 'string', String(one)),
  );
  const inner = `<label>${name.replaceAll('_', ' ')}</label>${values.join('')}`;
  return { [`customMetadata/${type}.${name}.md`]: file('CustomMetadata', inner) };
}

const recipient = (name: string, settings: Settings): Files =>
  record('Woo_Recipient', name, { Kind__c: 'User', Active__c: true, Bell__c: true, ...settings });

class Telling {
  private now = START;
  readonly data = createOrgData({ now: () => new Date(this.now) });
  readonly admin: string;
  private readonly sync: string;

  constructor(sender: string | null = SENDER) {
    seed(this.data, {
      ...{ adminUsername: 'ada@example.com', integrationUsername: 'woo-sync@example.com' },
      repUsername: 'rep@example.com',
    });
    serveFlows(this.data, (userId) => recordsOf(this.data, { userId }));
    this.admin = this.user('ada@example.com');
    this.sync = this.user('woo-sync@example.com');
    this.deploy({
      ...shipped,
      ...record('Woo_Store', 'Main', {
        ...{ Key__c: 'main', Active__c: true, URL__c: 'https://shop.example' },
        ...(sender === null ? {} : { Sender__c: sender }),
      }),
    });
    this.insert('OrgWideEmailAddress', {
      ...{ Address: SENDER, DisplayName: 'Shop', IsAllowAllProfiles: true, IsVerified: true },
    });
  }

  user(username: string): string {
    return String(this.data.db.get('SELECT Id FROM User WHERE Username = ?', username)?.['Id']);
  }

  deploy(files: Files): void {
    expect(failuresOf(deployFiles(this.data, files))).toEqual([]);
  }

  insert(type: string, values: object): string {
    const given = [{ type, record: { ...values } as Record<string, unknown> }];
    const [result] = createRecords(this.data, { userId: this.sync }, given, false);
    if (result?.success !== true) throw new Error(JSON.stringify(result?.errors));
    return result.id;
  }

  update(type: string, id: string, values: object): void {
    const given = [{ type, record: { Id: id, ...values } }];
    const [result] = updateRecords(this.data, { userId: this.sync }, given, false);
    expect(result?.errors).toEqual([]);
  }

  /** As the service writes it. */
  open(cause = 'store_late', more: object = {}): string {
    return this.insert('Woo_Attention__c', {
      ...{ Cause_Key__c: `main:${cause}`, Cause__c: cause, Store__c: 'main', State__c: 'open' },
      ...{ Title__c: `Matter of ${cause}`, Body__c: 'Do this.', Records__c: 1 },
      ...{ Since__c: new Date(this.now).toISOString(), ...more },
    });
  }

  change(id: string, values: object): void {
    this.update('Woo_Attention__c', id, values);
  }

  solve(id: string): void {
    this.change(id, { State__c: 'solved', Solved_At__c: new Date(this.now).toISOString() });
  }

  /** The org looks after its paths. */
  look(): void {
    expect(runScheduled(this.data)).toEqual([]);
  }

  pass(hours: number): void {
    this.now += hours * HOUR;
    this.look();
  }

  told(id: string): unknown {
    return this.data.db.get('SELECT Told__c FROM "Woo_Attention__c" WHERE Id = ?', id)?.['Told__c'];
  }

  /** What was sent, in a line each. */
  sent(): readonly string[] {
    return this.data.sent
      .list()
      .map((one) =>
        one.kind === 'email'
          ? `mail ${one.to.join(',')}: ${one.subject}`
          : `bell ${one.users.join(',')}: ${one.title}`,
      );
  }

  group(name: string, type: string, members: readonly string[]): void {
    const id = this.insert('Group', { Name: name, DeveloperName: name, Type: type });
    for (const UserOrGroupId of members) this.insert('GroupMember', { GroupId: id, UserOrGroupId });
  }

  /** @returns ids */
  people(count: number, prefix = 'person'): readonly string[] {
    const profile = this.data.db.get("SELECT Id FROM Profile WHERE Name = 'Standard User'")?.['Id'];
    this.data.db.run('UPDATE UserLicense SET TotalLicenses = 10000');
    return Array.from({ length: count }, (_, at) => {
      const name = `${prefix}${String(at).padStart(3, '0')}`;
      return this.insert('User', {
        ...{ Username: `${name}@example.com`, Email: `${name}@example.com`, LastName: name },
        ...{ Alias: name.slice(-8), ProfileId: profile, TimeZoneSidKey: 'GMT' },
        ...{ LocaleSidKey: 'en_US', LanguageLocaleKey: 'en_US', EmailEncodingKey: 'UTF-8' },
      });
    });
  }
}

const causes = /<fullName>(\w+)<\/fullName>\s*<default>false<\/default>\s*<label>/g;
const CAUSES = [
  ...(
    /<fullName>Cause__c<\/fullName>.*?<\/fields>/s.exec(bare('Woo_Attention__c'))?.[0] ?? ''
  ).matchAll(causes),
].map(([, name = '']) => name);

let org: Telling;
beforeEach(() => {
  org = new Telling();
});

describe('the bell', () => {
  beforeEach(() => {
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com' }));
  });

  it.each(CAUSES)('rings once for %s, and not again while it is open', (cause) => {
    expect(CAUSES).toHaveLength(8);
    const id = org.open(cause);
    expect(org.sent(), 'before the commit').toEqual([]);
    org.look();
    expect(org.sent()).toEqual([`bell ada@example.com: Matter of ${cause}`]);
    expect(org.told(id)).toBe('Told: Bell to 1.');
    for (let more = 2; more < 6; more++) {
      org.change(id, { Records__c: more });
      org.pass(1);
    }
    expect(org.sent()).toHaveLength(1);
  });

  it('rings once for 10,000 records, and again when a cause that was solved comes back', () => {
    const id = org.open('issue_lasts', { Records__c: 10_000 });
    org.look();
    expect(org.sent()).toHaveLength(1);
    org.solve(id);
    org.look();
    expect(org.sent(), 'solved is off by default').toHaveLength(1);
    org.change(id, { State__c: 'open' });
    org.look();
    expect(org.sent()).toHaveLength(2);
  });

  it('rings for each of 40 that open in one call, which share the limits of a transaction', () => {
    const causes = Array.from({ length: 40 }, (_, at) => ({
      type: 'Woo_Attention__c',
      record: {
        ...{ Cause_Key__c: `main:conflict:${at}`, Cause__c: 'conflict', Store__c: 'main' },
        ...{ State__c: 'open', Title__c: `Matter ${at}`, Body__c: 'Do this.', Records__c: 10_000 },
      },
    }));
    createRecords(org.data, { userId: org.admin }, causes, false);
    org.look();
    expect(org.sent()).toHaveLength(40);
    org.pass(1);
    expect(org.sent(), 'and once').toHaveLength(40);
  });

  it('opens the attention', () => {
    const id = org.open();
    org.look();
    expect(org.data.sent.list()).toEqual([
      expect.objectContaining({ target: id, type: 'Woo_Attention', body: 'Do this.' }),
    ]);
  });

  it('does not ring for what was solved first', () => {
    const id = org.open();
    org.solve(id);
    org.look();
    expect(org.sent()).toEqual([]);
    expect(org.told(id)).toBe('Nobody told: it was solved first.');
  });

  it('goes to groups and queues by their own id, also to groups in them', () => {
    const [one = '', two = '', three = ''] = org.people(3);
    org.group('Inner', 'Regular', [three]);
    const inner = String(org.data.db.get('SELECT Id FROM "Group"')?.['Id']);
    org.group('Same', 'Queue', [one]);
    org.group('Same', 'Regular', [two, inner]);
    org.deploy(recipient('Queue', { Recipient__c: 'Same', Kind__c: 'Queue' }));
    org.open();
    org.look();
    expect(org.sent()).toEqual([
      'bell ada@example.com,person000@example.com: Matter of store_late',
    ]);
    expect(org.data.sent.list()[0]).toMatchObject({
      recipients: [org.admin, expect.stringMatching(/^00G/)],
    });
    org.deploy(recipient('Group', { Recipient__c: 'same', Kind__c: 'Group' }));
    org.open('conflict');
    org.look();
    const names = ['ada', 'person000', 'person001', 'person002'].map(
      (name) => `${name}@example.com`,
    );
    expect(org.sent()[1]).toBe(`bell ${names.join(',')}: Matter of conflict`);
  });
});

describe('who is told of what', () => {
  it.each([
    [{ Causes__c: 'conflict; store_late' }, true],
    [{ Causes__c: 'conflict' }, false],
    [{ Causes__c: 'late' }, false],
    [{ Store__c: 'main' }, true],
    [{ Store__c: 'outlet' }, false],
    [{ Active__c: false }, false],
    [{ Bell__c: false }, false],
  ])('with %o', (settings, isTold) => {
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', ...settings }));
    const id = org.open();
    org.look();
    expect(org.sent()).toHaveLength(isTold ? 1 : 0);
    if (!isTold) expect(org.told(id)).toBe('Nobody told: no Woo Recipient is meant.');
  });

  it('nothing while silence lasts', () => {
    const until = '2026-03-01T12:00:00.000Z';
    const settings = value('Silent_Until__c', 'dateTime', until);
    const files = recipient('Ada', { Recipient__c: 'ada@example.com' });
    const silent = Object.entries(files).map(([path, text]) => [
      path,
      text.replace('</CustomMetadata>', `${settings}</CustomMetadata>`),
    ]);
    org.deploy(Object.fromEntries(silent) as Files);
    org.open();
    org.look();
    expect(org.sent()).toEqual([]);
    org.pass(3);
    org.open('conflict');
    org.look();
    expect(org.sent()).toEqual(['bell ada@example.com: Matter of conflict']);
  });

  it('what every store has goes to the recipients of each, from the first sender', () => {
    const settings = { Recipient__c: 'ada@example.com', Store__c: 'outlet', Mail__c: true };
    org.deploy(recipient('Ada', settings));
    org.open('budget_90', { Store__c: null });
    org.look();
    expect(org.sent()).toEqual([
      'bell ada@example.com: Matter of budget_90',
      'mail ada@example.com: Matter of budget_90',
    ]);
  });

  it('nobody where there is no recipient', () => {
    const id = org.open();
    org.look();
    expect(org.told(id)).toBe('Nobody told: no Woo Recipient is meant.');
  });

  it('says who left, and who never was there', () => {
    const [left = ''] = org.people(1, 'left');
    org.update('User', left, { IsActive: false });
    org.deploy({
      ...recipient('Ada', { Recipient__c: 'ada@example.com' }),
      ...recipient('Left', { Recipient__c: 'left000@example.com', Mail__c: true }),
      ...recipient('Typo', { Recipient__c: 'Nope', Kind__c: 'Queue' }),
    });
    const id = org.open();
    org.look();
    expect(org.sent()).toEqual(['bell ada@example.com: Matter of store_late']);
    expect(org.told(id)).toBe(
      'Told: Bell to 1. No e-mail: no active user. Not there or not active: user:left000@example.com, queue:nope.',
    );
  });

  it('says so with an ellipsis where it is longer than its field', () => {
    for (let at = 0; at < 12; at++)
      org.deploy(recipient(`Gone${at}`, { Recipient__c: `nobody.number.${at}@example.com` }));
    const id = org.open();
    org.look();
    expect(String(org.told(id))).toHaveLength(255);
    expect(org.told(id)).toMatch(/ Not there or not active: user:nobody\.number\..*…$/);
  });
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

describe('solved', () => {
  beforeEach(() => {
    org.deploy({
      ...recipient('Ada', { Recipient__c: 'ada@example.com', Solved__c: true, Mail__c: true }),
      ...recipient('Rep', { Recipient__c: 'rep@example.com' }),
    });
  });

  it('is told in one line to those who want to know', () => {
    const id = org.open();
    org.look();
    org.solve(id);
    org.look();
    expect(org.sent().slice(2)).toEqual([
      'bell ada@example.com: Solved: Matter of store_late',
      'mail ada@example.com: Solved: Matter of store_late',
    ]);
    expect(org.told(id)).toBe(
      'Told: Bell to 2. E-mail to 1. When solved: Told: Bell to 1. E-mail to 1.',
    );
    expect(org.data.sent.list().at(2)).toMatchObject({ kind: 'notification', target: id });
  });

  it('is told to those alone who want to know of its cause', () => {
    const wishes = { Solved__c: true, Mail__c: true, Bell__c: false };
    org.deploy({
      ...recipient('Ada', { Recipient__c: 'ada@example.com', Active__c: false }),
      ...recipient('Late', { ...wishes, Recipient__c: 'rep@example.com', Causes__c: 'store_late' }),
      ...recipient('Other', { ...wishes, Recipient__c: 'rep@example.com', Causes__c: 'conflict' }),
    });
    const id = org.open();
    org.look();
    org.solve(id);
    org.look();
    expect(org.sent().at(-1)).toBe('mail rep@example.com: Solved: Matter of store_late');
  });

  it('says since when it was open, also where a person had deleted it while its cause was there', () => {
    const id = org.open('conflict', { Since__c: null });
    org.look();
    org.pass(1);
    org.solve(id);
    org.look();
    const [, , bell] = org.data.sent.list();
    expect(bell?.body).toMatch(/^It was open since 2026-03-01 10:00 UTC/);
    const other = org.open('store_late', { Since__c: '2026-03-01T09:00:00Z' });
    org.look();
    org.solve(other);
    org.look();
    expect(org.data.sent.list().at(-1)?.body).toContain('since 2026-03-01 09:00 UTC');
  });

  it('is told to those alone who were told that it opened', () => {
    const [one = ''] = org.people(1);
    org.group('Shop', 'Regular', [one]);
    org.group('Shop', 'Queue', [one]);
    const group = { Recipient__c: 'shop', Kind__c: 'Group', Solved__c: true };
    org.deploy(recipient('Group', group));
    const id = org.open();
    org.look();
    const before = org.sent().length;
    org.deploy({
      ...recipient('Rep', { Recipient__c: 'rep@example.com', Solved__c: false }),
      ...recipient('Queue', { ...group, Kind__c: 'Queue' }),
      ...recipient('Sync', { Recipient__c: 'woo-sync@example.com', Solved__c: true }),
    });
    org.solve(id);
    org.look();
    expect(org.sent().slice(before)).toEqual([
      'bell ada@example.com,person000@example.com: Solved: Matter of store_late',
      'mail ada@example.com: Solved: Matter of store_late',
    ]);
    org.change(id, { State__c: 'open' });
    org.look();
    org.solve(id);
    org.look();
    expect(org.sent().at(-2), 'told of the second opening').toContain('woo-sync@example.com');
  });

  it('is not told twice where it opens and is solved again before anybody is told', () => {
    const id = org.open();
    org.look();
    org.solve(id);
    org.look();
    const before = org.sent();
    const again = () => {
      org.change(id, { State__c: 'open' });
      org.solve(id);
      org.look();
      return org.sent();
    };
    // As where the path of the solution comes before that of the opening.
    org.deploy(off('flows/Woo_Attention_Opened.flow'));
    expect(again()).toEqual(before);
    org.deploy(shipped);
    expect(again()).toEqual(before);
  });

  it('is not told where it is open again by then', () => {
    const id = org.open();
    org.look();
    org.solve(id);
    org.change(id, { State__c: 'open' });
    org.look();
    expect(org.sent().filter((line) => line.includes('Solved: '))).toEqual([]);
  });

  it('keeps whom it told where the opening is written again, since its answer was lost', () => {
    const id = org.open();
    org.look();
    const before = org.told(id);
    org.change(id, { State__c: 'open', Solved_At__c: null, Since__c: '2026-03-01T10:01:00Z' });
    org.look();
    expect(org.told(id)).toBe(before);
    org.solve(id);
    org.look();
    expect(org.sent().at(-1)).toBe('mail ada@example.com: Solved: Matter of store_late');
  });

  it('is told where many could not be, and once', () => {
    const names = Array.from({ length: 12 }, (_, at) => `somebody-who-left-${at}@example.com`);
    for (const [at, name] of names.entries())
      org.deploy(recipient(`Left_${at}`, { Recipient__c: name }));
    const id = org.open();
    org.look();
    org.solve(id);
    org.look();
    expect(org.told(id)).toContain(' When solved: Told: Bell to 1.');
  });

  it('is not told of what nobody was told of', () => {
    org.deploy({
      ...recipient('Ada', { Recipient__c: 'ada@example.com', Solved__c: true, Active__c: false }),
      ...recipient('Rep', { Recipient__c: 'rep@example.com', Active__c: false }),
    });
    const id = org.open();
    org.look();
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com', Solved__c: true }));
    org.solve(id);
    org.look();
    expect(org.sent()).toEqual([]);
    expect(org.told(id)).toBe('Nobody told: no Woo Recipient is meant.');
  });
});

const off = (path: string): Files => ({
  [path]: (shipped[path] ?? '').replace('<status>Active', '<status>Obsolete'),
});

describe('a flow that is switched off', () => {
  it('tells nobody, and nothing is said of it', () => {
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com' }));
    org.deploy(off('flows/Woo_Attention_Opened.flow'));
    const id = org.open();
    org.look();
    expect([org.sent(), org.told(id)]).toEqual([[], null]);
  });

  it('and is run by another one is what the admin hears of', () => {
    org.deploy(recipient('Ada', { Recipient__c: 'ada@example.com' }));
    org.deploy(off('flows/Woo_Tell.flow'));
    const id = org.open();
    expect(runScheduled(org.data)).toEqual([expect.stringContaining('Woo_Tell is not active')]);
    expect([org.sent(), org.told(id)]).toEqual([[], null]);
  });
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
      subject: 'Main: 2 open, 1 new and 1 solved since yesterday',
      body: [
        'Main: 2 open, 1 new and 1 solved since yesterday.',
        '',
        'The oldest open attentions:',
        '- Matter of conflict (3 records), open since 2026-02-20 10:00 UTC',
        '- Matter of store_late, open since 2026-03-01 10:00 UTC',
        '',
        'The list Open Attentions of the tab Woo Attentions has all of them, with what to do.',
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
        subject: 'Main: 0 open, 0 new and 1 solved since yesterday',
        body: 'Main: 0 open, 0 new and 1 solved since yesterday.\n\nNothing is open.',
      }),
    ]);
    org.pass(24);
    expect(org.data.sent.list()).toHaveLength(1);
    expect(said()).toMatch(/UTC. Nobody told: nothing was open, and nothing solved\.$/);
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
