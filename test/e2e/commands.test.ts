import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eventually } from './eventually.ts';
import { giveCommand } from './give-command.ts';
import { LiveWorld } from './live-world.ts';
import type { RunningService } from './service.ts';
import { openWorld, type World } from './support.ts';

let world: World;
let live: LiveWorld;
let service: RunningService;

beforeAll(async () => {
  world = await openWorld(20);
  live = new LiveWorld(world);
  service = await live.start();
});

afterAll(async () => {
  await world.close();
});

type Row = Readonly<Record<string, unknown>>;

const command = (type: string, fields: Row = {}) => giveCommand(world, type, fields);

function product() {
  const found = world.store.shop.products
    .all()
    .map((entry) => entry.read())
    .find(({ type, status }) => type === 'simple' && status === 'publish');
  if (!found) throw new Error('the store has no such product');
  return found;
}

describe('a command', () => {
  it('loads a whole store again while the service runs, and writes nothing that is in step', async () => {
    const done = await command('backfill', { Store__c: 'main' });
    expect(done).toMatchObject({ State__c: 'done' });
    const result = String(done['Result__c']);
    expect(result).toMatch(/Product2[^\n]*[1-9]\d* the same/);
    expect(result).not.toMatch(/[1-9]\d* (?:created|adopted|updated|changed|removed|failed)/);
  });

  it('brings one record into step, by its Salesforce id, and says so', async () => {
    const { id } = product();
    const recordId = await live.arrives('Product2', id, {});
    const done = await command('sync', { Record_Id__c: recordId });
    expect(done).toMatchObject({ State__c: 'done' });
    expect(String(done['Result__c'])).toContain(`main:${id}`);
    expect(done['Started_At__c']).not.toBeNull();
    expect(done['Finished_At__c']).not.toBeNull();
  });

  it('explains one record of the shop', async () => {
    const [order] = live.completed();
    const done = await command('explain', {
      ...{ Store__c: 'main', Resource__c: 'order', Arguments__c: String(order?.id) },
    });
    expect(done).toMatchObject({ State__c: 'done' });
    expect(String(done['Result__c'])).toContain('Woo_Order__c');
  });

  it('says what a backfill would do, and does not do it', async () => {
    const done = await command('dry_run', { Store__c: 'main' });
    expect(done).toMatchObject({ State__c: 'done' });
    expect(String(done['Result__c'])).toContain('Nothing was written');
  });

  it('tries the record of an issue again', async () => {
    const { id } = product();
    world.store.edits.updateProduct(id, { name: 'x'.repeat(300) });
    const soql = `SELECT Id FROM Woo_Sync_Issue__c WHERE State__c = 'open' AND Woo_Id__c = '${id}'`;
    const issue = await eventually(async () => {
      const row = await world.orgRow(soql);
      expect(row).toBeDefined();
      return String(row?.['Id']);
    });
    const again = await command('retry', { Record_Id__c: issue });
    expect(String(again['Result__c'])).toMatch(/still|open/i);
    expect(service.log.some(({ msg }) => msg.includes('broke'))).toBe(false);
  });

  it('that asks for something impossible fails, and says what to do', async () => {
    const failed = await command('backfill', { Store__c: 'elsewhere' });
    expect(failed).toMatchObject({ State__c: 'failed' });
    expect(String(failed['Result__c'])).toContain('elsewhere');
  });
});

describe('without a public address', () => {
  it('a command is found by asking', async () => {
    await service.stop();
    service = await world.startService({ PUBLIC_URL: '', SIDECAR_SECRET: '', SWEEP_SECONDS: '10' });
    const recordId = await live.arrives('Product2', product().id, {});
    expect(await command('sync', { Record_Id__c: recordId })).toMatchObject({ State__c: 'failed' });
  });
});
