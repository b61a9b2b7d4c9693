import { expect } from 'vitest';
import { createOrgData } from '../../../data/org-data.ts';
import { seed } from '../../../data/people/seed.ts';
import { deployFiles, failuresOf, type Files } from '../../../metadata/test/packages.ts';
import { recordsOf } from '../../../rest/flow-records.ts';
import { createRecords, updateRecords } from '../../../write/batch.ts';
import { runScheduled } from '../../timed/scheduled.ts';
import { serveFlows } from '../../system-records.ts';
import { shipped } from './shipped-flows.ts';
import { record } from './custom-metadata.ts';

const START = Date.parse('2026-03-01T10:00:00Z');
const HOUR = 3_600_000;
export const ADDRESS = 'https://acme.my.example';
export const SENDER = 'woo@local-org.example';

export class Telling {
  private now = START;
  readonly data = createOrgData({ now: () => new Date(this.now) });
  readonly admin: string;
  private readonly sync: string;

  constructor(sender: string | null = SENDER) {
    this.data.address = ADDRESS;
    seed(this.data, {
      adminUsername: 'ada@example.com',
      integrationUsername: 'woo-sync@example.com',
      repUsername: 'rep@example.com',
    });
    serveFlows(this.data, (userId) => recordsOf(this.data, { userId }));
    this.admin = this.user('ada@example.com');
    this.sync = this.user('woo-sync@example.com');
    this.deploy({
      ...shipped,
      ...record('Woo_Store', 'Main', {
        Key__c: 'main',
        Active__c: true,
        URL__c: 'https://shop.example',
        ...(sender === null ? {} : { Sender__c: sender }),
      }),
    });
    this.insert('OrgWideEmailAddress', {
      Address: SENDER,
      DisplayName: 'Shop',
      IsAllowAllProfiles: true,
      IsVerified: true,
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
      Cause_Key__c: `main:${cause}`,
      Cause__c: cause,
      Store__c: 'main',
      State__c: 'open',
      Title__c: `Matter of ${cause}`,
      Body__c: 'Do this.',
      Records__c: 1,
      Since__c: new Date(this.now).toISOString(),
      ...more,
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
        Username: `${name}@example.com`,
        Email: `${name}@example.com`,
        LastName: name,
        Alias: name.slice(-8),
        ProfileId: profile,
        TimeZoneSidKey: 'GMT',
        LocaleSidKey: 'en_US',
        LanguageLocaleKey: 'en_US',
        EmailEncodingKey: 'UTF-8',
      });
    });
  }
}
