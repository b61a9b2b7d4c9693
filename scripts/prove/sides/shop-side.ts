import { basic, callShop, type ShopAnswer, type ShopRequest } from '../../lib/shop/direct-call.ts';
import { isJson, type Json } from '../model/exchange.ts';
import { CannotTell, shown } from '../model/verdict.ts';
import type { OrgSide } from './org-side.ts';

type Method = ShopRequest['method'];

/** A shop by one route. */
export interface ShopSide {
  readonly route: 'gateway' | 'direct';
  /** @param path below `wc/v3`, with its query */
  call(method: Method, path: string, body?: unknown): Promise<ShopAnswer>;
}

/** @throws CannotTell where the shop gives no list */
export async function list(shop: ShopSide, path: string): Promise<readonly Json[]> {
  const { status, body } = await shop.call('GET', path);
  if (status === 200 && Array.isArray(body) && body.every(isJson)) return body;
  throw new CannotTell(`The shop answered ${path} with ${status}: ${shown(body)}`);
}

/** @throws CannotTell where a page came, of a firewall or of an error, which is no answer of WooCommerce */
function json(path: string, answer: ShopAnswer): ShopAnswer {
  if (typeof answer.body !== 'string') return answer;
  throw new CannotTell(`The shop answered ${path} with ${answer.status} and no JSON.`);
}

const GATEWAY_NAMES: Readonly<Record<string, string>> = {
  'x-wp-total': 'woo-total',
  'x-wp-totalpages': 'woo-total-pages',
};

/** Through the Apex class WooGateway, one API call of the org each. */
export class GatewayShop implements ShopSide {
  readonly route = 'gateway';
  readonly #org: OrgSide;
  readonly #store: string;

  constructor(org: OrgSide, store: string) {
    this.#org = org;
    this.#store = store;
  }

  /** @throws CannotTell where the gateway passes no answer of the shop on */
  async call(method: Method, path: string, body?: unknown): Promise<ShopAnswer> {
    const whole = `/services/apexrest/woo/${encodeURIComponent(this.#store)}/${path}`;
    const { status, headers, body: answer } = await this.#org.call(method, whole, body);
    const shopStatus = Number(headers.get('woo-status') ?? NaN);
    if (status === 200 && Number.isInteger(shopStatus)) {
      const header = (name: string): string | null =>
        headers.get(GATEWAY_NAMES[name] ?? `woo-${name}`);
      return json(path, { status: shopStatus, header, body: answer });
    }
    throw new CannotTell(`The gateway answered with ${status}: ${shown(answer)}`);
  }
}

export interface DirectAccess {
  /** Of the shop, without a slash at its end. */
  readonly url: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
}

/** Straight to the shop. */
export class DirectShop implements ShopSide {
  readonly route = 'direct';
  readonly #access: DirectAccess;
  readonly #signal: () => AbortSignal;

  constructor(access: DirectAccess, signal: () => AbortSignal) {
    this.#access = access;
    this.#signal = signal;
  }

  async call(method: Method, path: string, body?: unknown): Promise<ShopAnswer> {
    const { consumerKey, consumerSecret } = this.#access;
    const headers = { authorization: basic(consumerKey, consumerSecret) };
    return json(path, await this.open(method, `/wp-json/wc/v3/${path}`, body, headers));
  }

  /** Without the key, which only `wc/…` routes may see. @param path below the shop's address */
  open(
    method: Method,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ShopAnswer> {
    const signal = this.#signal();
    return callShop(this.#access.url, { method, path, body, headers, signal });
  }
}
