import { beforeEach, describe, expect, it } from 'vitest';
import { runScheduled } from '../../timed/scheduled.ts';
import { recipient } from './custom-metadata.ts';
import { Telling } from './telling.ts';
import { off } from './shipped-flows.ts';

let org: Telling;
beforeEach(() => {
  org = new Telling();
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
