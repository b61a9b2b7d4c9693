import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { eventually } from './eventually.ts';
import { giveCommand } from './give-command.ts';
import type { JourneyWorld } from './journey-world.ts';
import { openJourney } from './journeys.ts';
import { LiveWorld } from './live-world.ts';
import type { RunningService } from './service.ts';

let world: JourneyWorld;
let live: LiveWorld;
let service: RunningService;

beforeAll(async () => {
  world = await openJourney(20);
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
      Store__c: 'main',
      Resource__c: 'order',
      Arguments__c: String(order?.id),
    });
    expect(done).toMatchObject({ State__c: 'done' });
    expect(String(done['Result__c'])).toContain('Woo_Order__c');
  });

  it('previews a mapping that is not saved, and says what one can be made of', async () => {
    const answer = async (type: string, given: Row) => {
      const fields = { Store__c: 'main', Arguments__c: JSON.stringify(given) };
      const { State__c, Result__c } = await command(type, fields);
      expect(State__c, String(Result__c)).toBe('done');
      return JSON.parse(String(Result__c)) as Row;
    };
    const asked = { object: 'Woo_Order__c', resource: 'order' };
    const { fields, attributes, values } = await answer('describe_mapping', asked);
    expect(fields).toContainEqual(
      expect.objectContaining({ name: 'Woo_Key__c', externalId: true, createable: true }),
    );
    expect(attributes).toContainEqual(
      expect.objectContaining({ name: 'currency', example: expect.any(String) as string }),
    );
    // By the report of the shop, through the gateway.
    expect(values).toMatchObject({
      status: expect.arrayContaining([{ value: 'on-hold', label: 'On hold' }]) as unknown,
    });
    const [order] = live.completed();
    const mapping = { name: 'Draft', resource: 'order', object: 'Woo_Order__c' };
    const preview = await answer('preview_mapping', {
      mapping,
      fields: [{ name: 'Draft_Name', attribute: 'number', field: 'Name' }],
      record: order?.id,
    });
    expect(preview).toMatchObject({
      held: false,
      records: [{ rows: [{ place: 'Draft_Name', source: order?.number, now: order?.number }] }],
    });
    const latest = await answer('preview_mapping', { mapping });
    expect(latest).toMatchObject({ held: true, problems: [{ code: 'MAPPING_NO_FIELDS' }] });
    // As the home page asks, which shows no results that are for a program.
    const query = `{ uiapi { query { Woo_Command__c(where: { Type__c: { nin: ["describe_mapping", "preview_mapping"] } }
      orderBy: { CreatedDate: { order: DESC } } first: 10) { edges { node { Type__c { value } } } } } } }`;
    const { status, body } = await world.session.request('POST', '/services/data/v66.0/graphql', {
      query,
    });
    expect(status).toBe(200);
    expect(JSON.stringify(body)).toContain('"explain"');
    expect(JSON.stringify(body)).not.toMatch(/describe_mapping|preview_mapping|errors":\[\{/);
  });

  it('says what a backfill would do, and does not do it', async () => {
    const done = await command('dry_run', { Store__c: 'main' });
    expect(done).toMatchObject({ State__c: 'done' });
    const result = String(done['Result__c']);
    expect(result).toContain('Nothing was written');
    // A customer has the number of the product that was synced above.
    expect(world.store.shop.customers.get(product().id)?.read().role).toBe('customer');
    expect(result).toMatch(/Contact[^\n]*[1-9]\d* the same/);
    expect(result).not.toMatch(/[1-9]\d* to (?:create|adopt|update|change|remove)/);
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
