import type { Assumption } from '../../model/assumption.ts';
import type { Probing } from '../../model/probing.ts';
import { eachObject, isJson } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';

const INDEX = '/wp-json/';
const OLDEST = 8;

export const SITE: readonly Assumption[] = [
  {
    id: 'shop-permalinks',
    statement:
      'The API is at `/wp-json/` below the shop’s address: permalinks are not plain, and no firewall or login page answers instead',
    places: ['sidecar/src/woo/direct-store.ts'],
    calls: 0,
    probe: async (probing) => {
      const { status, body } = await probing.direct().open('GET', INDEX);
      if (status >= 300 && status < 400) throw new CannotTell('The address redirects.');
      const names = member(body, 'namespaces');
      const isSo = status === 200 && Array.isArray(names) && names.includes('wc/v3');
      return verdict(isSo, `${status} ${isJson(body) ? 'without wc/v3' : 'with a page'}`);
    },
    deviation: {
      says: 'permalinks are plain',
      change: (exchange) => {
        if (exchange.side !== 'shop' || exchange.path !== INDEX) return;
        Object.assign(exchange, { status: 404, body: '<html>Not found</html>' });
      },
    },
  },
  {
    id: 'shop-redirects',
    statement: 'The shop answers at its address itself, and redirects to no other (`www`, https)',
    places: ['sidecar/src/woo/response.ts'],
    calls: 0,
    probe: async (probing) => {
      const { status, header } = await probing.direct().open('GET', INDEX);
      const isRedirect = status >= 300 && status < 400;
      return verdict(!isRedirect, `${status} to ${header('location') ?? 'nowhere'}`);
    },
    deviation: {
      says: 'the address redirects to another',
      change: (exchange) => {
        if (exchange.side !== 'shop' || exchange.path !== INDEX) return;
        exchange.headers['location'] = 'https://www.shop.example/wp-json/';
        Object.assign(exchange, { status: 301, body: '' });
      },
    },
  },
  {
    id: 'shop-version',
    statement: `The shop runs WooCommerce ${OLDEST} or later; what is tested is 10.5`,
    places: ['sidecar/src/http/webhooks/webhook-receiver.ts', 'local/store/webhooks'],
    calls: 0,
    probe: async (probing) => {
      const version = (await systemStatus(probing, 'environment'))['version'];
      return verdict(Number.parseInt(String(version), 10) >= OLDEST, version);
    },
    deviation: {
      says: 'it is older',
      change: ({ side, body }) => {
        const environment = side === 'shop' ? member(body, 'environment') : undefined;
        if (isJson(environment)) environment['version'] = '7.9.0';
      },
    },
  },
  {
    id: 'shop-hpos',
    statement:
      'Orders are in WooCommerce’s own tables (HPOS), so that the link to an order in the shop’s admin is `admin.php?page=wc-orders`',
    places: ['sidecar/src/mapping/attributes/derived-attributes.ts'],
    calls: 0,
    probe: async (probing) => {
      const settings = await systemStatus(probing, 'settings');
      if (!('HPOS_enabled' in settings)) throw new CannotTell('The shop does not say.');
      return verdict(settings['HPOS_enabled'] === true, { HPOS_enabled: settings['HPOS_enabled'] });
    },
    deviation: {
      says: 'orders are posts',
      change: ({ side, body }) => {
        if (side !== 'shop') return;
        eachObject(body, (one) => {
          if ('HPOS_enabled' in one) one['HPOS_enabled'] = false;
        });
      },
    },
  },
  {
    id: 'shop-parameters-before-rights',
    statement: 'WooCommerce checks the parameters of a list before it checks who asks',
    places: ['local/store/http/dispatch.ts'],
    calls: 0,
    probe: async (probing) => {
      const shop = probing.direct();
      const { status, body } = await shop.open('GET', '/wp-json/wc/v3/orders?per_page=0');
      return verdict(status === 400, `${status} ${shown(member(body, 'code'))}`);
    },
    deviation: {
      says: 'who has no key is refused first',
      change: (exchange) => {
        if (exchange.side === 'shop' && exchange.path.includes('per_page=0')) exchange.status = 401;
      },
    },
  },
];

/** @throws CannotTell where the key may not see it */
async function systemStatus(probing: Probing, section: string): Promise<Record<string, unknown>> {
  const shop = probing.direct();
  const { status, body } = await shop.call('GET', `system_status?_fields=${section}`);
  const found = member(body, section);
  if (status === 200 && isJson(found)) return found;
  throw new CannotTell(`The key may not read the state of the shop (${status}).`);
}
