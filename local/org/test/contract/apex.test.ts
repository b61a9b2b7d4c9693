import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { CalloutException, sendCallout, type Callout } from '../../apex/callouts.ts';
import { NamedCredentials } from '../../data/named-credentials.ts';
import { apexRest, externalCredential, keepSecret, PLACE, Shop, startApexOrg } from './apex-org.ts';
import { outcome, type RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

const everything = {
  classes: ['WooGateway', 'Other'],
  principals: ['Woo_Store-Woo_Keys'],
  objects: { UserExternalCredential: 'read' },
};

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function start(
  answer: Parameters<typeof Shop.open>[0] = (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-wp-total': '7' });
    response.end('[{"id":1}]');
  },
): Promise<{ org: RightsOrg; shop: Shop; user: User }> {
  const shop = await Shop.open(answer);
  open.push(() => {
    shop.close();
  });
  const org = await startApexOrg(shop.url);
  open.push(() => org.close());
  return { org, shop, user: org.integration };
}

async function ready(answer?: Parameters<typeof start>[0]) {
  const all = await start(answer);
  all.user.grant(everything);
  expect(outcome(await keepSecret(all.org.admin))).toBe('200');
  return all;
}

statement(
  '`/services/apexrest/…` leads to the deployed Apex REST class whose `urlMapping` fits; where none does, it is answered with 404 `NOT_FOUND`.',
  async () => {
    const { org, user } = await ready();
    const codeAt = async (path: string) => (await apexRest(org, user, path)).code;
    expect(await codeAt('/woo/none/orders')).toBe('GATEWAY_STORE_UNKNOWN');
    expect(await codeAt('/woo')).toBe('NOT_FOUND');
    expect(await codeAt('/other/two')).toBe('NOT_FOUND');
  },
);

statement(
  'The Apex that is deployed runs: the gateway, and a class of anybody, whose parameters are members of the body and whose result is JSON.',
  async () => {
    const { org, user } = await ready();
    expect((await apexRest(org, user, '/woo/main/orders')).body).toBe('[{"id":1}]');
    const sent = JSON.stringify({ name: 'ab', times: 3 });
    const other = await apexRest(org, user, '/other/one', 'POST', sent);
    expect([other.status, other.body]).toEqual([200, '"ababab"']);
  },
);

statement(
  'An exception that a REST class does not catch is answered with 500 `APEX_ERROR`, its type and where it happened.',
  async () => {
    const { org, user } = await ready();
    const { status, body } = await apexRest(org, user, '/other/one?status=none');
    expect([status, JSON.parse(body)]).toEqual([
      500,
      [
        {
          errorCode: 'APEX_ERROR',
          message:
            'System.TypeException: Invalid integer: none\n\nClass.Other.read: line 6, column 1',
        },
      ],
    ]);
  },
);

statement(
  'A user without access to the class is refused with 403 `FORBIDDEN`, a verb that the class does not have with 405.',
  async () => {
    const { org, user } = await start();
    const refused = await apexRest(org, user, '/woo/main/orders');
    expect([refused.status, refused.code]).toEqual([403, 'FORBIDDEN']);
    user.grant({ classes: ['WooGateway'] });
    expect((await apexRest(org, user, '/woo/main/orders', 'PATCH')).status).toBe(405);
    // Who writes Apex may run it all.
    expect((await apexRest(org, org.admin, '/woo/none/orders')).code).toBe('GATEWAY_STORE_UNKNOWN');
  },
);

statement('A status that Apex REST does not have becomes a 500.', async () => {
  const { org, user } = await ready();
  const statuses: number[] = [];
  for (const status of [200, 404, 413, 422, 429, 502]) {
    statuses.push((await apexRest(org, user, `/other/one?status=${status}`)).status);
  }
  expect(statuses).toEqual([200, 404, 413, 500, 500, 500]);
});

statement(
  "A callout goes to a named credential, with user name and password of its external credential's principal; redirects are handed out.",
  async () => {
    const { org, shop, user } = await ready((response) => {
      response.writeHead(302, { location: 'https://elsewhere.example/' });
      response.end();
    });
    const answer = await apexRest(org, user, '/woo/main/orders?page=2');
    expect(answer.headers.get('woo-status')).toBe('302');
    expect(answer.headers.get('woo-location')).toBe('https://elsewhere.example/');
    expect(shop.asked.map(({ url }) => url)).toEqual(['/wp-json/wc/v3/orders?page=2']);
    const pair = Buffer.from('ck_1:cs_1').toString('base64');
    expect(shop.asked[0]?.headers.authorization).toBe(`Basic ${pair}`);
  },
);

/** Callouts of a user with all rights, to a shop that answers so. */
async function callouts(answer: Parameters<typeof Shop.open>[0]) {
  const { org, shop } = await start(answer);
  const credentials = new NamedCredentials(() => org.org.data.components());
  credentials.keep('Woo_Store', 'Woo_Keys', { username: 'a', password: 'b' });
  const callout: Callout = {
    method: 'GET',
    endpoint: 'callout:Woo_Store/x',
    headers: {},
    body: null,
    timeoutSeconds: 60,
  };
  const rights = { readsUserExternalCredentials: true, principal: () => true };
  const send = (over: Partial<Callout> = {}) =>
    sendCallout({ ...callout, ...over }, credentials, rights);
  return { send, shop };
}

statement(
  "Headers of a callout's answer have their names as they were sent and are found by their case alone, as in Apex; the gateway finds those of shops that send them in lower case.",
  async () => {
    const { org, user } = await ready((response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-wp-total': '7' });
      response.end('[]');
    });
    const { headers } = await apexRest(org, user, '/woo/main/orders');
    expect([headers.get('woo-content-type'), headers.get('woo-total')]).toEqual([
      'application/json',
      '7',
    ]);
  },
);

statement('The body of a callout arrives as it was given.', async () => {
  const { send } = await callouts((response, request) => {
    response.writeHead(200, { 'content-type': request.headers['content-type'] });
    request.pipe(response);
  });
  const body = '{"name":"Åse 😀"}';
  const headers = { 'content-type': 'application/json' };
  const answer = await send({ method: 'POST', headers, body });
  expect(answer.body.toString()).toBe(body);
  expect(answer.headers.get('content-type')).toBe('application/json');
});

statement(
  'An answer beyond 6,000,000 bytes, and one that comes too late, end the callout.',
  async () => {
    let size = 6_000_000;
    const { send } = await callouts((response) => {
      response.end('x'.repeat(size));
    });
    expect((await send()).body).toHaveLength(size);
    size += 1;
    await expect(send()).rejects.toThrow(
      new CalloutException('Exceeded max size limit of 6000000 with response size 6000001'),
    );
    const late = new CalloutException('Read timed out');
    const silent = await callouts(() => undefined);
    await expect(silent.send({ timeoutSeconds: 0.05 })).rejects.toThrow(late);
    const halfway = await callouts((response) => response.write('['));
    await expect(halfway.send({ timeoutSeconds: 0.05 })).rejects.toThrow(late);
  },
);

statement('A shop that is not there, or hangs up, ends the callout and says which.', async () => {
  const cut = await callouts((response) => {
    response.write('[', () => response.destroy());
  });
  await expect(cut.send()).rejects.toThrow(
    new CalloutException('Unexpected end of file from server'),
  );
  const gone = await callouts(() => undefined);
  gone.shop.close();
  await expect(gone.send()).rejects.toThrow(new CalloutException('Connection refused'));
});

statement.group(
  'Callouts need read on `UserExternalCredential`, a permission set that gives the principal, and a principal that has its secret; else the credential cannot be accessed.',
  () => {
    const refusedWith = async (grants: Parameters<User['grant']>[0], withSecret: boolean) => {
      const { org, user, shop } = await start();
      user.grant({ classes: ['WooGateway'], ...grants });
      if (withSecret) await keepSecret(org.admin);
      const { code } = await apexRest(org, user, '/woo/main/orders');
      return { code, calls: shop.asked.length };
    };
    const refused = { code: 'GATEWAY_CREDENTIAL_REFUSED', calls: 0 };
    const { principals, objects } = everything;
    it('each of them', async () => {
      expect(await refusedWith({ principals }, true)).toEqual(refused);
      expect(await refusedWith({ objects }, true)).toEqual(refused);
      expect(await refusedWith({ principals, objects }, false)).toEqual(refused);
      expect(await refusedWith({ principals, objects }, true)).toEqual({
        code: undefined,
        calls: 1,
      });
    });
  },
);

statement(
  'A shop on this machine is called as through a proxy that speaks TLS (`X-Forwarded-Proto: https`); to other machines only https goes.',
  async () => {
    const { org, shop, user } = await ready();
    await apexRest(org, user, '/woo/main/orders');
    expect(shop.asked[0]?.headers['x-forwarded-proto']).toBe('https');
    const away = await startApexOrg('http://shop.example');
    open.push(() => away.close());
    away.integration.grant(everything);
    await keepSecret(away.admin);
    const { code } = await apexRest(away, away.integration, '/woo/main/orders');
    expect(code).toBe('GATEWAY_STORE_UNREACHABLE');
  },
);

statement(
  '`named-credentials/credential` keeps the secret of a principal, `POST` a first one and `PUT` the next; it tells whether there is one, and never the password. Only who may customize the application uses it.',
  async () => {
    const { org, user } = await start();
    const { admin } = org;
    const at = `/named-credentials/credential?${new URLSearchParams(PLACE).toString()}`;
    expect((await admin.rest('GET', at)).body).toMatchObject({
      authenticationStatus: 'NotConfigured',
      credentials: {},
    });
    expect(outcome(await keepSecret(admin, 'cs_1', 'PUT'))).toBe('400 INVALID_INPUT');
    expect(outcome(await keepSecret(admin))).toBe('200');
    expect(outcome(await keepSecret(admin, 'cs_2'))).toBe('400 INVALID_INPUT');
    expect(outcome(await keepSecret(admin, 'cs_2', 'PUT'))).toBe('200');
    const { body } = await admin.rest('GET', at);
    expect(body).toEqual({
      ...PLACE,
      authenticationProtocol: 'Basic',
      authenticationStatus: 'Configured',
      credentials: {
        Username: { encrypted: false, value: 'ck_1' },
        Password: { encrypted: true },
      },
    });
    user.grant(everything);
    expect(outcome(await keepSecret(user, 'cs_3', 'PUT'))).toBe('403 INSUFFICIENT_ACCESS');
    expect(outcome(await user.rest('GET', at))).toBe('403 INSUFFICIENT_ACCESS');
    expect(outcome(await admin.rest('DELETE', at))).toBe('204');
    expect((await admin.rest('GET', at)).body).toMatchObject({ credentials: {} });
    const other = at.replace('Woo_Keys', 'Nobody');
    expect(outcome(await admin.rest('GET', other))).toBe('404 NOT_FOUND');
  },
);

statement('A principal that a deploy leaves out loses its secret.', async () => {
  const { org, user } = await ready();
  const { data } = org.org;
  const deploy = (...principals: readonly string[]): void => {
    data.begin();
    data.putComponents([externalCredential(...principals)]);
    data.commit();
  };
  deploy('Others');
  expect((await apexRest(org, user, '/woo/main/orders')).code).toBe('GATEWAY_CREDENTIAL_REFUSED');
  deploy('Woo_Keys');
  expect((await apexRest(org, user, '/woo/main/orders')).code).toBe('GATEWAY_CREDENTIAL_REFUSED');
  await keepSecret(org.admin);
  expect((await apexRest(org, user, '/woo/main/orders')).status).toBe(200);
});

statement(
  'Secrets are kept in memory: an org that starts again from its file has none.',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'local-org-secrets-'));
    open.push(() => {
      rmSync(folder, { recursive: true });
    });
    const statusAfterStart = async () => {
      const org = await startApexOrg('https://shop.invalid', { file: join(folder, 'org.db') });
      const at = `/named-credentials/credential?${new URLSearchParams(PLACE).toString()}`;
      const { body } = await org.admin.rest('GET', at);
      await keepSecret(org.admin);
      await org.close();
      return (body as { authenticationStatus: string }).authenticationStatus;
    };
    expect(await statusAfterStart()).toBe('NotConfigured');
    expect(await statusAfterStart()).toBe('NotConfigured');
  },
);
