import { randomBytes } from 'node:crypto';

import { z } from 'zod';

import { AdminSession } from '../../lib/install/admin-session.ts';
import { quoted } from '../../lib/install/query.ts';
import { basic } from '../../lib/shop/direct-call.ts';
import type { Probing, Service } from '../model/probing.ts';
import { CannotTell } from '../model/verdict.ts';
import { CallBudget } from '../sides/call-budget.ts';
import { OrgSide } from '../sides/org-side.ts';
import { type Delivery, Receiver } from '../sides/receiver.ts';
import { DirectShop, GatewayShop } from '../sides/shop-side.ts';
import {
  CLEANING_CALLS,
  deleteLeftovers,
  deleteOwn,
  deleteOwnInShop,
  PREFIX,
} from './own-records.ts';
import type { Settings } from './settings.ts';

/** For looking where the shop is. */
const LOOKING_CALLS = 1;
/** How long cleaning may take. */
const CLEANING_MS = 120_000;
/** What a run costs beside its probes. */
export const OWN_CALLS = 2 * CLEANING_CALLS + LOOKING_CALLS;

const token = z.object({ access_token: z.string(), id: z.string() });

/** The org and the shop of a run, and what the run has made there. */
export class World implements Probing {
  readonly org: OrgSide;
  readonly gateway: GatewayShop;
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
    this.#service ??= this.#signIn();
    return this.#service;
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
    this.budget.allow(CLEANING_CALLS + LOOKING_CALLS);
    await deleteLeftovers(this.org);
    const key = quoted(this.#settings.store);
    const [row] = await this.org.rows(`SELECT URL__c FROM Woo_Store__mdt WHERE Key__c = ${key}`);
    if (typeof row?.['URL__c'] === 'string') this.#address = row['URL__c'].replace(/\/+$/, '');
  }

  /** Deletes what the run has made, also where it was stopped. */
  async close(): Promise<void> {
    this.#signal = AbortSignal.timeout(CLEANING_MS);
    this.budget.allow(CLEANING_CALLS);
    await this.#receiver?.then((receiver) => receiver.close());
    const shop = ifGiven(() => this.direct());
    const media = ifGiven(() => this.mediaAccess());
    try {
      if (shop) await deleteOwnInShop(shop, this.mark, media);
    } finally {
      // What a running service has brought of the shop's is there too.
      await deleteOwn(this.org, this.mark);
    }
  }

  #side(session: AdminSession): OrgSide {
    return new OrgSide(session, this.budget, () => this.#signal);
  }

  async #signIn(): Promise<Service> {
    const { env, session } = this.#settings;
    const { SF_CLIENT_ID = '', SF_CLIENT_SECRET = '' } = env;
    if (SF_CLIENT_ID === '' || SF_CLIENT_SECRET === '')
      throw new CannotTell(
        'SF_CLIENT_ID and SF_CLIENT_SECRET of the integration user are not set.',
      );
    const response = await fetch(`${session.instanceUrl}/services/oauth2/token`, {
      method: 'POST',
      body: new URLSearchParams({
        ...{ grant_type: 'client_credentials' },
        ...{ client_id: SF_CLIENT_ID, client_secret: SF_CLIENT_SECRET },
      }),
      signal: this.#signal,
    });
    const answer = token.safeParse(await response.json()).data;
    if (!answer) throw new CannotTell(`The sign-in was answered with ${response.status}.`);
    const { access_token, id } = answer;
    const org = this.#side(new AdminSession(session.instanceUrl, 'integration', access_token));
    return { org, id, token: access_token };
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
