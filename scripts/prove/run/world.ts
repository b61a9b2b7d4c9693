import { randomBytes } from 'node:crypto';

import { AdminSession } from '../../lib/install/admin-session.ts';
import { quoted } from '../../lib/install/query.ts';
import { basic } from '../../lib/shop/direct-call.ts';
import type { Probing, Service } from '../model/probing.ts';
import { CannotTell, messageOf } from '../model/verdict.ts';
import { CallBudget } from '../sides/call-budget.ts';
import { MetadataSide } from '../sides/metadata-side.ts';
import { OrgSide } from '../sides/org-side.ts';
import { type Delivery, Receiver } from '../sides/receiver.ts';
import { DirectShop, GatewayShop } from '../sides/shop-side.ts';
import { OwnComponents, REMOVING_CALLS } from './own-components.ts';
import {
  CLEANING_CALLS,
  deleteLeftovers,
  deleteOwn,
  deleteOwnInShop,
  PREFIX,
} from './own-records.ts';
import { signInAsService } from './service-sign-in.ts';
import type { Settings } from './settings.ts';

/** For looking where the shop is. */
const LOOKING_CALLS = 1;
/** For looking whether the service's user is that of the sync. */
const SERVICE_CALLS = 1;
/** How long cleaning may take. */
const CLEANING_MS = 120_000;
/** What a run costs beside its probes. */
export const OWN_CALLS = 2 * CLEANING_CALLS + REMOVING_CALLS + LOOKING_CALLS + SERVICE_CALLS;

/** The org and the shop of a run, and what the run has made there. */
export class World implements Probing {
  readonly org: OrgSide;
  readonly gateway: GatewayShop;
  readonly components: OwnComponents;
  readonly budget = new CallBudget();
  readonly #settings: Settings;
  /** What all names and keys begin with. */
  readonly mark = `${PREFIX}${randomBytes(4).toString('hex')}`;
  #signal = new AbortController().signal;
  #names = 0;
  #address: string | null = null;
  #receiver: Promise<Receiver> | undefined;
  #service: Promise<Service> | undefined;

  constructor(settings: Settings) {
    this.#settings = settings;
    this.org = this.#side(settings.session);
    this.gateway = new GatewayShop(this.org, settings.store);
    this.components = new OwnComponents(
      new MetadataSide(this.org, settings.session, () => this.#signal),
      settings.production ?? false,
    );
  }

  /** What gives up the requests that are made from now on. */
  set signal(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Names of hosts that answers may hold. */
  get hosts(): readonly string[] {
    return this.#address === null ? [] : [new URL(this.#address).host];
  }

  name(): string {
    this.#names += 1;
    return `${this.mark}-${this.#names}`;
  }

  key(): string {
    this.#names += 1;
    return `${this.mark}:${this.#names}`;
  }

  service(): Promise<Service> {
    this.#service ??= this.#openService();
    return this.#service;
  }

  /** @throws CannotTell */
  async #openService(): Promise<Service> {
    const { session, env } = this.#settings;
    const { id, token } = await signInAsService(session.instanceUrl, env, this.#signal);
    await this.#mustBeOfSync(id);
    const own = new AdminSession(session.instanceUrl, 'integration', token);
    return { org: this.#side(own), id, token };
  }

  /**
   * What another user may not do says nothing of the integration user. An address that names no user is left to the
   * probe that asks for it.
   * @throws CannotTell
   */
  async #mustBeOfSync(address: string): Promise<void> {
    const [user] = /\b005\w{12}/.exec(address) ?? [];
    if (user === undefined) return;
    this.budget.add(SERVICE_CALLS);
    const rows = await this.org.rows(
      "SELECT AssigneeId FROM PermissionSetAssignment WHERE PermissionSet.Name = 'Woo_Integration'",
    );
    if (rows.some((row) => String(row['AssigneeId']).startsWith(user))) return;
    throw new CannotTell(
      `SF_CLIENT_ID signs in as the user ${user}, who has no Woo_Integration: assign it to that user, or sign in as the integration user.`,
    );
  }

  /** @throws CannotTell */
  direct(): DirectShop {
    const [consumerKey, consumerSecret] = this.#given('KEY', 'SECRET');
    if (this.#address === null) throw new CannotTell('The org has no such store.');
    const access = { url: this.#address, consumerKey, consumerSecret };
    return new DirectShop(access, () => this.#signal);
  }

  /** @throws CannotTell */
  mediaAccess(): string {
    return basic(...this.#given('APP_USER', 'APP_PASSWORD'));
  }

  /** Two variables of the store, named as those of the sidecar. @throws CannotTell where one is missing */
  #given(first: string, second: string): readonly [string, string] {
    const { env, store } = this.#settings;
    const part = store.toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
    const [one, two] = [`WOO_${part}_${first}`, `WOO_${part}_${second}`];
    const values = [env[one] ?? '', env[two] ?? ''] as const;
    if (values.includes('')) throw new CannotTell(`${one} and ${two} are not set.`);
    return values;
  }

  /** @throws CannotTell */
  receiver(): Promise<Receiver> {
    const { receiver } = this.#settings;
    if (receiver === null)
      throw new CannotTell('The shop does not reach this machine: --receiver.');
    this.#receiver ??= Receiver.open(receiver);
    return this.#receiver;
  }

  async delivery(meant: (delivery: Delivery) => boolean): Promise<Delivery> {
    return (await this.receiver()).next(meant, this.#signal);
  }

  /** Deletes what earlier runs left, and looks where the shop is. @throws CannotTell where the project is not in the org */
  async open(): Promise<void> {
    this.budget.allow(CLEANING_CALLS + REMOVING_CALLS + LOOKING_CALLS);
    await deleteLeftovers(this.org);
    await this.components.removeLeftovers(this.org);
    const key = quoted(this.#settings.store);
    const [row] = await this.org.rows(`SELECT URL__c FROM Woo_Store__mdt WHERE Key__c = ${key}`);
    if (typeof row?.['URL__c'] === 'string') this.#address = row['URL__c'].replace(/\/+$/, '');
  }

  /** Deletes what the run has made, also where it was stopped. */
  async close(): Promise<void> {
    this.#signal = AbortSignal.timeout(CLEANING_MS);
    this.budget.allow(CLEANING_CALLS + REMOVING_CALLS);
    await this.#receiver?.then((receiver) => receiver.close());
    const shop = ifGiven(() => this.direct());
    const media = ifGiven(() => this.mediaAccess());
    const failures: string[] = [];
    for (const clean of [
      () => shop && deleteOwnInShop(shop, this.mark, media),
      // What a running service has brought of the shop's is there too.
      () => deleteOwn(this.org, this.mark),
      () => this.components.remove(),
    ]) {
      try {
        await clean();
      } catch (error) {
        failures.push(messageOf(error));
      }
    }
    if (failures.length > 0) throw new CannotTell(failures.join('; '));
  }

  #side(session: AdminSession): OrgSide {
    return new OrgSide(session, this.budget, () => this.#signal);
  }
}

/** @returns null where the environment has not what it takes */
function ifGiven<T>(take: () => T): T | null {
  try {
    return take();
  } catch (error) {
    if (error instanceof CannotTell) return null;
    throw error;
  }
}
