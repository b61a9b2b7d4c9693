import { createHost, type Host } from '../../../local/lightning/host.ts';
import { packageOf, projectSource } from '../../../local/org/metadata/test/project.ts';
import { mustDeploy } from '../metadata.ts';
import { openWorld, type World } from '../support.ts';
import { person } from './people.ts';

/** Who looks: what each may see comes from permission sets, those that the project ships for all but one. */
const PEOPLE = {
  rep: { sets: ['Woo_Sales'] },
  buyer: { sets: ['Woo_Sales', 'Woo_Products'] },
  /** Reads Japanese. */
  reader: { sets: ['Woo_Sales', 'Woo_Products', 'Woo_Admin'], language: 'ja' },
  /** Sells, and reads Japanese. */
  seller: { sets: ['Woo_Sales'], language: 'ja' },
  /** Each of a permission set that the test makes. */
  editor: { sets: ['Woo_Admin', 'Editors'] },
  outsider: { sets: ['Customers_Only'] },
  tokyo: { sets: ['Woo_Sales'], timeZone: 'Asia/Tokyo' },
  newYork: { sets: ['Woo_Sales'], timeZone: 'America/New_York' },
} as const;

export type Who = keyof typeof PEOPLE | 'admin';

const languageOf = (who: Who): string =>
  who === 'reader' || who === 'seller' ? PEOPLE[who].language : 'en_US';
const timeZoneOf = (who: Who): string =>
  who === 'tokyo' || who === 'newYork' ? PEOPLE[who].timeZone : 'UTC';
const usernameOf = (who: keyof typeof PEOPLE): string => `${who}@local-org.example`;

/** A world whose org is shown in Lightning, to several people. */
export class LightningWorld {
  readonly world: World;
  readonly #hosts = new Map<Who, { readonly host: Host; readonly url: string }>();

  private constructor(world: World) {
    this.world = world;
  }

  /** In English and Japanese. @param orders that the shop has beside the recorded ones; all are in the org */
  static async open(orders: number): Promise<LightningWorld> {
    const at = await LightningWorld.unloaded(orders);
    const words = Object.entries(projectSource()).filter(([path]) =>
      /[tT]ranslations\//.test(path),
    );
    mustDeploy(at.world.org, ...Object.entries(packageOf(Object.fromEntries(words))));
    await at.world.backfill();
    return at;
  }

  /** The same before anything of the shop is in the org. */
  static async unloaded(orders: number): Promise<LightningWorld> {
    return new LightningWorld(await openWorld(orders, { translations: true }));
  }

  async close(): Promise<void> {
    for (const { host } of this.#hosts.values()) await host.close();
    await this.world.close();
  }

  /** The address at which a person sees the org; they are made with the first look. */
  async as(who: Who): Promise<string> {
    const known = this.#hosts.get(who);
    return known ? known.url : this.#show(who, await this.#signIn(who));
  }

  /** Ends the session of a person whose pages are open. */
  endSession(who: Exclude<Who, 'admin'>): void {
    this.world.org.sessions.endOf(usernameOf(who));
  }

  /** Gives a person whose session has ended a new one, at the same address. */
  async signInAgain(who: Exclude<Who, 'admin'>): Promise<void> {
    const url = await this.as(who);
    await this.#hosts.get(who)?.host.close();
    await this.#show(who, this.#issue(who), Number(new URL(url).port));
  }

  /** A session of a person beside their pages, for what they ask by program. */
  async token(who: Exclude<Who, 'admin'>): Promise<string> {
    await this.as(who);
    return this.#issue(who);
  }

  #issue(who: Exclude<Who, 'admin'>): string {
    const { sessions } = this.world.org;
    const user = sessions.user(usernameOf(who));
    if (!user) throw new Error(`${who} is not there`);
    return sessions.issue(user).token;
  }

  async #signIn(who: Who): Promise<string> {
    const { org, admin } = this.world;
    if (who === 'admin') return org.adminToken;
    const settings = { language: languageOf(who), timeZone: timeZoneOf(who) };
    return person(org, admin, usernameOf(who), PEOPLE[who].sets, settings);
  }

  async #show(who: Who, token: string, port = 0): Promise<string> {
    const [language, timeZone] = [languageOf(who), timeZoneOf(who)];
    const host = createHost({ org: this.world.orgUrl, token, language, timeZone });
    const url = await host.listen(port);
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
