import { beforeEach, describe, expect, it } from 'vitest';
import { off, shipped } from './shipped-flows.ts';
import { recipient } from './custom-metadata.ts';
import { Telling } from './telling.ts';

let org: Telling;
beforeEach(() => {
  org = new Telling();
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

  it('is told under the title that was told', () => {
    const id = org.open();
    org.look();
    org.change(id, { Title__c: 'Another one' });
    org.solve(id);
    org.look();
    expect(org.sent().at(-1)).toBe('mail ada@example.com: Solved: Matter of store_late');
    org.change(id, { State__c: 'open' });
    org.look();
    org.solve(id);
    org.look();
    expect(org.sent().at(-1)).toBe('mail ada@example.com: Solved: Another one');
  });

  it('is told under its title where it was told before that was kept', () => {
    const id = org.open();
    org.look();
    org.change(id, { Told_Title__c: null });
    org.solve(id);
    org.look();
    expect(org.sent().at(-1)).toBe('mail ada@example.com: Solved: Matter of store_late');
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
