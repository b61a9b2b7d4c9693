import { beforeEach, describe, expect, it } from 'vitest';
import { recordsOf } from '../../../rest/flow-records.ts';
import { FlowFault } from '../../fault.ts';
import { serveFlows } from '../../system-records.ts';
import { recipient } from './custom-metadata.ts';
import { bare } from './shipped-flows.ts';
import { Telling } from './telling.ts';

let org: Telling;
beforeEach(() => {
  org = new Telling();
  org.group('Sales', 'Regular', [org.user('rep@example.com')]);
  org.deploy({
    ...recipient('Ada', { Recipient__c: 'ada@example.com', Bell__c: true, Mail__c: true }),
    ...recipient('Sales', {
      Recipient__c: 'Sales',
      Kind__c: 'Group',
      Bell__c: true,
      Mail__c: true,
    }),
  });
});

/** Queries whose text matches are refused. */
function refuse(pattern: RegExp): void {
  serveFlows(org.data, (userId) => {
    const records = recordsOf(org.data, { userId });
    const find: typeof records.find = (lookups) => {
      const found = records.find(lookups);
      return lookups.map(({ soql }, at) =>
        pattern.test(soql) ? new FlowFault('Too busy.') : (found[at] ?? []),
      );
    };
    return { ...records, find };
  });
}

describe('what cannot be read', () => {
  const oneOfTwo = 'Told: Not read: Too busy. Bell to 1. E-mail to 1. Not there or not active: ';

  it.each([
    ['recipients', /Woo_Recipient__mdt/, 'Nobody told: Not read: Too busy.'],
    ['users', /FROM User WHERE Username/, `${oneOfTwo}user:ada@example.com.`],
    ['groups', /FROM Group /, `${oneOfTwo}group:sales.`],
    ['members', /GroupMember/, 'Told: Not read: Too busy. Bell to 2. E-mail to 1.'],
    ['the kind of bell', /CustomNotificationType/, 'Told: Bell refused: Too busy. E-mail to 2.'],
    ['the store', /Woo_Store__mdt/, 'Told: Bell to 2. E-mail refused: Too busy.'],
    ['addresses', /FROM User WHERE Id/, 'Told: Bell to 2. E-mail refused: Too busy.'],
  ])('keeps nobody from being told by what can be: %s', (_, pattern, told) => {
    refuse(pattern);
    const id = org.open();
    org.look();
    expect(org.told(id)).toBe(told);
  });

  it('of the sender for every store neither', () => {
    refuse(/Woo_Store__mdt/);
    const id = org.open('org_out', { Store__c: null });
    org.look();
    expect(org.told(id)).toBe('Told: Bell to 2. E-mail refused: Too busy.');
  });
});

it('that it cannot be kept who was told keeps nobody from being told', () => {
  const rule = `<validationRules><fullName>Keep</fullName><active>true</active>
    <errorConditionFormula>NOT(ISBLANK(Told__c))</errorConditionFormula>
    <errorMessage>No.</errorMessage></validationRules></CustomObject>`;
  const object = bare('Woo_Attention__c').replace('</CustomObject>', rule);
  org.deploy({ 'objects/Woo_Attention__c.object': object });
  const id = org.open();
  org.look();
  expect(org.sent()).toHaveLength(2);
  org.solve(id);
  org.look();
  expect(org.told(id)).toBeNull();
});
