import { describe, expect, it } from 'vitest';
import { conversionInto, decideLead } from '../../../src/sync/leads/decide-lead.ts';
import type { OpenLead } from '../../../src/sync/leads/lead-search.ts';

const USER = '005000000000001AAA';
const QUEUE = '00G000000000001AAA';
const lead = (id: string, more: Partial<OpenLead> = {}): OpenLead => ({
  id,
  ownerId: USER,
  contactId: null,
  ...more,
});
const ONE = lead('00Q1');
const LINKED = lead('00Q1', { contactId: '0031' });

interface Case {
  readonly rule?: 'convert' | 'link';
  readonly status?: string | null;
  readonly isGuest?: boolean;
  readonly linkRefusal?: string | null;
}

/** @returns what becomes of the leads, with the code of a failure */
function decided(found: readonly OpenLead[], given: Case = {}): string {
  const { rule = 'convert', status = 'Closed', isGuest = false, linkRefusal = null } = given;
  const settings = { rule, convertedStatus: status };
  const object = { refusal: null, linkRefusal, columns: [] };
  const made = decideLead(settings, object, { isGuest }, found);
  return made.kind === 'fail' ? `fail ${made.said.code}` : made.kind;
}

describe('the open leads of a buyer', () => {
  const blind = { linkRefusal: 'it is not seen' };

  it.each([
    ['none', [], {}, 'leave'],
    ['several', [ONE, lead('00Q2')], {}, 'fail LEADS_AMBIGUOUS'],
    ['one of a customer', [ONE], {}, 'convert'],
    ['one that is linked, of a customer', [LINKED], {}, 'convert'],
    ['one without a status for it', [ONE], { status: null }, 'fail LEAD_STATUS_MISSING'],
    ['one of a guest', [ONE], { isGuest: true }, 'link'],
    ['one of a guest, without a status', [ONE], { isGuest: true, status: null }, 'link'],
    ['one of a guest, where none is linked', [ONE], { isGuest: true, ...blind }, 'leave'],
    ['one that is only to be linked', [ONE], { rule: 'link' }, 'link'],
    ['one that is linked already', [LINKED], { rule: 'link' }, 'leave'],
    ['one that cannot be linked', [ONE], { rule: 'link', ...blind }, 'fail LEADS_NOT_GRANTED'],
  ] as const)('%s: %#', (_, found, given, becomes) => {
    expect(decided(found, given)).toBe(becomes);
  });
});

describe('a conversion', () => {
  const facts = { accountId: '0011', ownerId: '005000000000002AAA' };
  const into = (one: OpenLead, accountId: string | null = facts.accountId) =>
    conversionInto(
      '0031',
      { ...facts, accountId },
      {
        kind: 'convert',
        lead: one,
        convertedStatus: 'Closed',
      },
    );

  it('goes into the contact and its account, and names an owner only for the lead of a queue', () => {
    const ids = { leadId: '00Q1', accountId: '0011', contactId: '0031' };
    expect(into(ONE)).toEqual({ ...ids, convertedStatus: 'Closed', ownerId: null });
    expect(into(lead('00Q1', { ownerId: QUEUE }))).toMatchObject({
      ...ids,
      ownerId: facts.ownerId,
    });
  });

  it('makes no account', () => {
    expect(into(ONE, null)).toMatchObject({ code: 'LEAD_NO_ACCOUNT', recordId: '00Q1' });
  });
});
