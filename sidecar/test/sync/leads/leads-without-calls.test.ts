import { expect, it } from 'vitest';
import { StoreBudgets } from '../../../src/engine/budget/store-budgets.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { LeadConversion } from '../../../src/ports/org.ts';
import { MemoryCallLedger } from '../../support/memory-call-ledger.ts';
import { ADA, CustomerWorld } from '../merge/customer-world.ts';

const NOON = new Date('2026-11-28T12:00:00Z');
const CALLS = ['write', 'queries', 'describe', 'convertLeads'] as const;

/** A buyer with an open lead, and a store with so many API calls for the day. */
function world(rule: 'convert' | 'link', dailyCalls: number) {
  const customers = new CustomerWorld(undefined, {
    leads: { rule, convertedStatus: 'Closed' },
  });
  const { org } = customers;
  const lead = org.addLead({ OwnerId: '005000000000001AAA' });
  const budget = { dailyCalls, dailyShare: null };
  const quiet = () => undefined;
  const budgets = new StoreBudgets({
    ledger: new MemoryCallLedger(),
    usage: () => null,
    clock: { now: () => NOON, sleep: () => Promise.resolve() },
    log: { info: quiet, warn: quiet, error: quiet },
    stores: () => [{ store: { key: 'main' }, label: 'Main', budget }],
  });
  const allowance = budgets.allowance('changes', 'main');
  const converted: string[] = [];
  let made = 0;
  for (const name of CALLS) {
    const call = Reflect.get(org, name).bind(org) as (...given: unknown[]) => Promise<unknown>;
    Object.assign(org, {
      [name]: async (...given: unknown[]) => {
        allowance.spend();
        made += 1;
        if (name === 'convertLeads')
          converted.push(...(given[0] as LeadConversion[]).map(({ leadId }) => leadId));
        return call(...given);
      },
    });
  }
  const raise = () => Object.assign(budget, { dailyCalls: 10_000 });
  const calls = () => made;
  return { customers, org, lead, converted, budget, raise, calls };
}

/** @returns whether the calls of the day were enough */
async function isLoaded({ customers }: ReturnType<typeof world>): Promise<boolean> {
  try {
    await customers.load({ ...ADA, is_paying_customer: true });
    return true;
  } catch (error) {
    if (!(error instanceof CodedError) || error.code !== 'SF_BUDGET_WAITS') throw error;
    return false;
  }
}

it('asks nothing and writes nothing for a buyer with a lead where the store has no API call', async () => {
  const one = world('convert', 0);
  expect(await isLoaded(one)).toBe(false);
  expect(one.calls()).toBe(0);
  expect(one.org.get('Lead', one.lead)).toMatchObject({ IsConverted: false });
});

it.each(['convert', 'link'] as const)(
  'does it once (%s) wherever the calls of the day end, as soon as there are more',
  async (rule) => {
    let ended = 0;
    for (let calls = 0; calls < 100; calls += 1) {
      const one = world(rule, calls);
      const isWhole = await isLoaded(one);
      one.raise();
      if (!isWhole) expect(await isLoaded(one)).toBe(true);
      const { Id: contact } = one.customers.only('Contact');
      expect(one.org.get('Lead', one.lead)).toMatchObject(
        rule === 'convert'
          ? { IsConverted: true, ConvertedContactId: contact }
          : { IsConverted: false, Woo_Contact__c: contact },
      );
      expect(one.converted).toEqual(rule === 'convert' ? [one.lead] : []);
      if (isWhole) break;
      ended += 1;
    }
    expect(ended).toBeGreaterThan(3);
  },
);
