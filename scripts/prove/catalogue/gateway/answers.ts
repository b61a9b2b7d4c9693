import type { Assumption } from '../../model/assumption.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { shopProduct } from '../shops/routes.ts';
import { GATEWAY } from './requests.ts';

const USAGE = /^api-usage=(\d+)\/\d+$/;

export const GATEWAY_ANSWERS: readonly Assumption[] = [
  {
    id: 'gateway-headers',
    statement:
      'Custom headers (`Woo-Status`, `Woo-Date` …) of an Apex REST answer reach the caller, and a body that was set as a blob is sent as it is',
    places: [
      'force-app/main/default/classes/WooGateway.cls',
      'sidecar/src/woo/gateway/gateway-store.ts',
    ],
    calls: 2,
    probe: async (probing) => {
      const { org } = probing;
      const answer = await org.call('GET', `${GATEWAY}/products?per_page=1&_fields=id`);
      if (answer.status !== 200) throw new CannotTell(`The gateway: ${shown(answer.body)}`);
      const missing = ['woo-status', 'woo-date'].filter((name) => !answer.headers.has(name));
      if (missing.length > 0) return verdict(false, `without ${missing.join(', ')}`);
      const name = `${probing.name()} é 日`;
      const { id } = await shopProduct(probing.direct(), name);
      const { body } = await org.call('GET', `${GATEWAY}/products/${String(id)}?_fields=name`);
      return verdict(member(body, 'name') === name, body);
    },
    deviation: {
      says: 'the headers are dropped',
      change: ({ headers, side }) => {
        if (side !== 'org') return;
        for (const name of ['woo-status', 'woo-total', 'woo-date'])
          Reflect.deleteProperty(headers, name);
      },
    },
  },
  {
    id: 'gateway-header-case',
    statement:
      'The gateway passes `X-WP-Total` on in whatever case the shop’s server sends the names of headers',
    places: ['force-app/main/default/classes/WooGatewayStore.cls'],
    calls: 1,
    probe: async (probing) => {
      const path = 'products?per_page=1&_fields=id';
      const itself = (await probing.direct().call('GET', path)).header('x-wp-total');
      if (itself === null) throw new CannotTell('The shop itself sends no X-WP-Total.');
      const passed = (await probing.gateway.call('GET', path)).header('x-wp-total');
      return verdict(passed === itself, { itself, passed });
    },
    deviation: {
      says: 'the gateway looks for another spelling',
      change: ({ headers, side }) => {
        if (side === 'org') delete headers['woo-total'];
      },
    },
  },
  {
    id: 'usage-with-each-answer',
    statement:
      '`Sforce-Limit-Info` comes with every answer of the REST API and of Apex REST, and counts the same API calls of the last 24 hours',
    places: ['sidecar/src/salesforce/rest/api-usage.ts', 'sidecar/src/engine/budget/api-budget.ts'],
    calls: 2,
    probe: async ({ org }) => {
      const rest = await org.call('GET', 'limits');
      const apex = await org.call('GET', `${GATEWAY}/products?per_page=1&_fields=id`);
      const [before, after] = [rest, apex].map(({ headers }) => headers.get('sforce-limit-info'));
      const [first, second] = [before, after].map((one) => Number(USAGE.exec(one ?? '')?.[1]));
      return verdict(Number(second) >= Number(first), [before, after]);
    },
    deviation: {
      says: 'Apex REST has no such header',
      change: ({ path, headers }) => {
        if (path.startsWith('/services/apexrest/')) delete headers['sforce-limit-info'];
      },
    },
  },
];
