import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { deployFiles, mustDeploy, record, set } from './metadata.ts';
import { openWorld, type World } from './support.ts';

let world: World;

beforeAll(async () => {
  world = await openWorld(30);
  expect((await world.backfill()).code).toBe(0);
});

afterAll(async () => {
  await world.close();
});

describe('a mapping that cannot run', () => {
  it('is named with its cure, and the others go on', async () => {
    mustDeploy(
      world.org,
      record('Woo_Mapping.Order', set('Condition_Logic__c', '1 AND (2')),
      record('Woo_Field_Mapping.Product_Stock', set('Woo_Path__c', 'stock_quantiti')),
    );
    const { code, problems, stderr, results, of } = await world.backfill();
    expect(code).toBe(1);
    expect(problems.map((problem) => [problem.code, problem.mapping])).toEqual(
      expect.arrayContaining([
        ['CONDITION_LOGIC', 'Order'],
        ['MAPPING_UNKNOWN_ATTRIBUTE', 'Product'],
        // They cannot be without their order.
        ['MAPPING_LOOKUP_WITHOUT_MAPPING', 'Order_Item'],
        ['MAPPING_LOOKUP_WITHOUT_MAPPING', 'Refund'],
      ]),
    );
    expect(stderr).toContain('1 AND (2');
    expect(stderr).toMatch(/stock_quantiti.*Did you mean stock_quantity\?/);
    expect(results.flatMap(({ mappings }) => mappings.map(({ mapping }) => mapping))).toEqual([
      'Customer_Account',
      'Customer_Contact',
    ]);
    expect(of('Customer_Contact').unchanged).toBeGreaterThan(0);
    mustDeploy(world.org, record('Woo_Mapping.Order'), record('Woo_Field_Mapping.Product_Stock'));
    expect((await world.backfill()).code).toBe(0);
  });

  it('does not get past the deploy where the org itself can tell', async () => {
    const refused = deployFiles(
      world.org,
      record('Woo_Condition.Order_Completed', set('Operator__c', 'resembles')),
      record('Woo_Field_Mapping.Order_Total', set('Salesforce_Field__c', 'Totl__c')),
    );
    expect(refused.join('\n')).toContain('resembles');
    expect(refused.join('\n')).toContain('Totl__c');
    const after = await world.backfill();
    expect([after.code, after.problems], 'nothing of it came into the org').toEqual([0, []]);
  });

  it('says so where it names a field that the object has no longer', async () => {
    // Match fields are text: the org lets a field be deleted that they name.
    mustDeploy(world.org, record('Woo_Mapping.Refund', set('Match_Fields__c', 'Reference__c')));
    const { code, problems, stderr, of } = await world.backfill();
    expect(code).toBe(1);
    expect(problems).toMatchObject([{ code: 'MAPPING_UNKNOWN_FIELD', mapping: 'Refund' }]);
    expect(stderr).toMatch(/"Reference__c", which Woo_Refund__c does not have.*match fields/);
    expect(of('Order').unchanged).toBe(of('Order').wanted);
    mustDeploy(world.org, record('Woo_Mapping.Refund'));
  });
});

/** As they are read; all but customers and refunds once more for what is in the trash. */
const LISTS = [
  'products',
  'variations',
  'products',
  'variations',
  'customers',
  'orders',
  'orders',
  'refunds',
];

describe('a store in whose place something else answers', () => {
  const answers = [
    ['a page in HTML', 'text/html', '<html><title>Maintenance</title></html>'],
    ['nothing', 'application/json', ''],
    ['JSON that is cut off', 'application/json', '[{"id": 1, "email": "ada@shop.example"'],
  ] as const;
  let answer: readonly [name: string, type: string, body: string] = answers[0];
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': answer[1], 'x-wp-total': 1, 'x-wp-totalpages': 1 });
      response.end(answer[2]);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    mustDeploy(
      world.org,
      record('Woo_Store.Main_Store', set('URL__c', url), set('Route__c', 'direct')),
    );
  });

  afterAll(async () => {
    await new Promise((resolve) => server.close(resolve));
  });

  it('is not read before the admin says that it is the same shop', async () => {
    const { code, stderr } = await world.sidecar(['backfill', '--json']);
    expect([code, stderr]).toEqual([2, expect.stringContaining(`STORE_MOVED=main=${url}`)]);
  });

  it.each(answers)('with %s, is reported list by list', async (...given) => {
    answer = given;
    const writes = world.org.requestLog.totals().writes;
    const { code, results } = await world.backfill({ STORE_MOVED: `main=${url}` });
    expect(code).toBe(1);
    expect(results[0]?.lists.map(({ list, code: why }) => [list, why])).toEqual(
      LISTS.map((list) => [list, 'WOO_UNEXPECTED_ANSWER']),
    );
    expect(JSON.stringify(results)).not.toContain('ada@');
    expect(world.org.requestLog.totals().writes).toBe(writes);
  });

  it('costs nothing once the shop is back', async () => {
    mustDeploy(
      world.org,
      record('Woo_Store.Main_Store', set('URL__c', world.storeUrl), set('Route__c', 'direct')),
    );
    const writes = world.org.requestLog.totals().writes;
    const { code, of } = await world.backfill({ STORE_MOVED: `main=${world.storeUrl}` });
    expect(code).toBe(0);
    expect(of('Order').unchanged).toBe(of('Order').wanted);
    expect(world.org.requestLog.totals().writes).toBe(writes);
  });
});
