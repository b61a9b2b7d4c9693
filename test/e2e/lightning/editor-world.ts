import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { assign, putPermissionSet } from '../../../local/org/test/permission-sets.ts';
import type { Store } from '../../../local/store/store.ts';
import { createSecondShop, SECOND_STORE } from '../../../scripts/lib/demo/second-store.ts';
import { root } from '../../../scripts/lib/sf.ts';
import { LiveWorld } from '../live-world.ts';
import { type File, mustDeploy } from '../metadata.ts';
import { LightningWorld } from './lightning-world.ts';

/** Fields of an object, and custom fields of the shop. */
export const MANY = 200;
export const ARABIC = 'ليلى حدّاد';
export const EMOJI = '👩‍🚀🛋️';

const numbers = Array.from({ length: MANY }, (_, at) => String(at).padStart(3, '0'));

/** Text fields on orders of Salesforce, named as the custom fields of the shop are. */
function manyFields(): File {
  const path = 'force-app/main/default/objects/Woo_Order__c/Woo_Order__c.object-meta.xml';
  const fields = numbers.map(
    (number) =>
      `<fields><fullName>Custom_${number}__c</fullName><label>Custom ${number}</label><length>80</length><type>Text</type></fields>`,
  );
  const xml = readFileSync(join(root, path), 'utf8');
  return ['objects/Woo_Order__c.object', xml.replace('<label>', `${fields.join('')}<label>`)];
}

/** Custom fields of an order, of which the last two hold other scripts. */
const manyCustom = () =>
  numbers.map((number, at) => ({
    id: 9_000_000 + at,
    key: `custom_${number}`,
    value: at === MANY - 1 ? ARABIC : at === MANY - 2 ? EMOJI : `value ${number}`,
  }));

/** The second store's record, whose shop the service reaches by keys of its own. */
function secondStore(url: string): File {
  const name = 'customMetadata/Woo_Store.Outlet_Store.md';
  const path = join(root, SECOND_STORE.folder, 'main/default', `${name}-meta.xml`);
  const xml = readFileSync(path, 'utf8')
    .replace('>named_credential<', '>direct<')
    .replace('https://outlet.invalid', url);
  return [name, xml];
}

/** The latest order of a shop, the first that its lists give. */
function latestOrder({ shop }: Store) {
  const orders = shop.orders.all().map((entry) => entry.read());
  const latest = orders.reduce((one, other) => (other.id > one.id ? other : one));
  return latest;
}

/** Two stores, a service that runs, and an object and a shop with many fields. */
export class EditorWorld {
  readonly lightning: LightningWorld;
  readonly outlet: Store;

  private constructor(lightning: LightningWorld, outlet: Store) {
    this.lightning = lightning;
    this.outlet = outlet;
  }

  static async open(): Promise<EditorWorld> {
    const at = await LightningWorld.unloaded(10);
    const outlet = createSecondShop();
    const { org } = at.world;
    mustDeploy(org, secondStore(await outlet.listen(0)), manyFields());
    const grants = { edit: numbers.map((number) => `Woo_Order__c.Custom_${number}__c`) };
    const user = org.sessions.user(org.integrationUsername);
    assign(org.data, putPermissionSet(org.data, 'Many', grants), user?.id ?? '');
    putPermissionSet(org.data, 'Editors', { permissions: ['CustomizeApplication', 'ViewSetup'] });
    const { id } = latestOrder(at.world.store);
    at.world.store.edits.updateOrder(id, { meta_data: manyCustom() });
    outlet.edits.updateOrder(latestOrder(outlet).id, { customer_note: 'Bought at the outlet' });
    const { consumerKey, consumerSecret } = outlet;
    const keys = { WOO_OUTLET_KEY: consumerKey, WOO_OUTLET_SECRET: consumerSecret };
    await new LiveWorld(at.world).start(keys);
    return new EditorWorld(at, outlet);
  }

  /** The numbers of the latest order of each store. */
  get latest(): { readonly main: string; readonly outlet: string } {
    return {
      main: latestOrder(this.lightning.world.store).number,
      outlet: latestOrder(this.outlet).number,
    };
  }

  async close(): Promise<void> {
    await this.lightning.close();
    await this.outlet.close();
  }
}
