import { it } from 'vitest';

import type { Org } from '../../local/org/org.ts';
import { orgUnderTest } from '../../scripts/test-org/org-under-test.ts';
import type { JourneyWorld } from './journey-world.ts';
import { openOrgUnderTest } from './opened-org.ts';
import { openWorld } from './support.ts';

/** The world of `npm run test:org -- --target-org`; a local org where none is given. */
export async function openJourney(orders: number): Promise<JourneyWorld> {
  const org = orgUnderTest();
  return org === null ? openWorld(orders) : openOrgUnderTest(org, orders);
}

/** @throws Error where the org is not the local one: a journey that needs its control is skipped for others */
export function controlOf({ org }: Pick<JourneyWorld, 'org'>): Org {
  if (org !== null) return org;
  throw new Error(
    'The org under test is not the local org, so that nothing of its control is there.',
  );
}

const WRITTEN = [
  'Account',
  'Contact',
  'Product2',
  'Woo_Order__c',
  'Woo_Order_Item__c',
  'Woo_Refund__c',
];

/** What differs once the sync has written to the org: its count of calls that write, or when records of the store were written last. */
export async function writesIn(world: JourneyWorld): Promise<unknown> {
  if (world.org !== null) return world.org.requestLog.totals().writes;
  const last: unknown[] = [];
  for (const object of WRITTEN) {
    const soql = `SELECT COUNT(Id) records, MAX(SystemModstamp) written FROM ${object} WHERE Woo_Key__c LIKE 'main:%'`;
    last.push(await world.orgRow(soql));
  }
  return last;
}

/** Whether the org is another than the local one. */
export const isElsewhere = orgUnderTest() !== null;

/** A test that needs the control of the local org. @param why what another org does not give; is said where it is skipped */
export function itLocally(name: string, why: string, test: () => Promise<void>): void {
  it(name, async ({ skip }) => {
    skip(isElsewhere, why);
    await test();
  });
}
