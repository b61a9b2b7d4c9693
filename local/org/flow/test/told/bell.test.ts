import { beforeEach, describe, expect, it } from 'vitest';
import { createRecords } from '../../../write/batch.ts';
import { bare } from './shipped-flows.ts';
import { recipient } from './custom-metadata.ts';
import { Telling } from './telling.ts';

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
        Cause_Key__c: `main:conflict:${at}`,
        Cause__c: 'conflict',
        Store__c: 'main',
        State__c: 'open',
        Title__c: `Matter ${at}`,
        Body__c: 'Do this.',
        Records__c: 10_000,
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
