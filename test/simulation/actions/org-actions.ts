import { currentTime } from '../preload/clock.ts';
import { Refused, type Row } from '../world/person.ts';
import { type Chance, chosen } from './chance.ts';
import type { Actor } from './actor.ts';
import type { EditedField } from './edits.ts';
import { peopleActions } from './people-actions.ts';

type Action = (actor: Actor, chance: Chance) => Promise<void>;

const keyOf = (row: Row): string => String(row['Woo_Key__c']);
const idOf = (row: Row): string => String(row['Id']);

async function one({ admin }: Actor, soql: string, pick: number): Promise<Row | undefined> {
  return chosen(await admin.query(soql), pick);
}

const PRODUCTS =
  "SELECT Id, Woo_Key__c, Woo_Type__c FROM Product2 WHERE Woo_Key__c != null AND IsActive = true AND Woo_Type__c IN ('simple', 'variable', 'grouped', 'external') ORDER BY Woo_Key__c LIMIT 14";
const ORDERS =
  "SELECT Id, Woo_Key__c, Status__c FROM Woo_Order__c WHERE Store__c = 'main' AND Woo_Key__c != null AND Deleted_In_Woo__c = false ORDER BY Woo_Key__c";

/** Saves as a person does, and remembers what they typed. */
async function typed(
  actor: Actor,
  row: Row,
  {
    field,
    resource,
    column,
    value,
  }: {
    readonly field: EditedField;
    readonly resource: 'product' | 'order';
    readonly column: string;
    readonly value: string;
  },
): Promise<void> {
  const object = resource === 'product' ? 'Product2' : 'Woo_Order__c';
  const by = resource === 'product' ? actor.admin : actor.rep;
  await by.update(object, idOf(row), { [column]: field === 'price' ? Number(value) : value });
  const record = `${resource} ${keyOf(row)}`;
  actor.edits.made.push({ side: 'org', record, field, value, at: currentTime() });
}

const WISHES = ['on-hold', 'processing', 'completed', 'cancelled', 'refunded', 'Nonsense!'];

async function noteIn(
  actor: Actor,
  field: 'Note_To_Customer__c' | 'Private_Note__c',
  pick: number,
): Promise<void> {
  const order = await one(actor, ORDERS, pick);
  if (!order) return;
  const text = actor.edits.word('Note ');
  await actor.rep.update('Woo_Order__c', idOf(order), { [field]: text });
  actor.edits.notes.push({ order: keyOf(order), field, text });
}

const all = {
  ...peopleActions,
  productNamed: async (actor, { pick }) => {
    const product = await one(actor, PRODUCTS, pick);
    const value = actor.edits.word('Org');
    if (product)
      await typed(actor, product, { field: 'name', resource: 'product', column: 'Name', value });
  },
  productPriced: async (actor, { pick }) => {
    const product = await one(actor, PRODUCTS, pick);
    if (product?.['Woo_Type__c'] !== 'simple') return;
    const value = actor.edits.price();
    await typed(actor, product, {
      field: 'price',
      resource: 'product',
      column: 'Woo_Regular_Price__c',
      value,
    });
  },
  orderWished: async (actor, { pick, value }) => {
    const order = await one(actor, ORDERS, pick);
    const wish = chosen(WISHES, value) ?? 'completed';
    if (order && order['Status__c'] !== wish)
      await typed(actor, order, {
        field: 'status',
        resource: 'order',
        column: 'Status__c',
        value: wish,
      });
  },
  orderTracked: async (actor, { pick }) => {
    const order = await one(actor, ORDERS, pick);
    const value = actor.edits.word('Org');
    if (order)
      await typed(actor, order, {
        field: 'tracking',
        resource: 'order',
        column: 'Tracking_Number__c',
        value,
      });
  },
  noteToCustomer: (actor, { pick }) => noteIn(actor, 'Note_To_Customer__c', pick),
  privateNote: (actor, { pick }) => noteIn(actor, 'Private_Note__c', pick),
  productCreated: async (actor) => {
    const name = actor.edits.word('Made');
    const price = Number(actor.edits.price());
    const fields = { Name: name, Woo_Regular_Price__c: price, IsActive: true };
    actor.edits.products.set(await actor.admin.create('Product2', fields), name);
  },
  draftSent: async (actor, { pick, value }) => {
    const sold = PRODUCTS.replace(
      'ORDER BY',
      "AND Woo_Status__c = 'publish' AND Woo_Key__c LIKE 'main:%' AND Woo_Type__c = 'simple' AND Woo_Regular_Price__c > 0 ORDER BY",
    );
    const product = await one(actor, sold, pick);
    if (!product) return;
    const email = `buyer${value % 5}@shop.example`;
    const draft = { Name: actor.edits.word('Draft '), Billing_Email__c: email };
    const id = await actor.rep.create('Woo_Order__c', draft);
    const line = {
      Name: 'Line',
      Order__c: id,
      Product__c: idOf(product),
      Quantity__c: 1 + (value % 3),
    };
    await actor.rep.create('Woo_Order_Item__c', line);
    await actor.rep.update('Woo_Order__c', id, { Status__c: 'pending' });
    actor.edits.drafts.add(id);
  },
  conflictDecided: async (actor, { pick, value }) => {
    const soql =
      "SELECT Id, Resource__c, Store__c, Woo_Id__c FROM Woo_Sync_Issue__c WHERE State__c = 'open' AND Kind__c = 'conflict' ORDER BY Issue_Key__c";
    const issue = await one(actor, soql, pick);
    if (!issue) return;
    const Resolution__c = value % 2 === 0 ? 'take_woo' : 'take_salesforce';
    await actor.admin.update('Woo_Sync_Issue__c', idOf(issue), { Resolution__c });
    // What a person keeps in Salesforce stays there, as what one typed does.
    const { Resource__c: resource, Store__c: store, Woo_Id__c: id } = issue;
    if (resource === 'customer' && Resolution__c === 'take_salesforce')
      actor.edits.touchedPeople.add(`${String(store)}:${String(id)}`);
  },
} as const satisfies Readonly<Record<string, Action>>;

export type OrgAction = keyof typeof all;
export const ORG_ACTIONS = Object.keys(all) as readonly OrgAction[];

/** What is made good by the night alone. */
export const LEFT_TO_NIGHT: ReadonlySet<OrgAction> = new Set(['contactDeleted', 'accountDeleted']);

/** Does something in the org; where no record fits or the org refuses it, nothing. */
export async function actInOrg(actor: Actor, what: OrgAction, chance: Chance): Promise<void> {
  try {
    await all[what](actor, chance);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

/** Saves each order again of which somebody has typed the tracking number. */
export async function saveTracked({ rep, edits }: Pick<Actor, 'rep' | 'edits'>): Promise<void> {
  const typedIn = edits.made.filter(({ side, field }) => side === 'org' && field === 'tracking');
  const keys = new Set(typedIn.map(({ record }) => record.split(' ')[1]));
  const orders = await rep.query(
    'SELECT Id, Woo_Key__c, Tracking_Number__c FROM Woo_Order__c WHERE Tracking_Number__c != null',
  );
  for (const order of orders)
    if (keys.has(keyOf(order)))
      await rep.update('Woo_Order__c', idOf(order), {
        Tracking_Number__c: order['Tracking_Number__c'],
      });
}
