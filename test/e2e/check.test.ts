import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { outboundEnv } from '../../scripts/lib/install/install.ts';
import { root } from '../../scripts/lib/sf.ts';
import { openState } from '../../sidecar/src/state/state.ts';
import { claimForOrg } from '../../sidecar/src/state/state-owner.ts';
import { verified } from '../../sidecar/test/support/links.ts';
import {
  integrationRights,
  mustDeploy,
  record,
  right,
  set,
  without,
  type File,
} from './metadata.ts';
import { openWorld, type World } from './support.ts';

/** An order of the store that the state knows. */
const LINK = {
  object: 'Woo_Order__c',
  key: 'main:7',
  recordId: 'a01000000000001AAA',
  ...verified('h'),
  parentKey: null,
  byId: false,
  readNumber: 1,
};

const OLD_SHOP = 'https://old.example';

let world: World;

beforeAll(async () => {
  world = await openWorld(40);
});

afterAll(async () => {
  await world.close();
});

/** A record whose checkbox is off, as an admin saves it. */
const off = (name: string): File =>
  record(name, [/(<field>Active__c<\/field>\s*<value[^>]*>)true/, '$1false']);

const deploy = (...files: File[]) => {
  mustDeploy(world.org, ...files);
};

interface Found {
  readonly severity: string;
  readonly code: string;
  readonly place: string;
  readonly message: string;
  readonly cure: string;
}

interface Report {
  readonly passed: boolean;
  readonly errors: number;
  readonly warnings: number;
  readonly apiCalls: number;
  readonly setup: readonly Found[];
  readonly stores: readonly { readonly store: string; readonly findings: readonly Found[] }[];
  readonly mappings: readonly { readonly mapping: string; readonly findings: readonly Found[] }[];
}

async function check(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ code: number; report: Report; found: string[] }> {
  const { code, stdout, stderr } = await world.sidecar(['check', '--json', ...args], env);
  expect(stderr).toBe('');
  const report = JSON.parse(stdout) as Report;
  const all = [
    ...report.setup,
    ...[...report.stores, ...report.mappings].flatMap(({ findings }) => findings),
  ];
  const found = all
    .filter(({ severity }) => severity !== 'hint')
    .map(({ severity, code: what, place }) => `${severity} ${what} ${place}`);
  return { code, report, found };
}

/**
 * A state that knows an order of the store at another address.
 * @param organizationId the org that it belongs to; null: of none yet
 * @returns its folder
 */
async function stateOfMovedShop(organizationId: string | null): Promise<string> {
  const path = mkdtempSync(join(tmpdir(), 'woo-moved-'));
  const state = await openState({ kind: 'directory', path });
  await claimForOrg(state, organizationId);
  await state.saveCursor('main', 'url', OLD_SHOP);
  await state.didWrite([LINK], []);
  await state.close();
  return path;
}

describe('check', () => {
  it('finds nothing wrong with what ships', async () => {
    const { code, stdout } = await world.command(['check', '--strict']);
    expect(code, stdout).toBe(0);
    expect(stdout).toMatch(/^Store main \(http:\/\/127\.0\.0\.1:\d+\) {2}ok$/m);
    expect(stdout).toMatch(/^Mapping Order: order → Woo_Order__c {2}ok$/m);
    expect(stdout).toMatch(/^0 errors, 0 warnings/m);
  });

  it('takes five API calls at most for 20 mappings, by the count of the org too', async () => {
    const copies = Array.from({ length: 14 }, (_, at): File => {
      const [, xml] = record('Woo_Mapping.Customer_Contact', set('Direction__c', 'both'));
      const label = `<label>Copy ${at}</label>`;
      return [
        `customMetadata/Woo_Mapping.Copy_${at}.md`,
        xml.replace(/<label>[^<]*<\/label>/, label),
      ];
    });
    deploy(...copies);
    const before = world.org.requestLog.totals();
    const { report } = await check();
    const after = world.org.requestLog.totals();
    expect(report.mappings).toHaveLength(20);
    expect(report.apiCalls).toBeLessThanOrEqual(5);
    expect(after.billed - before.billed).toBe(report.apiCalls);
    expect(after.writes).toBe(before.writes);
    deploy(...copies.map(([path, xml]): File => [path, inactive(xml)]));
  });

  it('names what a mapping has wrong, with the cure, and the others are fine', async () => {
    deploy(
      record('Woo_Field_Mapping.Product_Stock', set('Woo_Path__c', 'categories')),
      record('Woo_Field_Mapping.Product_Description', set('Direction__c', 'both')),
      record('Woo_Condition.Order_Completed', set('Value__c', 'complete')),
    );
    const { code, report, found } = await check();
    expect(code).toBe(1);
    expect(found).toEqual(
      expect.arrayContaining([
        'error MAPPING_VALUE_TYPE Product_Stock',
        'error MAPPING_LOSSY_BOTH_WAYS Product_Description',
        'warning CHECK_UNKNOWN_WORD Order_Completed',
      ]),
    );
    const order = report.mappings.find(({ mapping }) => mapping === 'Order');
    expect(order?.findings[0]?.cure).toContain('Did you mean completed?');
    expect(report.mappings.find(({ mapping }) => mapping === 'Refund')?.findings).toEqual([]);
    deploy(
      record('Woo_Field_Mapping.Product_Stock'),
      record('Woo_Field_Mapping.Product_Description'),
    );
  });

  it('says of a store with the URL of another shop what the service says, and leaves the state as it is', async () => {
    const path = await stateOfMovedShop(null);
    const { code, found, report } = await check(['--quick'], { DATA_DIR: path });
    const errors = found.filter((one) => one.startsWith('error '));
    expect([code, errors]).toEqual([1, ['error STORE_URL_CHANGED main']]);
    expect(report.stores[0]?.findings[0]?.cure).toContain('STORE_MOVED=main=http://127.0.0.1:');
    const after = await openState({ kind: 'directory', path });
    expect(await after.cursor('main', 'url')).toBe(OLD_SHOP);
    await after.close();
    rmSync(path, { recursive: true });
  });

  it('says that the state is of another org, and goes by it where it is of this one', async () => {
    const errorsWith = async (path: string) => {
      const { found, report } = await check(['--quick'], { DATA_DIR: path });
      rmSync(path, { recursive: true });
      return { errors: found.filter((one) => one.startsWith('error ')), setup: report.setup };
    };
    const other = await errorsWith(await stateOfMovedShop('00DPR0000000001AAA'));
    expect(other.errors).toEqual(['error STATE_OTHER_ORG the state']);
    const said = other.setup.find(({ code }) => code === 'STATE_OTHER_ORG')?.message;
    const own = /sign-in leads to the org "(\w+)"/.exec(said ?? '')?.[1] ?? 'not said';
    const { errors } = await errorsWith(await stateOfMovedShop(own));
    expect(errors).toEqual(['error STORE_URL_CHANGED main']);
  });

  it('passes with warnings, unless it is to be strict', async () => {
    const { code, found } = await check();
    expect([code, found]).toEqual([0, ['warning CHECK_UNKNOWN_WORD Order_Completed']]);
    expect((await check(['--strict'])).code).toBe(1);
    deploy(record('Woo_Condition.Order_Completed'), off('Woo_Field_Mapping.Order_Customer_Note'));
    const strict = await check(['--strict']);
    const order = strict.report.mappings.find(({ mapping }) => mapping === 'Order');
    expect(order?.findings).toMatchObject([{ severity: 'hint', code: 'CHECK_ROWS_OFF' }]);
    expect(order?.findings[0]?.message).toContain('is off: Order_Customer_Note.');
    expect([strict.code, strict.found]).toEqual([0, []]);
    deploy(record('Woo_Field_Mapping.Order_Customer_Note'));
  });

  it('names each right that the integration user lacks', async () => {
    deploy(
      integrationRights(
        without('fieldPermissions', 'Woo_Order__c\\.Total__c'),
        right('fieldPermissions', 'Woo_Order__c\\.Status__c', 'editable', false),
        right('fieldPermissions', 'Woo_Refund__c\\.Woo_Key__c', 'editable', false),
        right('objectPermissions', 'Woo_Order_Item__c', 'allowDelete', false),
        right('objectPermissions', 'Woo_Order_Item__c', 'modifyAllRecords', false),
      ),
    );
    const { code, report, found } = await check();
    expect(code).toBe(1);
    const codes = found.join('\n');
    expect(codes).toMatch(/error MAPPING_(?:HIDDEN_FIELD|UNKNOWN_FIELD) .*/);
    expect(found).toEqual(
      expect.arrayContaining([
        'error MAPPING_FIELD_READ_ONLY Order_Status',
        'error GRANT_KEY Refund',
        'error GRANT_DELETE Order_Item',
      ]),
    );
    expect(JSON.stringify(report)).toContain('Total__c');
  });

  it('names an object that the user may not see, though its mappings are hidden with it', async () => {
    deploy(integrationRights(without('objectPermissions', 'Woo_Refund__c')));
    const { code, found } = await check();
    expect(code).toBe(1);
    expect(found).toContain('error OBJECT_NOT_VISIBLE Woo_Refund__c');
  });

  it('names custom metadata that the user may not read', async () => {
    deploy(integrationRights(without('customMetadataTypeAccesses', 'Woo_Mapping__mdt')));
    const { code, report } = await check();
    expect(code).toBe(1);
    expect(report.setup.map(({ code: what }) => what)).toEqual(['SF_NOT_DEPLOYED']);
    expect(report.setup[0]?.message).toContain('Woo_Mapping__mdt');
    deploy(integrationRights());
    expect((await check()).code).toBe(0);
  });

  it('names a store that refuses the key, and does not repeat it', async () => {
    const { code, report } = await check([], { WOO_MAIN_SECRET: 'cs_wrong' });
    expect(code).toBe(1);
    expect(report.stores[0]?.findings.map(({ code: what }) => what)).toEqual(['WOO_KEY_REFUSED']);
    expect(JSON.stringify(report)).not.toContain('cs_wrong');
  });

  it('says what is missing where it cannot run', async () => {
    const { code, stderr } = await world.sidecar(['check'], { SF_CLIENT_ID: '' });
    expect(code).toBe(2);
    expect(stderr).toContain('SF_CLIENT_ID');
  });
});

describe('golden orders in config/org', () => {
  it('stay out of deploys', async () => {
    const sf = await world.sf();
    const outbound = { endpoint: null, username: world.org.integrationUsername };
    const { stdout } = await sf.must(
      ['project', 'deploy', 'start', '-d', 'config/org', '--dry-run', '--json'],
      { env: { ...outboundEnv(outbound), WOO_STORE_URL: world.storeUrl } },
    );
    const { result } = JSON.parse(stdout) as { result: { files: { filePath?: string }[] } };
    expect(result.files.length).toBeGreaterThan(50);
    expect(result.files.map(({ filePath }) => filePath).join('\n')).not.toContain('golden');
    expect(readFileSync(join(root, '.forceignore'), 'utf8')).toContain('**/golden/**');
  });
});

/** The record with its mapping switched off: custom metadata cannot be deleted by a deploy. */
function inactive(xml: string): string {
  return xml.replace(/(<field>Active__c<\/field>\s*<value[^>]*>)true/, '$1false');
}
