import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { root } from '../../scripts/lib/sf.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-rights-'));
  world = await openWorld(10);
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await world.close();
});

const file = 'permissionsets/Woo_Integration.permissionset';
const shipped = readFileSync(join(root, `force-app/main/default/${file}-meta.xml`), 'utf8');

/** The element of the permission set that names something, whatever else it says. */
const entry = (element: string, name: string): RegExp =>
  new RegExp(
    `<${element}>(?:(?!</${element}>)[^])*?>${name}<(?:(?!</${element}>)[^])*</${element}>\\s*`,
  );

/** Deploys Woo_Integration with changes, as an admin who edits it. */
async function deploy(...edits: readonly (readonly [RegExp, string])[]): Promise<void> {
  const xml = edits.reduce((text, [search, replacement]) => {
    expect(text).toMatch(search);
    return text.replace(search, replacement);
  }, shipped);
  const directory = mkdtempSync(join(folder, 'package-'));
  mkdirSync(join(directory, 'permissionsets'));
  writeFileSync(join(directory, file), xml);
  writeFileSync(
    join(directory, 'package.xml'),
    '<?xml version="1.0" encoding="UTF-8"?><Package xmlns="http://soap.sforce.com/2006/04/metadata">' +
      '<types><members>Woo_Integration</members><name>PermissionSet</name></types>' +
      '<version>66.0</version></Package>',
  );
  await world.sf.must(['project', 'deploy', 'start', '--metadata-dir', directory]);
}

describe('a right that the integration user lacks', () => {
  it('to see a field is named, holds its mapping and no other', async () => {
    await deploy([entry('fieldPermissions', 'Woo_Order__c\\.Total__c'), '']);
    const { code, problems, of } = await world.backfill();
    expect(code).toBe(1);
    const problem = problems.find((one) => one.mapping === 'Order');
    expect(problem).toMatchObject({ code: 'MAPPING_HIDDEN_FIELD' });
    expect(problem?.message).toContain('Total__c');
    expect(of('Product')).toMatchObject({ failed: 0 });
    expect(of('Product').created).toBeGreaterThan(0);
    expect(() => of('Order')).toThrow();
  });

  it('to change a field is named and holds its mapping', async () => {
    const readOnly = shipped
      .match(entry('fieldPermissions', 'Woo_Order__c\\.Total__c'))?.[0]
      ?.replace('<editable>true', '<editable>false');
    await deploy([entry('fieldPermissions', 'Woo_Order__c\\.Total__c'), readOnly ?? '']);
    const { problems } = await world.backfill();
    const problem = problems.find((one) => one.mapping === 'Order');
    expect(problem?.message).toContain('Total__c');
    expect(problem?.code).toBe('MAPPING_FIELD_READ_ONLY');
  });

  it('to see an object is named by the mapping that it hides', async () => {
    await deploy([entry('objectPermissions', 'Woo_Refund__c'), '']);
    const { code, problems } = await world.backfill();
    expect(code).toBe(1);
    expect(problems.map((one) => [one.code, one.mapping])).toContainEqual([
      'MAPPING_HIDDEN',
      'Refund',
    ]);
  });

  it('to see the configuration is named with its cure', async () => {
    await deploy([entry('customMetadataTypeAccesses', 'Woo_Mapping__mdt'), '']);
    const { code, stderr } = await world.sidecar(['backfill']);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(/Woo_Mapping__mdt/);
    expect(stderr).toMatch(/Woo_Integration/);
  });

  it('is nothing once the permission set is as it ships', async () => {
    await deploy();
    const { code, problems } = await world.backfill();
    expect([code, problems]).toEqual([0, []]);
  });
});
