import { createHost, type Host } from '../../../local/lightning/host.ts';
import { openWorld, type World } from '../support.ts';
import { person } from './people.ts';

/** Who looks: what each may see comes from permission sets, those that the project ships for all but one. */
const PEOPLE = {
  rep: ['Woo_Sales'],
  buyer: ['Woo_Sales', 'Woo_Products'],
  /** Of a permission set that the test makes. */
  outsider: ['Customers_Only'],
} as const;

export type Who = keyof typeof PEOPLE | 'admin';

/** A world whose org is shown in Lightning, to several people. */
export class LightningWorld {
  readonly world: World;
  readonly #hosts = new Map<Who, { readonly host: Host; readonly url: string }>();

  private constructor(world: World) {
    this.world = world;
  }

  /** @param orders that the shop has beside the recorded ones; all are in the org */
  static async open(orders: number): Promise<LightningWorld> {
    const at = await LightningWorld.unloaded(orders);
    await at.world.backfill();
    return at;
  }

  /** The same before anything of the shop is in the org. */
  static async unloaded(orders: number): Promise<LightningWorld> {
    return new LightningWorld(await openWorld(orders));
  }

  async close(): Promise<void> {
    for (const { host } of this.#hosts.values()) await host.close();
    await this.world.close();
  }

  /** The address at which a person sees the org; they are made with the first look. */
  async as(who: Who): Promise<string> {
    const known = this.#hosts.get(who);
    if (known) return known.url;
    const { org, orgUrl, admin } = this.world;
    const token =
      who === 'admin'
        ? org.adminToken
        : await person(org, admin, `${who}@local-org.example`, PEOPLE[who]);
    const host = createHost({ org: orgUrl, token });
    const url = await host.listen(0);
    this.#hosts.set(who, { host, url });
    return url;
  }

  /** What a person's pages have asked the org for so far. */
  requestsOf(who: Who): number {
    const known = this.#hosts.get(who);
    if (!known) throw new Error(`${who} has not looked yet`);
    const { file = 0, upload = 0 } = known.host.requests().byKind;
    return known.host.requests().requests - file - upload;
  }

  /** The address of a record's page. */
  async record(who: Who, object: string, id: string): Promise<string> {
    return `${await this.as(who)}/lightning/r/${object}/${id}/view`;
  }

  /** The id of the first record that an administrator finds. */
  async find(soql: string): Promise<string> {
    const id = (await this.world.orgRow(soql))?.['Id'];
    if (typeof id !== 'string') throw new Error(`nothing is found by: ${soql}`);
    return id;
  }
}
