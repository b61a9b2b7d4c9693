import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CONTENT } from '../../scripts/package/content.ts';
import { mustDeploy, record, set } from './metadata.ts';
import { filesNamed, ownComponents, ownFiles } from './own-components.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let kept: string;

beforeAll(async () => {
  world = await openWorld(20, {}, 'named_credential');
  kept = mkdtempSync(join(tmpdir(), 'woo-salesforce-kept-'));
  // What an admin makes of the defaults: another attribute, another condition, another name of the store.
  mustDeploy(
    world.org,
    record(
      'Woo_Field_Mapping.Order_Payment_Method',
      set('Woo_Path__c', 'payment_method'),
      set('Woo_Attribute__c', 'payment_method'),
    ),
    record(
      'Woo_Condition.Order_Completed',
      set('Operator__c', 'in'),
      set('Value__c', 'completed;processing'),
    ),
    record('Woo_Store.Main_Store', [/Main Store/, 'Our Shop'], set('URL__c', world.storeUrl)),
    ...ownComponents(),
  );
});

afterAll(async () => {
  await world.close();
  rmSync(kept, { recursive: true, force: true });
});

const TYPES = ['Woo_Store', 'Woo_Mapping', 'Woo_Field_Mapping', 'Woo_Condition', 'Woo_Recipient'];

/** All configuration records, by name, as the org has them. */
async function configuration(): Promise<ReadonlyMap<string, unknown>> {
  const all = new Map<string, unknown>();
  for (const type of TYPES) {
    const described = await world.admin.describe(`${type}__mdt`);
    const fields = described.fields.map(({ name }) => name).join(', ');
    const { records } = await world.admin.query(`SELECT ${fields} FROM ${type}__mdt`);
    for (const row of records) all.set(`${type}.${String(row['DeveloperName'])}`, row);
  }
  return all;
}

async function credential(): Promise<unknown> {
  const query = 'externalCredential=Woo_Store&principalName=Woo_Keys&principalType=NamedPrincipal';
  const path = `/services/data/v66.0/named-credentials/credential?${query}`;
  return (await world.session.request('GET', path)).body;
}

/** Files of ours that an admin has changed. */
const changedByAdmin = (): ReadonlyMap<string, string> =>
  filesNamed(
    world.org,
    { type: 'CustomApplication', member: 'WooCommerce' },
    { type: 'FlexiPage', member: 'Woo_Sales' },
  );

/** A tab more in our app, another name of a page. */
function changeOurs(): void {
  const edited = [...changedByAdmin()].map(([path, text]): [string, string] => [
    path,
    text
      .replace('<tabs>Woo_Sync</tabs>', '<tabs>Our_Board</tabs>$&')
      .replace('<masterLabel>Woo Sales', '<masterLabel>What we sell'),
  ]);
  mustDeploy(world.org, ...edited);
}

describe('an upgrade of what a package has, after an admin edited records', () => {
  it('leaves every record, the store, the keys and what is the admin’s as they are', async () => {
    const before = await configuration();
    expect(before.get('Woo_Condition.Order_Completed')).toMatchObject({
      Operator__c: 'in',
      Value__c: 'completed;processing',
    });
    const keys = await credential();
    expect(keys).toMatchObject({ authenticationStatus: 'Configured' });
    // Without a variable, as an installation has none.
    const deploy = ['project', 'deploy', 'start', '-d', CONTENT];
    const own = ownFiles(world.org);
    expect([...own.keys()]).toHaveLength(ownComponents().length);
    changeOurs();
    const changed = changedByAdmin();
    const sf = await world.sf();
    const names = ['-m', 'CustomApplication:WooCommerce', '-m', 'FlexiPage:Woo_Sales'];
    const into = ['--target-metadata-dir', kept, '--unzip'];
    await sf.must(['project', 'retrieve', 'start', ...names, ...into]);
    const { stdout } = await sf.must(deploy);
    expect(stdout).toContain('Status: Succeeded');
    expect(ownFiles(world.org)).toEqual(own);
    // As docs/upgrade.md says of what is ours, and of how to keep it.
    expect([...changedByAdmin().values()].join('')).not.toMatch(/Our_Board|What we sell/);
    const back = ['--metadata-dir', join(kept, 'unpackaged/unpackaged')];
    await sf.must(['project', 'deploy', 'start', ...back]);
    expect(changedByAdmin()).toEqual(changed);
    expect(await configuration()).toEqual(before);
    expect(before.get('Woo_Store.Main_Store')).toMatchObject({ MasterLabel: 'Our Shop' });
    expect(await credential()).toEqual(keys);
  });

  it('goes on syncing by the edited records, with the keys that the org holds', async () => {
    const { code, of } = await world.backfill();
    expect(code).toBe(0);
    const processing = [...world.store.shop.orders.all()]
      .map((entry) => entry.read())
      .filter(({ status }) => status === 'processing');
    const [first] = processing;
    const { records } = await world.admin.query(
      `SELECT Woo_Key__c, Payment_Method__c FROM Woo_Order__c WHERE Status__c = 'processing'`,
    );
    expect(records).toHaveLength(processing.length);
    expect(of('Order').wanted).toBeGreaterThan(processing.length);
    expect(records).toContainEqual(
      expect.objectContaining({
        Woo_Key__c: `main:${first?.id}`,
        Payment_Method__c: first?.payment_method,
      }),
    );
  });
});
