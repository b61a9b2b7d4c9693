import type { Store } from '../../../local/store/store.ts';
import { currentTime } from '../preload/clock.ts';
import { type Person, Refused } from '../world/person.ts';
import { type Chance, chosen } from './chance.ts';
import type { Edit, Edits } from './edits.ts';
import { nameProduct, trackOrder } from './shop-actions.ts';

interface Actor {
  readonly store: Store;
  readonly admin: Person;
  readonly rep: Person;
  readonly edits: Edits;
}

const PRODUCTS =
  "SELECT Id, Woo_Key__c FROM Product2 WHERE Woo_Key__c LIKE 'main:%' AND IsActive = true AND Woo_Type__c = 'simple' ORDER BY Woo_Key__c LIMIT 6";
const ORDERS =
  "SELECT Id, Woo_Key__c FROM Woo_Order__c WHERE Woo_Key__c LIKE 'main:%' AND Deleted_In_Woo__c = false ORDER BY Woo_Key__c LIMIT 6";

/** Somebody changes a field in the first shop, and somebody else the same one in Salesforce, before either side knows. */
export async function actOnBoth(actor: Actor, { pick, value }: Chance): Promise<void> {
  const { admin, rep, edits, store } = actor;
  const isProduct = value % 2 === 0;
  const row = chosen(await admin.query(isProduct ? PRODUCTS : ORDERS), pick);
  if (!row) return;
  const key = String(row['Woo_Key__c']);
  const id = Number(key.split(':')[1]);
  const place = isProduct
    ? ({ record: `product ${key}`, field: 'name' } as const)
    : ({ record: `order ${key}`, field: 'tracking' } as const);
  const note = (side: Edit['side'], text: string) =>
    edits.made.push({ ...place, side, value: text, at: currentTime() });
  const inShop = () => {
    const text = edits.word('Main');
    const change = isProduct ? nameProduct : trackOrder;
    if (change(store, id, text)) note('shop', text);
  };
  const inOrg = async () => {
    const text = edits.word('Org');
    const recordId = String(row['Id']);
    if (isProduct) await admin.update('Product2', recordId, { Name: text });
    else await rep.update('Woo_Order__c', recordId, { Tracking_Number__c: text });
    note('org', text);
  };
  const isShopFirst = value % 4 < 2;
  if (isShopFirst) inShop();
  try {
    await inOrg();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
  if (!isShopFirst) inShop();
}
