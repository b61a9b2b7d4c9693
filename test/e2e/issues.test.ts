import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { file, value } from '../../local/org/metadata/test/packages.ts';
import { packageOf, projectSource } from '../../local/org/metadata/test/project.ts';
import { RULE_PREFIX } from '../../scripts/test-org/changed-setup.ts';
import { eventually } from './eventually.ts';
import type { JourneyWorld } from './journey-world.ts';
import { controlOf, itLocally, openJourney } from './journeys.ts';
import { figure, idle, LiveWorld } from './live-world.ts';
import { type Edit, type File, record, set } from './metadata.ts';
import type { RunningService } from './service.ts';

const ISSUE_FIELDS = [
  'Issue_Key__c',
  'Kind__c',
  'Store__c',
  'Resource__c',
  'Woo_Id__c',
  'Salesforce_Object__c',
  'Record_Id__c',
  'Code__c',
  'Field__c',
  'Reason__c',
  'What_To_Do__c',
  'Attempts__c',
  'State__c',
  'Resolution__c',
];
const GUEST = 'zenobia.private@example.com';

let world: JourneyWorld;
let live: LiveWorld;
let service: RunningService;

beforeAll(async () => {
  world = await openJourney(10);
  live = new LiveWorld(world);
  service = await live.start();
});

afterAll(async () => {
  await world.close();
});

/** A rule of the admin that refuses records, with the words that it says. */
function rule(object: string, condition: string, field: string, message: string): File {
  const xml = `<validationRules>
    <fullName>${RULE_PREFIX}Refuses</fullName><active>true</active>
    <errorConditionFormula>${condition}</errorConditionFormula>
    <errorDisplayField>${field}</errorDisplayField><errorMessage>${message}</errorMessage>
  </validationRules>`;
  return [`objects/${object}.object`, file('CustomObject', xml)];
}

const refuseUnicorns = (message: string): Promise<void> =>
  world.deploy(rule('Product2', 'Name = &quot;Unicorn&quot;', 'Name', message));

/** Ids of three products that can be bought. */
function threeProducts(): readonly number[] {
  const ids = world.store.shop.products
    .all()
    .map((entry) => entry.read())
    .filter(({ status, type }) => status === 'publish' && type === 'simple')
    .map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(2);
  return ids.slice(0, 3);
}

function issueOf(key: string): Promise<Record<string, unknown> | undefined> {
  return world.orgRow(
    `SELECT ${ISSUE_FIELDS.join(', ')} FROM Woo_Sync_Issue__c WHERE Issue_Key__c = '${key}'`,
  );
}

const issuesOpen = () =>
  world.admin.query(
    "SELECT Id FROM Woo_Sync_Issue__c WHERE State__c = 'open' AND Store__c = 'main'",
  );

async function issueSays(key: string, values: Readonly<Record<string, unknown>>): Promise<void> {
  await eventually(async () => {
    expect(await issueOf(key)).toMatchObject(values);
  });
}

/** Edits the configuration as an admin does, and has it read. */
async function configure(changed: File): Promise<void> {
  await world.deploy(changed);
  const { code, stdout, stderr } = await world.sidecar(['reload']);
  expect(code, `${stdout}${stderr}`).toBe(0);
}

/** What the command says that tries all open issues again. */
async function retryAll(): Promise<string> {
  const waiting = { Type__c: 'retry', State__c: 'waiting', Store__c: 'main' };
  const { id } = await world.admin.sobject('Woo_Command__c').create(waiting);
  return eventually(async () => {
    const row = await world.orgRow(
      `SELECT State__c, Result__c FROM Woo_Command__c WHERE Id = '${String(id)}'`,
    );
    expect(row).toMatchObject({ State__c: 'done' });
    return String(row?.['Result__c']);
  });
}

/** What is refused in one test and mended in another. */
let refused: number;
let refusedGuest: number;

const productIssue = () => `product:Product2:main:${refused}`;

describe('a record that Salesforce refuses', () => {
  it('fault 31: is an issue that says why and what to do, and its neighbours arrive', async () => {
    await refuseUnicorns('There are no unicorns.');
    const [before = 0, between = 0, after = 0] = threeProducts();
    refused = between;
    world.store.edits.updateProduct(before, { name: 'Horse' });
    world.store.edits.updateProduct(refused, { name: 'Unicorn' });
    world.store.edits.updateProduct(after, { name: 'Donkey' });
    await live.arrives('Product2', before, { Name: 'Horse' });
    await live.arrives('Product2', after, { Name: 'Donkey' });
    await issueSays(productIssue(), {
      Kind__c: 'failed',
      Store__c: 'main',
      Resource__c: 'product',
      Woo_Id__c: `${refused}`,
      Salesforce_Object__c: 'Product2',
      Code__c: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      Field__c: 'Name',
      Attempts__c: 1,
      State__c: 'open',
      Resolution__c: null,
      Record_Id__c: (await live.inOrg('Product2', refused, []))?.['Id'],
      Reason__c: expect.stringContaining('There are no unicorns.') as string,
      What_To_Do__c: expect.stringMatching(/rule/i) as string,
    });
  });

  it('counts how often it was tried', async () => {
    const attempts = async () => Number((await issueOf(productIssue()))?.['Attempts__c']);
    await refuseUnicorns('Still no unicorns.');
    const before = await attempts();
    world.store.edits.updateProduct(refused, { description: 'With a horn' });
    // At least once: a sweep may meet the same edit as its webhook.
    await eventually(async () => {
      expect(await attempts()).toBeGreaterThan(before);
    });
    await issueSays(productIssue(), {
      State__c: 'open',
      Reason__c: expect.stringContaining('Still no unicorns.') as string,
    });
    expect(await figure(service, 'woo_salesforce_open_issues', 'store="main"')).toBe(1);
  });
});

describe('an issue of a mapping that is broken meanwhile', () => {
  const productMapping = (...edits: readonly Edit[]) =>
    configure(record('Woo_Mapping.Product', ...edits));

  it('stays open while nothing of it is written, whoever tries it again', async () => {
    await configure(
      record('Woo_Field_Mapping.Product_Stock', set('Woo_Path__c', 'stock_quantiti')),
    );
    expect(await retryAll()).toMatch(/1 open issue tried again: 0 resolved, 1 still open/);
    expect(await issueOf(productIssue())).toMatchObject({ State__c: 'open', Resolution__c: null });
    await refuseUnicorns('Unicorns are still not for sale.');
    await configure(record('Woo_Field_Mapping.Product_Stock'));
    await issueSays(productIssue(), {
      State__c: 'open',
      Reason__c: expect.stringContaining('still not for sale') as string,
    });
  });

  it('is closed with the reason when the mapping is switched off, and tried again by itself with it', async () => {
    await productMapping([/(<field>Active__c<\/field>\s*<value[^>]*>)true/, '$1false']);
    await issueSays(productIssue(), {
      State__c: 'resolved',
      Resolution__c: null,
      Code__c: 'ISSUE_NOT_MAPPED',
      Reason__c: expect.stringContaining('still not for sale') as string,
    });
    await productMapping();
    await issueSays(productIssue(), {
      State__c: 'open',
      Code__c: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    });
  });
});

describe('a guest whom Salesforce refuses', () => {
  it('is an issue without the address, and the order arrives', async () => {
    await world.deploy(
      rule('Contact', `Email = &quot;${GUEST}&quot;`, 'Email', 'Not this person.'),
    );
    const [guest] = live.completed(
      ({ customer_id, billing }) => customer_id === 0 && billing.email?.includes('@') === true,
    );
    refusedGuest = world.store.edits.addOrder(guest?.id ?? 0, { billing: { email: GUEST } }).id;
    await live.arrives('Woo_Order__c', refusedGuest, { Contact__c: null, Status__c: 'completed' });
    const found = await eventually(async () => {
      const all = await world.admin.query(
        `SELECT ${ISSUE_FIELDS.join(', ')} FROM Woo_Sync_Issue__c WHERE Salesforce_Object__c = 'Contact' AND Store__c = 'main'`,
      );
      expect(all.records).toHaveLength(1);
      return all.records[0];
    });
    expect(found).toMatchObject({
      Resource__c: 'customer',
      State__c: 'open',
      Field__c: 'Email',
      Woo_Id__c: expect.stringMatching(/^guest:[0-9a-f]{16}$/) as string,
      Reason__c: expect.stringContaining('Not this person.') as string,
    });
    expect(JSON.stringify(found)).not.toContain('zenobia.private');
    expect(JSON.stringify(service.log)).not.toContain('zenobia.private');
  });
});

describe('an order that Salesforce refuses', () => {
  const own = packageOf(projectSource());
  /** The object of orders with a rule that is active or not: a custom object is deployed whole. */
  const refuseNowhere = (active: boolean) => {
    const xml = rule(
      '',
      'Billing_City__c = &quot;Nowhere&quot;',
      'Billing_City__c',
      'No such city.',
    )[1];
    const [, inside = ''] = /(<validationRules>[^]*<\/validationRules>)/.exec(xml) ?? [];
    const path = 'objects/Woo_Order__c.object';
    const text = inside.replace('<active>true', `<active>${active}`);
    return world.deploy([
      path,
      (own[path] ?? '').replace('</CustomObject>', `${text}</CustomObject>`),
    ]);
  };
  const openParts = () =>
    world.admin.query(
      `SELECT Issue_Key__c FROM Woo_Sync_Issue__c WHERE Salesforce_Object__c IN ('Woo_Order_Item__c', 'Woo_Refund__c') AND State__c = 'open'`,
    );

  const why = 'a custom object is deployed whole, and another org may have changed it';
  itLocally('is one issue with its items and refunds, and heals as one', why, async () => {
    await refuseNowhere(true);
    const [like] = live.completed(({ line_items }) => line_items.length > 0);
    const order = world.store.edits.addOrder(like?.id ?? 0, { billing: { city: 'Nowhere' } });
    for (const amount of ['0.01', '0.02']) world.store.edits.addRefund(order.id, amount);
    const key = `order:Woo_Order__c:main:${order.id}`;
    await issueSays(key, {
      State__c: 'open',
      Code__c: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      Reason__c: expect.stringMatching(
        /No such city\.[^]*With it \d+ items? waits?: main:[^]*With it 2 refunds wait: main:/,
      ) as string,
    });
    expect((await openParts()).totalSize).toBe(0);
    expect(await figure(service, 'woo_salesforce_open_issues', 'store="main"')).toBe(
      (await issuesOpen()).totalSize,
    );
    await refuseNowhere(false);
    const issue = await world.orgRow(
      `SELECT Id FROM Woo_Sync_Issue__c WHERE Issue_Key__c = '${key}'`,
    );
    const wish = { Id: String(issue?.['Id']), Resolution__c: 'retry' };
    expect((await world.admin.sobject('Woo_Sync_Issue__c').update(wish)).success).toBe(true);
    await live.arrives('Woo_Order__c', order.id, { Billing_City__c: 'Nowhere' });
    await issueSays(key, { State__c: 'resolved' });
    const parts = await world.orgRow(
      `SELECT (SELECT Id FROM Order_Items__r), (SELECT Id FROM Refunds__r) FROM Woo_Order__c WHERE Woo_Key__c = 'main:${order.id}'`,
    );
    expect(parts).toMatchObject({ Refunds__r: { totalSize: 2 } });
    expect((await openParts()).totalSize).toBe(0);
  });
});

describe('what is refused no longer', () => {
  it('is no issue any more, with no hand lifted in Salesforce', async () => {
    world.store.edits.updateProduct(refused, { name: 'Zebra' });
    await live.arrives('Product2', refused, { Name: 'Zebra' });
    await world.deploy(rule('Contact', 'false', 'Email', 'Nobody.'));
    world.store.edits.updateOrder(refusedGuest, { customer_note: 'Here I am again' });
    const contact = await live.arrives('Contact', `guest:${GUEST}`, { Email: GUEST });
    await live.arrives('Woo_Order__c', refusedGuest, { Contact__c: contact });
    await eventually(async () => {
      expect(await figure(service, 'woo_salesforce_open_issues')).toBe(0);
    });
    await issueSays(productIssue(), { State__c: 'resolved', Resolution__c: 'by_itself' });
  });
});

describe('the state of a store', () => {
  it('is shown in Salesforce: healthy, its webhooks, nothing that waits, and its open issues', async () => {
    await idle(service);
    await eventually(async () => {
      const row = await world.orgRow(
        "SELECT State__c, Message__c, Backlog__c, Lag_Seconds__c, Open_Issues__c, Webhooks__c, Last_Event__c, Last_Sweep__c, API_Calls_Limit__c FROM Woo_Store_Status__c WHERE Store__c = 'main'",
      );
      expect(row).toMatchObject({
        State__c: 'healthy',
        Message__c: null,
        Backlog__c: 0,
        Lag_Seconds__c: 0,
        Open_Issues__c: 0,
        API_Calls_Limit__c: world.org === null ? (expect.any(Number) as number) : 100_000,
        Last_Event__c: world.isTold ? (expect.any(String) as string) : null,
        Last_Sweep__c: expect.any(String) as string,
      });
      if (!world.isTold) return;
      const told = String(row?.['Webhooks__c']).split('\n');
      const topics = world.store.webhooks.all.all().map((entry) => entry.read().topic);
      expect(told.toSorted()).toEqual(topics.map((topic) => `${topic}: active`).toSorted());
    });
  });
});

describe('what a person is needed for', () => {
  const why = 'no other org tells what its flows have sent';
  itLocally(
    'rings for whom Woo Recipient names, once, and once more when it is solved',
    why,
    async () => {
      const { data, adminUsername } = controlOf(world);
      const heard = () =>
        data.sent
          .list()
          .flatMap((one) =>
            one.kind === 'notification' ? [`${one.users.join()}: ${one.title}`] : [],
          );
      const values = [
        value('Recipient__c', 'string', adminUsername),
        value('Kind__c', 'string', 'User'),
        ...['Active__c', 'Bell__c', 'Solved__c'].map((field) => value(field, 'boolean', 'true')),
      ];
      const recipient = file('CustomMetadata', `<label>Ada</label>${values.join('')}`);
      await world.deploy(['customMetadata/Woo_Recipient.Ada.md', recipient]);
      await configure(
        record('Woo_Field_Mapping.Order_Customer_Note', set('Woo_Path__c', 'customer_notee')),
      );
      // Items and refunds cannot be without their orders, and are held with them: one matter, and one bell.
      const title =
        '3 mappings are held, and nothing of them is written: Orders, Order Items, Refunds';
      await eventually(() => {
        expect(heard()).toContain(`${adminUsername}: ${title}`);
      });
      expect(
        await world.orgRow(
          "SELECT Told__c FROM Woo_Attention__c WHERE Cause__c = 'mapping_held' AND State__c = 'open'",
        ),
      ).toMatchObject({ Told__c: 'Told: Bell to 1.' });
      await configure(record('Woo_Field_Mapping.Order_Customer_Note'));
      await eventually(() => {
        expect(heard()).toContain(`${adminUsername}: Solved: ${title}`);
      });
      expect(heard().filter((one) => one.endsWith(title))).toHaveLength(2);
    },
  );
});
