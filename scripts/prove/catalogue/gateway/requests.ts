import type { Assumption } from '../../model/assumption.ts';
import { isJson } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';

/** The path of the gateway. */
export const GATEWAY = '/services/apexrest/woo/main';
const CREDENTIAL =
  'named-credentials/credential?externalCredential=Woo_Store&principalName=Woo_Keys&principalType=NamedPrincipal';

export const GATEWAY_REQUESTS: readonly Assumption[] = [
  {
    id: 'credential-status',
    statement:
      'The Connect API tells by `authenticationStatus` `Configured` that a Basic principal has a secret',
    places: ['scripts/lib/install/store-keys.ts', 'local/org/rest/named-credentials.ts'],
    calls: 2,
    probe: async ({ org, gateway }) => {
      await gateway.call('GET', 'data/currencies/current');
      const { status, body } = await org.call('GET', CREDENTIAL);
      const state = member(body, 'authenticationStatus');
      return verdict(status === 200 && state === 'Configured', state ?? status);
    },
    deviation: {
      says: 'the status is another word',
      change: ({ body }) => {
        if (isJson(body) && body['authenticationStatus'] === 'Configured')
          body['authenticationStatus'] = 'Authenticated';
      },
    },
  },
  {
    id: 'gateway-request-uri',
    statement:
      '`RestContext.request.requestURI` is encoded; `params` holds the query decoded: a colon that is sent as `%3A` reaches the shop as a colon',
    places: ['force-app/main/default/classes/WooGatewayRequest.cls'],
    calls: 1,
    probe: async ({ gateway }) => {
      const path =
        'products?per_page=1&_fields=id&modified_after=2020-01-01T00%3A00%3A00&dates_are_gmt=true';
      const { status, body } = await gateway.call('GET', path);
      return verdict(status === 200, `${status} ${shown(body)}`);
    },
    deviation: {
      says: 'the query is encoded twice',
      change: ({ side, path, headers }) => {
        if (side === 'org' && path.includes('modified_after=2020-01-01T'))
          headers['woo-status'] = '400';
      },
    },
  },
  {
    id: 'namespace-of-gateway',
    statement:
      'In a namespace the path of the gateway would be `/ns/woo/…`, which the class does not take',
    places: ['force-app/main/default/classes/WooGatewayRequest.cls', 'scripts/package/version.ts'],
    source:
      'Apex Developer Guide, _RestResource Annotation_: the URL of a class in a namespace contains the namespace. Packages and orgs with one are refused',
  },
  {
    id: 'gateway-reads-metadata',
    statement:
      '`Woo_Store__mdt.getAll()` in Apex REST gives the records to a user with access to the type, long texts apart',
    places: ['force-app/main/default/classes/WooGatewayStore.cls'],
    calls: 1,
    probe: async ({ org }) => {
      const { status, body } = await org.call('GET', `${GATEWAY}/data/currencies/current`);
      const code = Array.isArray(body) ? member(body[0], 'errorCode') : null;
      if (status !== 200 && code !== 'GATEWAY_STORE_UNKNOWN')
        throw new CannotTell(`The gateway: ${shown(body)}`);
      return verdict(status === 200, code);
    },
    deviation: {
      says: 'the class finds no store',
      change: (exchange) => {
        if (exchange.side !== 'org' || !exchange.path.endsWith('/data/currencies/current')) return;
        Object.assign(exchange, { status: 404, body: [{ errorCode: 'GATEWAY_STORE_UNKNOWN' }] });
      },
    },
  },
];
