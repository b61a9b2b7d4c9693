import { beforeEach, describe, expect, it } from 'vitest';
import { value, type Files } from '../../../metadata/test/packages.ts';
import { recipient } from './custom-metadata.ts';
import { Telling } from './telling.ts';

let org: Telling;
beforeEach(() => {
  org = new Telling();
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
