import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { file } from '../../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../../local/org/metadata/test/project.ts';
import { RULE_PREFIX } from '../../scripts/test-org/changed-setup.ts';
import { eventually } from './eventually.ts';
import { ToldWorld } from './told-world.ts';

/** Of the shop; two thirds of them are completed, which are those that are synced. */
const ORDERS = 1000;

const OBJECTS = packageOf(projectSource());

let told: ToldWorld;

beforeAll(async () => {
  told = await ToldWorld.open(ORDERS);
  await told.live.start();
  await eventually(async () => {
    expect(await count("SELECT COUNT() FROM Woo_Order__c WHERE Status__c = 'completed'")).toBe(
      told.live.completed().length,
    );
  });
});

afterAll(async () => {
  await told.world.close();
});

const count = async (soql: string) => (await told.world.admin.query(soql)).totalSize;

/** A rule of the admin that refuses records, with the words that it says. */
async function refuse(object: string, field: string, word: string, message: string): Promise<void> {
  const xml = `<validationRules>
    <fullName>${RULE_PREFIX}Refuses</fullName><active>true</active>
    <errorConditionFormula>${field} = &quot;${word}&quot;</errorConditionFormula>
    <errorDisplayField>${field}</errorDisplayField><errorMessage>${message}</errorMessage>
  </validationRules>`;
  const path = `objects/${object}.object`;
  // A custom object is deployed whole, and rules of a standard one alone.
  const whole = OBJECTS[path]?.replace('</CustomObject>', `${xml}</CustomObject>`);
  const isOwn = object.endsWith('__c');
  await told.world.deploy([path, (isOwn && whole) || file('CustomObject', xml)]);
}

const issueOf = (product: number) =>
  told.world.orgRow(
    `SELECT Id, State__c, Reason__c FROM Woo_Sync_Issue__c WHERE Issue_Key__c = 'product:Product2:main:${product}'`,
  );

async function issueSays(product: number, values: Readonly<Record<string, unknown>>) {
  return eventually(async () => {
    const issue = await issueOf(product);
    expect(issue).toMatchObject(values);
    return String(issue?.['Id']);
  });
}

/** As a person does on the page of the issue. */
async function decide(Id: string, values: Readonly<Record<string, string>>): Promise<void> {
  const { success } = await told.world.admin.sobject('Woo_Sync_Issue__c').update({ Id, ...values });
  expect(success).toBe(true);
}

describe('an admin', () => {
  it('hears once of hundreds of orders that Salesforce refuses for one reason', async () => {
    await refuse('Woo_Order__c', 'Billing_City__c', 'Nowhere', 'There is no such city.');
    const all = told.live.completed();
    const half = Math.ceil(all.length / 2);
    expect(half).toBeGreaterThan(250);
    const fail = (orders: typeof all) => {
      for (const { id } of orders)
        told.world.store.edits.updateOrder(id, { billing: { city: 'Nowhere' } });
    };
    fail(all.slice(0, half));
    await told.hears(/\(order\) cannot be synced/);
    fail(all.slice(half));
    await eventually(async () => {
      const issues = await told.world.admin.query(
        "SELECT Reason__c FROM Woo_Sync_Issue__c WHERE Salesforce_Object__c = 'Woo_Order__c' AND State__c = 'open'",
      );
      const Reason__c = expect.stringContaining(`${all.length} records (order)`) as string;
      expect(issues.records).toContainEqual(expect.objectContaining({ Reason__c }));
    });
    // The state of the store, and with it each cause, is written anew.
    await told.tellAfter(60);
    await told.tellAfter(0);
    const causes = await told.world.admin.query(
      "SELECT Id, Records__c FROM Woo_Attention__c WHERE Cause__c = 'issue_lasts' AND About__c = 'order'",
    );
    expect(causes.records).toMatchObject([{ Records__c: all.length }]);
    expect(told.times(/\(order\)/)).toEqual([1, 1]);
    const path = `/lightning/r/Woo_Attention__c/${String(causes.records[0]?.['Id'])}/view`;
    expect(told.linkIn(/\(order\)/)).toBe(`${told.world.orgUrl}${path}`);
  });

  it('is not told of an issue that a person ignores', async () => {
    const { products } = told.world.store.shop;
    const [ignored = 0, open = 0] = products
      .all()
      .map((entry) => entry.read())
      .filter(({ status, type }) => status === 'publish' && type === 'simple')
      .map(({ id }) => id);
    await told.tellAfter(60);
    await refuse('Product2', 'Name', 'Unicorn', 'No unicorns.');
    for (const id of [ignored, open]) told.world.store.edits.updateProduct(id, { name: 'Unicorn' });
    const State__c = 'open';
    await decide(await issueSays(ignored, { State__c }), { State__c: 'ignored' });
    const Id = await issueSays(open, { State__c });
    // A decision is read by the query that finds what is ignored. Another reason is told at once, one more attempt is not.
    await refuse('Product2', 'Name', 'Unicorn', 'Never any unicorns.');
    await decide(Id, { Resolution__c: 'retry' });
    await issueSays(open, { State__c, Reason__c: expect.stringContaining('Never') as string });
    await told.tellAfter(0);
    await told.hears(/\(product\) cannot be synced/);
    expect(told.times(/: 1 record \(product\) cannot/)).toEqual([1, 1]);
    expect(told.times(/\(product\)/)).toEqual([1, 1]);
    expect(await issueOf(ignored)).toMatchObject({ State__c: 'ignored' });
  });

  it('hears once of a shop whose firewall refuses the service, and once that it is solved', async () => {
    const title = /Main Store is stopped|webhooks of Main Store/;
    told.world.store.faults.add({
      kind: 'status',
      status: 403,
      retry_after: undefined,
      times: 100_000,
      on: undefined,
    });
    await told.hears(title);
    await eventually(async () => {
      const status = "SELECT State__c FROM Woo_Store_Status__c WHERE Store__c = 'main'";
      expect(await told.world.orgRow(status)).toMatchObject({ State__c: 'paused' });
    });
    expect(await count("SELECT COUNT() FROM Woo_Attention__c WHERE Cause__c = 'key_refused'")).toBe(
      1,
    );
    expect(told.times(title)).toEqual([1, 1]);
    told.world.store.faults.clear();
    await told.hears(/^Solved: .*Main Store/);
    expect(told.times(title)).toEqual([2, 2]);
  });
});
