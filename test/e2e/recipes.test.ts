import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { CustomerRecord, OrderRecord } from '../../local/store/core/records.ts';
import { endpointOf } from '../../scripts/lib/install/outbound.ts';
import { root } from '../../scripts/lib/sf.ts';
import { eventually } from './eventually.ts';
import { LiveWorld } from './live-world.ts';
import { type Edit, type File, mustDeploy, record, set } from './metadata.ts';
import { openWorld, type World } from './support.ts';

const RECIPES = join(root, 'config/recipes');
/** What an admin replaces by the id of the org's price book. */
const PRICE_BOOK = '01s000000000000AAA';
/** What an admin replaces by the ids of the org's campaigns: one of a link, and one of all other orders. */
const CAMPAIGNS = ['701000000000000AAA', '701000000000001AAA'];
/** So that orders of several statuses arrive. */
const PAID_OR_LOST = [
  set('Operator__c', 'in'),
  set('Value__c', 'completed;processing;refunded;cancelled'),
];

/** Deploys recipes as an admin does, and gives the integration user their permission sets. */
async function deploy(
  world: World,
  recipes: readonly string[],
  permissionSets: readonly string[],
  ids: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const sf = await world.sf();
  // Within the project, where the CLI looks for its sources.
  const copy = mkdtempSync(join(RECIPES, 'deployed-'));
  try {
    for (const recipe of recipes) cpSync(join(RECIPES, recipe), copy, { recursive: true });
    for (const file of readdirSync(copy, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.xml')) continue;
      const path = join(copy, file);
      const text = readFileSync(path, 'utf8');
      const replaced = Object.entries(ids).reduce(
        (xml, [id, real]) => xml.replaceAll(id, real),
        text,
      );
      writeFileSync(path, replaced);
    }
    await sf.must(['project', 'deploy', 'start', '-d', copy], { env });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  if (permissionSets.length === 0) return;
  // The administrator of the tests looks at the new fields too.
  const names = permissionSets.flatMap((name) => ['--name', name]);
  const assign = ['org', 'assign', 'permset', ...names];
  await sf.must(assign);
  await sf.must([...assign, '--on-behalf-of', world.org.integrationUsername]);
}

async function inOrg(world: World, soql: string): Promise<Record<string, unknown>[]> {
  return (await world.admin.query(soql)).records;
}

function orderOf(world: World, fits: (order: OrderRecord) => boolean): OrderRecord {
  const found = world.store.shop.orders
    .all()
    .map((entry) => entry.read())
    .find((order) => order.status === 'completed' && fits(order));
  if (!found) throw new Error('the store has no such order');
  return found;
}

/** First page of a visit, longer than the field. */
const LANDING = `https://shop.example/?${'x'.repeat(300)}`;

/** Makes a completed order one of a buyer who followed the link of a campaign. */
function comeFrom(world: World, campaign: string): void {
  const { id, meta_data } = orderOf(world, ({ customer_id }) => customer_id > 0);
  const of = (end: string) => `_wc_order_attribution_${end}`;
  const values = {
    [of('source_type')]: 'utm',
    [of('utm_source')]: 'newsletter',
    [of('utm_campaign')]: campaign,
    [of('session_entry')]: LANDING,
  };
  const others = meta_data.filter(({ key }) => !(key in values));
  const own = Object.entries(values).map(([key, value], at) => ({ id: 900_000 + at, key, value }));
  world.store.edits.updateOrder(id, { meta_data: [...others, ...own] });
}

/** An entry of a form, as its plugin keeps it. @returns its id */
async function fillIn(world: World, name: string, email: string): Promise<number> {
  const entry = { type: 'form_entry', status: 'private', title: 'Contact' };
  const made = await fetch(`${world.storeUrl}/local/content`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...entry, meta: { name, email } }),
  });
  return ((await made.json()) as { readonly id: number }).id;
}

/** Users of the shop who are no customers are not synced. */
function customers(world: World): CustomerRecord[] {
  return world.store.shop.customers
    .all()
    .map((entry) => entry.read())
    .filter(({ role }) => role === 'customer');
}

function customerOf(world: World, fits: (customer: CustomerRecord) => boolean): CustomerRecord {
  const found = customers(world).find(fits);
  if (!found) throw new Error('the store has no such customer');
  return found;
}

/** Lines of completed orders of known customers whose product is in the trash. */
function linesOfTrash({ store: { shop } }: World): number[] {
  return shop.orders
    .all()
    .map((entry) => entry.read())
    .filter(({ status }) => status === 'completed')
    .flatMap(({ line_items }) => line_items)
    .filter((line) => shop.products.get(line.product_id)?.read().status === 'trash')
    .map(({ id }) => id);
}

/** A queue for records of an object, with nobody in it. */
const queueOf = (object: string): string =>
  '<Queue xmlns="http://soap.sforce.com/2006/04/metadata">' +
  '<doesSendEmailToMembers>false</doesSendEmailToMembers><name>Web leads</name>' +
  `<queueSobject><sobjectType>${object}</sobjectType></queueSobject></Queue>`;

/** An object of the project as it ships, with a record type. */
function withRecordType(object: string, name: string): string {
  const path = `force-app/main/default/objects/${object}/${object}.object-meta.xml`;
  const type = `<recordTypes><fullName>${name}</fullName><active>true</active><label>${name}</label></recordTypes>`;
  return readFileSync(join(root, path), 'utf8').replace('<sharingModel>', `${type}<sharingModel>`);
}

/** A field mapping like one that ships, under another name. @param recipe null for those of the project */
function fieldMapping(
  recipe: string | null,
  like: string,
  name: string,
  edits: readonly Edit[],
): File {
  const folder = recipe === null ? 'config/org/main/default' : `config/recipes/${recipe}`;
  const file = `Woo_Field_Mapping.${like}.md-meta.xml`;
  const xml = readFileSync(join(root, folder, 'customMetadata', file), 'utf8');
  const edited = edits.reduce((text, [search, put]) => text.replace(search, put), xml);
  return [`customMetadata/Woo_Field_Mapping.${name}.md`, edited];
}

describe('recipes in a plain org', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld(20);
  });

  afterAll(async () => {
    await world.close();
  });

  /** An entry of who has filled in a form before. */
  let secondEntry: number;

  /** With the password of the user who reads the site. */
  const backfill = () => {
    const { applicationUser, applicationPassword } = world.store;
    return world.backfill({
      WOO_MAIN_APP_USER: applicationUser,
      WOO_MAIN_APP_PASSWORD: applicationPassword,
    });
  };

  it('leads: who has an account in the shop and has not bought is a lead', async () => {
    mustDeploy(world.org, record('Woo_Condition.Order_Completed', ...PAID_OR_LOST));
    const names = ['Spring sale', 'Web shop'];
    const made = await world.admin.sobject('Campaign').create(names.map((Name) => ({ Name })));
    comeFrom(world, 'spring_sale');
    secondEntry = await fillIn(world, 'L. Vogt', 'lena.vogt@visitor.example');
    await deploy(
      world,
      ['leads', 'site-leads', 'order-stages', 'opportunities', 'attribution', 'campaigns'],
      ['Leads', 'Site_Leads', 'Stages', 'Opportunities', 'Attribution', 'Campaigns'].map(
        (name) => `Woo_Recipe_${name}`,
      ),
      Object.fromEntries(CAMPAIGNS.map((id, at) => [id, made[at]?.id ?? ''])),
    );
    const { code, of, stderr } = await backfill();
    expect(stderr).not.toMatch(/MAPPING_/);
    expect(code).toBe(0);
    const looker = customerOf(world, ({ is_paying_customer }) => !is_paying_customer);
    const rows = await inOrg(
      world,
      `SELECT LastName, Company, Email, LeadSource FROM Lead WHERE Woo_Key__c = 'main:${looker.id}'`,
    );
    expect(rows).toMatchObject([{ Email: looker.email.toLowerCase(), LeadSource: 'Web' }]);
    const lookers = customers(world).filter(({ is_paying_customer }) => !is_paying_customer);
    expect(of('Customer_Lead')).toMatchObject({ created: lookers.length, failed: 0 });
  });

  it('site leads: subscribers of the site, and who has filled in a form, with what a lead must have', async () => {
    const rows = await inOrg(
      world,
      "SELECT Woo_Key__c, FirstName, LastName, Company, Email, Description FROM Lead WHERE Woo_Key__c LIKE 'main:%:%' ORDER BY Woo_Key__c",
    );
    const entry = (id: number) => ({ Woo_Key__c: `main:form_entry:${id}`, Company: 'Private' });
    expect(rows).toMatchObject([
      // A lead of its own: what the shop has twice is two records.
      { ...entry(secondEntry), LastName: 'L. Vogt', Email: 'lena.vogt@visitor.example' },
      { ...entry(5023), LastName: 'Lena Vogt', Email: 'lena.vogt@visitor.example' },
      { ...entry(5024), LastName: 'José García', Description: '<b>Hola</b> & "hi"' },
      // Who gave no name, and nothing to say.
      { ...entry(5025), LastName: 'Unknown', Description: null },
      {
        Woo_Key__c: 'main:user:304',
        FirstName: 'Sue',
        LastName: 'Subscriber',
        Company: 'Sue Subscriber',
        Email: 'subscriber@store.example',
      },
    ]);
  });

  it('order stages: the status of the shop in words of the company', async () => {
    const rows = await inOrg(
      world,
      'SELECT Status__c, Stage__c FROM Woo_Order__c GROUP BY Status__c, Stage__c ORDER BY Status__c',
    );
    expect(rows).toMatchObject([
      { Status__c: 'processing', Stage__c: 'In progress' },
      { Status__c: 'completed', Stage__c: 'Done' },
      { Status__c: 'cancelled', Stage__c: 'Lost' },
      { Status__c: 'refunded', Stage__c: 'Lost' },
    ]);
  });

  it('opportunities: each placed order in its stage, of its account', async () => {
    const order = orderOf(world, ({ customer_id }) => customer_id > 0);
    const rows = await inOrg(
      world,
      'SELECT Name, StageName, Amount, CloseDate, Account.Woo_Key__c FROM Opportunity ' +
        `WHERE Woo_Key__c = 'main:${order.id}'`,
    );
    expect(rows).toMatchObject([
      {
        Name: order.number,
        StageName: 'Closed Won',
        Amount: Number(order.total),
        CloseDate: order.date_created.slice(0, 10),
        Account: { Woo_Key__c: `main:${order.customer_id}` },
      },
    ]);
    const stages = await inOrg(world, 'SELECT StageName FROM Opportunity GROUP BY StageName');
    expect(stages.map((one) => one['StageName'])).toContain('Closed Lost');
  });

  it('attribution and campaigns: where the order came from, and to which campaign that counts', async () => {
    const { id } = orderOf(world, ({ meta_data }) =>
      meta_data.some(({ value }) => value === 'spring_sale'),
    );
    const [row] = await inOrg(
      world,
      'SELECT Attribution_Type__c, Attribution_Source__c, Attribution_Campaign__c, ' +
        `Attribution_Landing_Page__c FROM Woo_Order__c WHERE Woo_Key__c = 'main:${id}'`,
    );
    expect(row).toMatchObject({
      Attribution_Type__c: 'utm',
      Attribution_Source__c: 'newsletter',
      Attribution_Campaign__c: 'spring_sale',
      Attribution_Landing_Page__c: LANDING.slice(0, 255),
    });
    const counted = await inOrg(
      world,
      'SELECT Campaign.Name FROM Opportunity GROUP BY Campaign.Name ORDER BY Campaign.Name',
    );
    expect(counted.map(({ Name }) => Name)).toEqual(['Spring sale', 'Web shop']);
  });

  it("content and shop lists: WordPress's posts, and the shop's other lists", async () => {
    await deploy(world, ['content', 'shop-lists'], ['Woo_Recipe_Content', 'Woo_Recipe_Shop_Lists']);
    const { shop } = world.store;
    const { stderr, results, of } = await backfill();
    expect(stderr).not.toMatch(/MAPPING_|CONTENT_/);
    const failures = results.flatMap(({ mappings }) => mappings.flatMap((each) => each.failures));
    expect(failures).toEqual([]);
    const posts = shop.site.posts
      .all()
      .map((entry) => entry.read())
      .filter(({ type, status }) => type === 'post' && status === 'publish');
    expect(posts.length).toBeGreaterThan(0);
    const written = await inOrg(world, 'SELECT Woo_Key__c, Status__c, Type__c FROM Woo_Content__c');
    expect(written.map((one) => one['Woo_Key__c']).sort()).toEqual(
      posts.map(({ id }) => `main:post:${id}`).sort(),
    );
    expect(written[0]).toMatchObject({ Status__c: 'publish', Type__c: 'post' });
    const categories = 'SELECT Name, Type__c, Parent__r.Woo_Key__c FROM Woo_Term__c';
    const terms = await inOrg(world, `${categories} WHERE Parent__c != null`);
    expect(terms[0]).toMatchObject({
      Type__c: 'category',
      Parent__r: { Woo_Key__c: expect.stringMatching(/^main:product_category:/) as unknown },
    });
    const coupons = shop.coupons.all().map((entry) => entry.read());
    const [coupon] = coupons;
    expect(of('Coupon')).toMatchObject({ created: coupons.length, failed: 0 });
    expect(
      await inOrg(
        world,
        `SELECT Name, Amount__c, Discount_Type__c FROM Woo_Coupon__c WHERE Woo_Key__c = 'main:coupon:${coupon?.id ?? 0}'`,
      ),
    ).toMatchObject([
      {
        Name: coupon?.code,
        Amount__c: Number(coupon?.amount),
        Discount_Type__c: coupon?.discount_type,
      },
    ]);
    for (const name of ['Tax_Class', 'Product_Attribute', 'Product_Category']) {
      expect(of(name).created, name).toBeGreaterThan(0);
    }
    expect(results.flatMap(({ lists }) => lists)).toEqual([]);
    expect(of('Product_Review').failed).toBe(0);
  });

  it('standard orders: with order products and price book entries', async () => {
    const [book] = await inOrg(world, 'SELECT Id FROM Pricebook2 WHERE IsStandard = true');
    const bookId = book?.['Id'] as string;
    await world.admin.sobject('Pricebook2').update({ Id: bookId, IsActive: true });
    await deploy(world, ['standard-orders'], ['Woo_Recipe_Orders'], { [PRICE_BOOK]: bookId });
    const { of, results, problems } = await backfill();
    expect(problems).toEqual([]);
    const failures = results.flatMap(({ mappings }) => mappings.flatMap((each) => each.failures));
    // Salesforce wants a price book entry, and what is in the trash gets none.
    expect(failures.map(({ key, code }) => [key, code])).toEqual(
      linesOfTrash(world).map((id) => [`main:${id}`, 'PARENT_MISSING']),
    );
    const order = orderOf(
      world,
      ({ customer_id, line_items }) =>
        customer_id > 0 && line_items.length > 0 && line_items.every((line) => line.product_id > 0),
    );
    const [row] = await inOrg(
      world,
      'SELECT Name, Status, Pricebook2Id, Account.Woo_Key__c, ' +
        '(SELECT Quantity, UnitPrice, Product2.Woo_Key__c FROM OrderItems ORDER BY Woo_Key__c) ' +
        `FROM Order WHERE Woo_Key__c = 'main:${order.id}'`,
    );
    expect(row).toMatchObject({
      Name: order.number,
      Status: 'Draft',
      Pricebook2Id: bookId,
      Account: { Woo_Key__c: `main:${order.customer_id}` },
    });
    const items = row?.['OrderItems'] as { records: { Quantity: number; UnitPrice: number }[] };
    const expected = [...order.line_items]
      .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
      .map(({ quantity, price, variation_id, product_id }) => ({
        Quantity: quantity,
        UnitPrice: Math.round(price * 100 + 1e-6) / 100,
        Product2: { Woo_Key__c: `main:${variation_id || product_id}` },
      }));
    expect(items.records).toMatchObject(expected);
    expect(of('Price_Book_Entry')).toMatchObject({ failed: 0, created: of('Product').wanted });
    const again = await backfill();
    expect(again.of('Standard_Order')).toMatchObject({ created: 0, updated: 0, failed: 0 });
    expect(again.of('Standard_Order_Item')).toMatchObject({ created: 0, updated: 0 });
  });

  it('orders back and draft orders: orders of every status, and where those that wait are paid', async () => {
    const names = ['Woo_Recipe_Orders_Back', 'Woo_Recipe_Draft_Orders', 'Woo_Draft_Orders'];
    const env = {
      WOO_SYNC_ENDPOINT: endpointOf(world.env),
      WOO_SYNC_USERNAME: world.org.integrationUsername,
    };
    await deploy(world, ['orders-back', 'draft-orders'], names, {}, env);
    const like = world.store.shop.orders.all().at(-1)?.id ?? 0;
    world.store.edits.addOrder(like, { status: 'pending' });
    const { problems, of } = await backfill();
    expect(problems).toEqual([]);
    expect(of('Order')).toMatchObject({ failed: 0 });
    const pending = await inOrg(
      world,
      "SELECT Woo_Key__c, Payment_Link__c FROM Woo_Order__c WHERE Status__c = 'pending'",
    );
    const waiting = world.store.shop.orders
      .all()
      .map((entry) => entry.read())
      .filter(({ status }) => status === 'pending');
    expect(pending.map(({ Woo_Key__c }) => Woo_Key__c).toSorted()).toEqual(
      waiting.map(({ id }) => `main:${id}`).toSorted(),
    );
    for (const { Payment_Link__c } of pending)
      expect(Payment_Link__c).toMatch(/\/order-pay\/\d+\/\?pay_for_order=true/);
  });

  it('owners by user name, by queue and by rule, and record types by developer name', async () => {
    const [user] = await inOrg(world, "SELECT Username FROM User WHERE LastName = 'Rep'");
    const username = String(user?.['Username']);
    const looker = customerOf(world, ({ is_paying_customer }) => !is_paying_customer);
    mustDeploy(
      world.org,
      ['queues/Web_Leads.queue', queueOf('Lead')],
      ['objects/Woo_Order__c.object', withRecordType('Woo_Order__c', 'Web_Shop')],
      fieldMapping('leads', 'Customer_Lead_City', 'Customer_Lead_Owner', [
        set('Salesforce_Field__c', 'OwnerId'),
        set('Kind__c', 'translation'),
        set('Value_Table__c', `${looker.id} = Web_Leads`),
        set('Default_Value__c', username),
        set('Transform__c', 'none'),
        set('Woo_Path__c', 'id'),
        set('Overflow__c', 'reject'),
        set('Write_When__c', 'always'),
      ]),
      fieldMapping(null, 'Order_Deleted_In_Woo', 'Order_Owner', [
        set('Salesforce_Field__c', 'OwnerId'),
        set('Static_Value__c', username),
      ]),
      fieldMapping(null, 'Order_Deleted_In_Woo', 'Order_Record_Type', [
        set('Salesforce_Field__c', 'RecordTypeId'),
        set('Static_Value__c', 'Web_Shop'),
      ]),
    );
    const { problems } = await backfill();
    expect(problems).toEqual([]);
    const [lead] = await inOrg(
      world,
      `SELECT Owner.Name FROM Lead WHERE Woo_Key__c = 'main:${looker.id}'`,
    );
    expect(lead?.['Owner']).toMatchObject({ Name: 'Web leads' });
    // Those of users and of forms have a type in their keys, and mappings of their own.
    const others = await inOrg(
      world,
      'SELECT Owner.Username FROM Lead ' +
        `WHERE Woo_Key__c != 'main:${looker.id}' AND (NOT Woo_Key__c LIKE 'main:%:%')`,
    );
    expect(others).not.toEqual([]);
    for (const { Owner } of others) expect(Owner).toMatchObject({ Username: username });
    const owners = await inOrg(
      world,
      'SELECT Owner.Username, RecordType.DeveloperName FROM Woo_Order__c ' +
        'GROUP BY Owner.Username, RecordType.DeveloperName',
    );
    expect(owners).toMatchObject([{ Username: username, DeveloperName: 'Web_Shop' }]);
  });
});

describe('recipes in an org with Person Accounts and lists of states and countries', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld(20, { personAccounts: true, statePicklists: true });
  });

  afterAll(async () => {
    await world.close();
  });

  it('person accounts: one record per customer, with codes for state and country, and without what is none', async () => {
    const strange = customerOf(world, ({ role, id }) => role === 'customer' && id > 3);
    world.store.edits.updateCustomer(strange.id, {
      billing: { ...strange.billing, state: 'ZZ', country: 'US' },
    });
    await deploy(world, ['person-accounts'], []);
    const { code, results, of } = await world.backfill();
    const failures = results.flatMap(({ mappings }) =>
      mappings.flatMap(({ failures: all }) => all),
    );
    expect(failures).toEqual([]);
    expect(code).toBe(0);
    expect(of('Person_Account').created).toBeGreaterThan(0);
    const order = orderOf(
      world,
      ({ customer_id, billing }) => customer_id > 0 && billing.country === 'US',
    );
    const [row] = await inOrg(
      world,
      'SELECT Account__r.IsPersonAccount, Account__r.PersonEmail, Account__r.PersonMailingCountryCode ' +
        `FROM Woo_Order__c WHERE Woo_Key__c = 'main:${order.id}'`,
    );
    expect(row?.['Account__r']).toMatchObject({ IsPersonAccount: true });
    const [lost] = await inOrg(
      world,
      `SELECT PersonMailingStateCode, PersonMailingCountryCode FROM Account WHERE Woo_Key__c = 'main:${strange.id}'`,
    );
    expect(lost).toMatchObject({ PersonMailingStateCode: null, PersonMailingCountryCode: 'US' });
    expect(of('Person_Account').notes.map(({ key }) => key)).toContain(`main:${strange.id}`);
  });
});

describe('the recipes content and shop lists, with the service', () => {
  let world: World;

  beforeAll(async () => {
    world = await openWorld(5);
    await deploy(world, ['content', 'shop-lists'], ['Woo_Recipe_Content', 'Woo_Recipe_Shop_Lists']);
  });

  afterAll(async () => {
    await world.close();
  });

  it('bring what happens to a post and a coupon at once: made, edited, in the trash, restored', async () => {
    const { hosting, applicationUser, applicationPassword, shop, webhooks } = world.store;
    const user = { WOO_MAIN_APP_USER: applicationUser, WOO_MAIN_APP_PASSWORD: applicationPassword };
    const live = new LiveWorld(world);
    hosting.content_snippet = true;
    const service = await live.start(user);
    await eventually(() => {
      const topics = webhooks.all.all().map((entry) => entry.read().topic);
      expect(topics).toEqual(
        expect.arrayContaining(['action.woocommerce_sync_content', 'coupon.updated']),
      );
    });
    await service.waitForLog(({ msg }) => msg === 'first backfill is done');
    const gone = (object: string, key: string) =>
      eventually(async () => {
        expect(await live.inOrg(object, key, ['Name'])).toBeUndefined();
      });

    const post = { type: 'post', status: 'publish', title: 'Opening hours' };
    const { id } = await live.atShop('/content', post);
    const key = `post:${String(id)}`;
    await live.arrives('Woo_Content__c', key, { Name: 'Opening hours', Status__c: 'publish' });
    await live.atShop(`/content/${String(id)}`, { title: 'Open on Sundays' }, 'PATCH');
    await live.arrives('Woo_Content__c', key, { Name: 'Open on Sundays' });
    const explained = ['explain', '--json', 'main', 'content', key];
    const told = await world.sidecar(explained, user);
    expect(told).toMatchObject({ code: 0 });
    expect(told.stdout).toContain('Open on Sundays');
    await live.atShop(`/content/${String(id)}`, {}, 'DELETE');
    await gone('Woo_Content__c', key);
    expect((await world.sidecar(explained, user)).stderr).toContain('RECORD_NOT_FOUND');
    await live.atShop(`/content/${String(id)}/restore`, { status: 'publish' });
    await live.arrives('Woo_Content__c', key, { Name: 'Open on Sundays' });

    const [coupon] = shop.coupons.all();
    const ofCoupon = `coupon:${coupon?.id ?? 0}`;
    await live.atShop(`/coupons/${coupon?.id ?? 0}`, { amount: '7.50' }, 'PATCH');
    await live.arrives('Woo_Coupon__c', ofCoupon, { Amount__c: 7.5 });
    await live.atShop(`/coupons/${coupon?.id ?? 0}`, {}, 'DELETE');
    await gone('Woo_Coupon__c', ofCoupon);
  });
});
