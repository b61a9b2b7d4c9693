import { afterAll, beforeAll, expect, it } from 'vitest';

import { eventually } from './eventually.ts';
import { figure, idle, LiveWorld } from './live-world.ts';
import { type Edit, mustDeploy, record, set } from './metadata.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let live: LiveWorld;
let service: RunningService;

beforeAll(async () => {
  world = await openWorld(10);
  live = new LiveWorld(world);
  service = await live.start();
  await idle(service);
});

afterAll(async () => {
  await world.close();
});

/** Edits a record of the configuration as an admin does. */
function map(attribute: string, ...edits: readonly Edit[]): void {
  mustDeploy(
    world.org,
    record('Woo_Field_Mapping.Order_Billing_City', set('Woo_Attribute__c', attribute), ...edits),
  );
}

async function configuration(): Promise<string> {
  const row = await world.orgRow('SELECT Configuration__c FROM Woo_Store_Status__c');
  return String(row?.['Configuration__c']);
}

/** What `woo-salesforce reload` says, without the time of the reading. */
async function reload(): Promise<string> {
  const { code, stdout, stderr } = await world.sidecar(['reload']);
  expect(code, `${stdout}${stderr}`).toBe(0);
  const [, fingerprint] = /^In effect: .*\(configuration ([0-9a-f]{8})\)\./.exec(stdout) ?? [];
  expect(fingerprint, stdout).toBeDefined();
  return String(fingerprint);
}

it('fault 48: jobs that wait while a mapping is edited are written by the mapping that was reloaded', async () => {
  const [order] = live.completed();
  const id = order?.id ?? 0;
  await live.changeArrives(id, 'Bangor');
  const before = await reload();

  const out = { kind: 'status', status: 503, retry_after: undefined } as const;
  world.store.faults.add({ ...out, on: 'GET orders', times: 1000 });
  world.store.edits.updateOrder(id, { billing: { city: 'Orono', postcode: '04473' } });
  const waits = async () => {
    expect(await figure(service, 'woo_salesforce_backlog')).toBeGreaterThan(0);
  };
  await eventually(waits);
  map('billing.postcode');
  const after = await reload();
  expect(after).not.toBe(before);
  await waits();
  expect(await live.inOrg('Woo_Order__c', id, ['Billing_City__c'])).toMatchObject({
    Billing_City__c: 'Bangor',
  });
  await eventually(async () => {
    expect(await configuration()).toBe(after);
  });

  world.store.faults.clear();
  await live.arrives('Woo_Order__c', id, { Billing_City__c: '04473' });
});

it('the command of an admin reloads too, and its result names the mapping that is held', async () => {
  map('billing.country', set('Salesforce_Field__c', 'Total__c'));
  const { id } = await world.admin
    .sobject('Woo_Command__c')
    .create({ Type__c: 'reload', State__c: 'waiting' });
  const result = await eventually(async () => {
    const row = await world.orgRow(
      `SELECT State__c, Result__c FROM Woo_Command__c WHERE Id = '${String(id)}'`,
    );
    expect(row).toMatchObject({ State__c: 'done' });
    return String(row?.['Result__c']);
  });
  expect(result).toMatch(/held/i);
  expect(result).toContain('Order');
});
