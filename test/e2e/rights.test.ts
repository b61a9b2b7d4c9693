import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { integrationRights, mustDeploy, right, without, type Edit } from './metadata.ts';
import { openWorld, type World } from './support.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld(10);
});

afterAll(async () => {
  await world.close();
});

/** Deploys Woo_Integration with changes, as an admin who edits it. */
const deploy = (...edits: Edit[]) => {
  mustDeploy(world.org, integrationRights(...edits));
};

describe('a right that the integration user lacks', () => {
  it('fault 31: to see a field is named, holds its mapping and no other', async () => {
    deploy(without('fieldPermissions', 'Woo_Order__c\\.Total__c'));
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
    deploy(right('fieldPermissions', 'Woo_Order__c\\.Total__c', 'editable', false));
    const { problems } = await world.backfill();
    const problem = problems.find((one) => one.mapping === 'Order');
    expect(problem?.message).toContain('Total__c');
    expect(problem?.code).toBe('MAPPING_FIELD_READ_ONLY');
  });

  it('to see an object is named by the mapping that it hides', async () => {
    deploy(without('objectPermissions', 'Woo_Refund__c'));
    const { code, problems } = await world.backfill();
    expect(code).toBe(1);
    expect(problems.map((one) => [one.code, one.mapping])).toContainEqual([
      'MAPPING_HIDDEN',
      'Refund',
    ]);
  });

  it('to see the configuration is named with its cure', async () => {
    deploy(without('customMetadataTypeAccesses', 'Woo_Mapping__mdt'));
    const { code, stderr } = await world.sidecar(['backfill']);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toMatch(/Woo_Mapping__mdt/);
    expect(stderr).toMatch(/Woo_Integration/);
  });

  it('is nothing once the permission set is as it ships', async () => {
    deploy();
    const { code, problems } = await world.backfill();
    expect([code, problems]).toEqual([0, []]);
  });
});
