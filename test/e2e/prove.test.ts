import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { AdminSession } from '../../scripts/lib/install/admin-session.ts';
import { ORG_ALIAS, signIn } from '../../scripts/lib/install/deploy.ts';
import { setStoreKeys } from '../../scripts/lib/install/store-keys.ts';
import { cleanEnv, quietSf, root } from '../../scripts/lib/sf.ts';
import { ASSUMPTIONS } from '../../scripts/prove/catalogue/all.ts';
import { PREFIX } from '../../scripts/prove/run/own-records.ts';
import { isProbed, type Probed } from '../../scripts/prove/model/assumption.ts';
import { eachObject, type Deviation, type Exchange } from '../../scripts/prove/model/exchange.ts';
import { callsOf, runProbes, type RunResult } from '../../scripts/prove/run/run-probes.ts';
import type { Probing } from '../../scripts/prove/model/probing.ts';
import { verdict } from '../../scripts/prove/model/verdict.ts';
import type { Settings } from '../../scripts/prove/run/settings.ts';
import { freePort } from './free-port.ts';
import { DeviatingProxy } from './deviating-proxy.ts';
import { mustDeploy, record, set, storeCredential } from './metadata.ts';
import { PLANTED } from './planted-deviations.ts';
import { openWorld, type World } from './support.ts';

/*
 * All of it needs one org and one shop: each stands behind a proxy that can make it another one.
 */

let world: World;
let orgProxy: DeviatingProxy;
let shopProxy: DeviatingProxy;
let deliveryProxy: DeviatingProxy;
let settings: Settings;
let plain: RunResult;
/** Of what the local org cannot be asked, without what stands in for it. */
let alone: RunResult;
/** A product that no run has made, though its name looks so. */
let foreign: string;
/** By probe: what was asked and answered where nothing deviates. */
const seen = new Map<string, Exchange[]>();

/** What is sent for its size alone is not looked at. Characters. */
const MEGABYTE = 1_000_000;

const PROBED = ASSUMPTIONS.filter(isProbed);

async function run(some: readonly Probed[], tell: (id: string) => void = () => undefined) {
  return runProbes(some, settings, { tell });
}

/** What a deviation may change, in one text. */
const answerOf = ({ status, headers, body }: Exchange): string =>
  JSON.stringify([status, headers, body]);

/** By deviation: the probes that see another answer with it. All others see the same answers as without. */
const touched = new Map<Deviation, readonly Probed[]>();

function findTouched(): void {
  const answers = new Map([...seen.values()].flat().map((one) => [one, answerOf(one)]));
  for (const deviation of [...PROBED.map((one) => one.deviation), ...PLANTED]) {
    const concerned = PROBED.filter((other) =>
      (seen.get(other.id) ?? []).some((one) => {
        const { status, headers, body } = one;
        const copy = { ...one, ...structuredClone({ status, headers, body }) };
        deviation.change(copy);
        return answerOf(copy) !== answers.get(one);
      }),
    );
    touched.set(deviation, concerned);
  }
}

const PRODUCTION: Deviation = {
  says: 'it is a production org',
  change: ({ path, body }) => {
    if (!path.includes('FROM Organization')) return;
    eachObject(body, (one) => {
      if (!('IsSandbox' in one)) return;
      Object.assign(one, { IsSandbox: false, OrganizationType: 'Enterprise Edition' });
    });
  },
};

/** What runs have left in the org and in the shop. */
async function leftovers(): Promise<string[]> {
  const found: string[] = [];
  for (const [object, field] of [
    ['Woo_Order__c', 'Woo_Key__c'],
    ['Woo_Sync_Issue__c', 'Issue_Key__c'],
    ['Product2', 'Woo_Key__c'],
    ['Contact', 'Woo_Key__c'],
    ['ContentDocument', 'Title'],
  ] as const) {
    const rows = await world.admin.query(
      `SELECT ${field} FROM ${object} WHERE ${field} LIKE '${PREFIX}%'`,
    );
    found.push(...rows.records.map((row) => `${object} ${String(row[field])}`));
  }
  const components = world.org.data.components().map(({ fullName }) => fullName);
  found.push(...components.filter((name) => name.startsWith('Woo_Prove_')));
  const { store, storeUrl } = world;
  const keys = `${store.consumerKey}:${store.consumerSecret}`;
  const authorization = `Basic ${Buffer.from(keys).toString('base64')}`;
  for (const path of ['products?status=any', 'products?status=trash', 'webhooks?status=all']) {
    const answer = await fetch(`${storeUrl}/wp-json/wc/v3/${path}&search=${PREFIX}&_fields=name`, {
      headers: { authorization, 'x-forwarded-proto': 'https' },
    });
    expect(answer.status).toBe(200);
    const rows = (await answer.json()) as readonly { name: string }[];
    found.push(...rows.map(({ name }) => name).filter((name) => name.startsWith(PREFIX)));
  }
  const library = await fetch(`${storeUrl}/wp-json/wp/v2/media?search=${PREFIX}&_fields=id`);
  const images = (await library.json()) as readonly unknown[];
  found.push(...images.map((image) => JSON.stringify(image)));
  return found;
}

beforeAll(async () => {
  world = await openWorld(30, {}, 'named_credential');
  orgProxy = await DeviatingProxy.start('org', world.orgUrl);
  shopProxy = await DeviatingProxy.start('shop', world.storeUrl);
  const port = await freePort();
  deliveryProxy = await DeviatingProxy.start('delivery', `http://127.0.0.1:${port}`);
  mustDeploy(
    world.org,
    record('Woo_Store.Main_Store', set('URL__c', shopProxy.url), set('Route__c', 'direct')),
    storeCredential(shopProxy.url),
  );
  await setStoreKeys(world.session, 'Woo_Store', world.store);
  const { org, store } = world;
  settings = {
    session: new AdminSession(orgProxy.url, org.adminUsername, org.adminToken),
    store: 'main',
    receiver: { url: deliveryProxy.url, port },
    env: {
      SF_CLIENT_ID: org.clientId,
      SF_CLIENT_SECRET: org.clientSecret,
      WOO_MAIN_KEY: store.consumerKey,
      WOO_MAIN_SECRET: store.consumerSecret,
      WOO_MAIN_APP_USER: store.applicationUser,
      WOO_MAIN_APP_PASSWORD: store.applicationPassword,
    },
  };
  const { id: made } = await world.admin.create('Product2', { Name: `${PREFIX}of-others` });
  foreign = made ?? '';
  let id = '';
  const keep = (one: Exchange): void => {
    const kept = structuredClone(one);
    const isLarge = JSON.stringify(kept.asked).length > MEGABYTE;
    seen.set(id, [...(seen.get(id) ?? []), isLarge ? { ...kept, asked: null } : kept]);
  };
  for (const proxy of [orgProxy, shopProxy, deliveryProxy]) proxy.watch = keep;
  const emulated = PROBED.filter(({ standIn }) => standIn === undefined);
  const others = PROBED.filter((one) => !emulated.includes(one));
  alone = await run(others);
  orgProxy.standIn = (exchange) => {
    for (const { standIn } of others) standIn?.(exchange);
  };
  plain = await run(PROBED, (now) => {
    id = now;
  });
  for (const proxy of [orgProxy, shopProxy, deliveryProxy]) proxy.watch = () => undefined;
  findTouched();
});

afterAll(async () => {
  await Promise.all([orgProxy, shopProxy, deliveryProxy].map((proxy) => proxy.close()));
  await world.close();
});

describe('npm run prove against the local org', () => {
  it('finds that all holds, in as many calls as announced', () => {
    const others = plain.outcomes.filter(({ kind }) => kind !== 'holds');
    expect(others.map(({ assumption, kind, detail }) => [assumption.id, kind, detail])).toEqual([]);
    expect(plain.calls).toBeLessThanOrEqual(callsOf(PROBED));
    expect(callsOf(ASSUMPTIONS)).toBeLessThanOrEqual(400);
  });

  it('says of what the local org does not emulate that it cannot tell', () => {
    expect(alone.outcomes.length).toBeGreaterThan(0);
    expect(alone.outcomes.filter(({ kind }) => kind !== 'cannot tell')).toEqual([]);
  });

  it('has seen what the deviation of each probe changes', () => {
    expect(
      PROBED.filter((one) => touched.get(one.deviation)?.includes(one) !== true).map(
        ({ id }) => id,
      ),
    ).toEqual([]);
  });

  it('leaves nothing behind', async () => {
    expect(plain.leftBehind).toBeNull();
    expect(await leftovers()).toEqual([]);
  });

  it('deletes what a service brings meanwhile of its products in the shop', async () => {
    const brought: string[] = [];
    const [pattern] = PROBED;
    if (pattern === undefined) throw new Error('no probe');
    const sync = async (probing: Probing) => {
      const fields = { Name: probing.name(), Woo_Key__c: 'main:987654' };
      brought.push((await world.admin.create('Product2', fields)).id ?? '');
      return verdict(true, null);
    };
    const { outcomes, leftBehind } = await run([{ ...pattern, id: 'sync', probe: sync }]);
    expect([outcomes[0]?.detail, leftBehind]).toEqual(['', null]);
    const ids = brought.map((id) => `'${id}'`).join();
    const { records } = await world.admin.query(`SELECT Id FROM Product2 WHERE Id IN (${ids})`);
    expect(brought).toHaveLength(1);
    expect(records).toEqual([]);
  });

  it('leaves records of others alone', async () => {
    const { totalSize } = await world.admin.query(
      `SELECT Id FROM Product2 WHERE Id = '${foreign}'`,
    );
    expect(totalSize).toBe(1);
  });
});

describe('the command', () => {
  let home: string;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'woo-salesforce-prove-'));
    await signIn(world.org, orgProxy.url, home);
  });

  afterEach(() => {
    orgProxy.deviation = null;
    orgProxy.watch = () => undefined;
  });

  afterAll(() => {
    rmSync(home, { recursive: true, force: true });
  });

  const spawned = (...args: readonly string[]) => {
    const env = { ...cleanEnv(), HOME: home, ...quietSf };
    const all = ['scripts/prove/main.ts', '--target-org', ORG_ALIAS, ...args];
    return spawn('node', all, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  };

  it('says first how many calls it makes, and writes the report as asked', async () => {
    const [json, markdown] = [join(home, 'r.json'), join(home, 'r.md')];
    const child = spawned('--only', 'unknown-parent', '--json', json, '--markdown', markdown);
    const said = await text(child.stdout);
    expect(said).toMatch(/^1 of 1 assumptions are asked for, in at most \d+ API calls\.\n/);
    expect(said).toContain('unknown-parent');
    const report = JSON.parse(readFileSync(json, 'utf8')) as { lines: unknown; calls: number };
    expect(report.lines).toMatchObject([{ id: 'unknown-parent', result: 'holds', detail: '' }]);
    expect(report.calls).toBeGreaterThan(1);
    expect(readFileSync(markdown, 'utf8')).toContain('- **unknown-parent**: ');
  });

  it('refuses a production org', async () => {
    orgProxy.deviation = PRODUCTION;
    const said = await text(spawned('--only', 'unknown-parent').stderr);
    expect(said).toContain('This is a production org. Nothing was asked.');
  });

  it('takes one that is meant, and deletes what it has made when it is stopped with Ctrl-C', async () => {
    let made = false;
    orgProxy.deviation = PRODUCTION;
    const both = ['--only', 'new-checkbox', '--only', 'many-images-in-one-call'];
    const child = spawned(...both, '--production');
    // In the middle of the second probe: the records are there, and the org has not yet answered.
    orgProxy.watch = ({ method, path }) => {
      if (method !== 'POST' || !path.endsWith('/composite/sobjects') || made) return;
      made = true;
      child.kill('SIGINT');
    };
    const said = await text(child.stdout);
    expect(made).toBe(true);
    expect(said).toContain('The run was stopped.');
    expect(await leftovers()).toEqual([]);
  });
});

describe('an org or shop that answers otherwise', () => {
  /** Which probes say that an org or shop with a deviation differs. */
  async function differing(deviation: Deviation): Promise<string[]> {
    for (const proxy of [orgProxy, shopProxy, deliveryProxy]) proxy.deviation = deviation;
    try {
      const { outcomes } = await run(touched.get(deviation) ?? []);
      return outcomes
        .filter(({ kind }) => kind === 'differs')
        .map(({ assumption }) => assumption.id);
    } finally {
      for (const proxy of [orgProxy, shopProxy, deliveryProxy]) proxy.deviation = null;
    }
  }

  it.each(PROBED.map((one) => [one.id, one.deviation.says, one.deviation] as const))(
    '%s: %s',
    async (id, _, deviation) => {
      expect(await differing(deviation)).toEqual([id]);
    },
  );

  it.each(PLANTED.map((one) => [one.owner, one.says, one] as const))(
    '%s, planted: %s',
    async (owner, _, deviation) => {
      expect(await differing(deviation)).toEqual([owner]);
    },
  );
});
