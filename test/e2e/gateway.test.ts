import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { setStoreKeys } from '../../scripts/lib/install/store-keys.ts';
import { heavyShop } from './heavy-shop.ts';
import {
  integrationRights,
  mustDeploy,
  storeCredential,
  storeKeysRights,
  without,
} from './metadata.ts';
import { emptyState, openWorld, type World } from './support.ts';

let world: World;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-gateway-'));
  world = await openWorld(30, {}, 'named_credential');
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

/** Passes bytes on to the org and keeps those of both directions. */
async function tee(orgUrl: string) {
  const seen: Buffer[] = [];
  const { port } = new URL(orgUrl);
  const server = createServer((client) => {
    const org = connect(Number(port), '127.0.0.1');
    client.on('data', (bytes: Buffer) => seen.push(bytes)).pipe(org);
    org.on('data', (bytes: Buffer) => seen.push(bytes)).pipe(client);
    const end = (): void => {
      client.destroy();
      org.destroy();
    };
    client.on('error', end).on('close', end);
    org.on('error', end).on('close', end);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => Buffer.concat(seen).toString('latin1'),
    close: () => server.close(),
  };
}

const requests = () => world.org.requestLog.totals();

/** A backfill with a fresh state, and what it cost. */
async function freshBackfill(env: Readonly<Record<string, string>> = {}) {
  world.org.requestLog.reset();
  const DATA_DIR = emptyState(folder);
  const result = await world.backfill({ DATA_DIR, ...env });
  const codes = result.results.flatMap(({ lists }) => lists.map(({ code }) => code));
  const said = result.results.flatMap(({ lists }) =>
    lists.map(({ message, cure }) => `${message} ${cure}`),
  );
  return { ...result, codes, said: said.join('\n'), DATA_DIR, calls: requests().byKind };
}

describe('a store behind a named credential', () => {
  it('is read through the org, one API call a page, and both sides agree', async () => {
    const { code, of, calls } = await freshBackfill();
    expect(code).toBe(0);
    expect(of('Order').read).toBeGreaterThan(100);
    const { totalSize } = await world.admin.query('SELECT COUNT() FROM Woo_Order__c');
    expect(totalSize).toBe(of('Order').wanted);
    expect(calls.apex).toBeGreaterThan(5);
    expect(calls.oauth).toBe(1);
  });

  it('leaves no trace of its keys in environment, state, output and traffic', async () => {
    const between = await tee(world.orgUrl);
    try {
      const { DATA_DIR, stderr, ...rest } = await freshBackfill({ SF_LOGIN_URL: between.url });
      const state = globSync('**/*', { cwd: DATA_DIR, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
      const { consumerKey, consumerSecret } = world.store;
      const basic = Buffer.from(`${consumerKey}:${consumerSecret}`).toString('base64');
      const places = {
        environment: JSON.stringify(world.env),
        state: state.join('\n'),
        output: stderr + JSON.stringify(rest.results),
        traffic: between.seen(),
      };
      expect(rest.code).toBe(0);
      expect(places.state.length).toBeGreaterThan(100_000);
      expect(places.traffic).toContain('/services/apexrest/woo/main/orders');
      for (const [place, text] of Object.entries(places)) {
        for (const secret of [consumerKey, consumerSecret, basic]) {
          expect(text.includes(secret), `a key in the ${place}`).toBe(false);
        }
      }
    } finally {
      between.close();
    }
  });
});

describe('pages that no callout takes', () => {
  it('are read in smaller ones, and nothing is missing', async () => {
    const shop = await heavyShop(world.storeUrl, 130_000);
    leadTo(shop.url);
    const { code, of, calls, codes } = await freshBackfill();
    leadTo(world.storeUrl);
    shop.close();
    expect([code, codes]).toEqual([0, []]);
    // Half of a full page is beyond what a callout takes.
    expect(Math.max(...shop.pages)).toBeGreaterThan(6_000_000);
    expect(shop.pages.filter((bytes) => bytes < 4_500_000).length).toBeGreaterThan(3);
    expect(of('Order').read).toBe(Math.max(...shop.totals));
    expect(of('Order').read).toBeGreaterThan(100);
    const { totalSize } = await world.admin.query('SELECT COUNT() FROM Woo_Order__c');
    expect(totalSize).toBe(of('Order').wanted);
    expect(calls.apex).toBeGreaterThan(shop.pages.length);
  });
});

describe('a fault says on which side it is', () => {
  const KEYS = () => ({
    consumerKey: world.store.consumerKey,
    consumerSecret: world.store.consumerSecret,
  });

  it('a wrong key of the shop: one call a list, no second sign-in', async () => {
    const { session } = world;
    await setStoreKeys(session, 'Woo_Store', { ...KEYS(), consumerSecret: 'cs_wrong' });
    const { code, codes, said, calls } = await freshBackfill();
    await setStoreKeys(session, 'Woo_Store', KEYS());
    expect(code).toBe(1);
    expect(new Set(codes)).toEqual(new Set(['WOO_KEY_REFUSED']));
    expect(said).toContain('named credential Woo_Store');
    expect(said).not.toContain('cs_wrong');
    // One more than the lists: what the load will take is asked first.
    expect(calls).toMatchObject({ oauth: 1, apex: codes.length + 1 });
  });

  it.each([
    [
      'the principal',
      'Woo_Store_Keys',
      storeKeysRights,
      without('externalCredentialPrincipalAccesses', 'Woo_Store-Woo_Keys'),
      'WOO_CREDENTIAL_REFUSED',
    ],
    [
      'the class',
      'Woo_Integration',
      integrationRights,
      without('classAccesses', 'WooGateway'),
      'WOO_GATEWAY_FORBIDDEN',
    ],
  ] as const)('%s is not granted by %s', async (_what, set, rights, edit, expected) => {
    mustDeploy(world.org, rights(edit));
    const { code, codes, said } = await freshBackfill();
    mustDeploy(world.org, rights());
    expect(code).toBeGreaterThan(0);
    expect(new Set(codes)).toEqual(new Set([expected]));
    expect(said).toContain(set);
  });

  it.each([
    ['answers a page of HTML', 'WOO_UNEXPECTED_ANSWER', 200, 'text/html', {}],
    [
      'redirects',
      'WOO_UNEXPECTED_ANSWER',
      301,
      'text/html',
      { location: 'https://www.shop.example/' },
    ],
    ['is not there', 'WOO_UNREACHABLE', 0, '', {}],
  ])('a shop that %s', async (_what, expected, status, type, headers) => {
    const server = createHttpServer((_request, response) => {
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end('<html>jane@example.com</html>');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (status === 0) server.close();
    leadTo(url);
    const { codes, said } = await freshBackfill();
    server.close();
    leadTo(world.storeUrl);
    expect(new Set(codes)).toEqual(new Set([expected]));
    expect(said).not.toContain('jane');
  });
});

/** Changes the address of the named credential, as an admin does. */
function leadTo(url: string): void {
  mustDeploy(world.org, storeCredential(url));
}
