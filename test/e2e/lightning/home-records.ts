import { createRecords } from '../../../local/org/write/batch.ts';
import { makeRecord } from '../../../scripts/lib/demo/make-records.ts';
import type { World } from '../support.ts';
import type { LightningWorld } from './lightning-world.ts';

const DAY_MS = 24 * 3_600_000;
const at = (daysAgo: number): string => new Date(Date.now() - daysAgo * DAY_MS).toISOString();
const minute = (daysAgo: number): string => at(daysAgo).slice(0, 16).replace('T', ' ');

/**
 * What the pages of the app show of a store that has run for some days: how it is doing, an issue of it, and orders of
 * this week. No service runs here, so it is written as the service would.
 */
export async function fillHome({ world }: LightningWorld): Promise<void> {
  const { admin } = world;
  await attention(world);
  await makeRecord(admin, 'Woo_Store_Status__c', {
    Name: 'Main Store',
    Store__c: 'main',
    State__c: 'healthy',
    Open_Issues__c: 1,
    Last_Seen__c: at(0),
    Last_Event__c: at(0.01),
    Last_Sweep__c: at(0.02),
    Backlog__c: 3,
    API_Calls_Used__c: 12_345,
    API_Calls_Limit__c: 100_000,
    API_Budget__c: 50_000,
    API_Budget_Used__c: 9_876,
    API_Forecast__c: 15_000,
    Webhooks__c: 'order.created: active\norder.updated: active',
    Lag_Seconds__c: 0,
    Configuration__c: 'a1b2c3d4',
    Configuration_Read_At__c: at(0.01),
    Last_Reconcile__c: at(1),
    Reconcile_Result__c: '12,345 records of the shop compared: none differs.',
    Proof_By_Day__c: [
      `${minute(1)} UTC: 12345 compared, 3 found, repair under way`,
      `${minute(2)} UTC: 12340 compared, 2 found, 1 repaired`,
      `${minute(3)} UTC: 12330 compared, 9000 found, not followed repaired`,
    ].join('\n'),
    Mappings__c: [
      'Refund held - Refunds',
      `Order late ${at(0.1)} Orders`,
      `Product active ${at(0.2)} Products and Variations`,
    ].join('\n'),
  });
  await makeRecord(admin, 'Woo_Sync_Issue__c', {
    Issue_Key__c: 'mapping:Main',
    Store__c: 'main',
    Woo_Id__c: 'Refund_Main',
    Kind__c: 'setup',
    Salesforce_Object__c: 'Woo_Mapping__mdt',
    State__c: 'open',
    Attempts__c: 1,
    Code__c: 'MAPPING_FIELD_TWICE',
    Reason__c: 'Two rows write Amount__c.',
    What_To_Do__c: 'Remove one of them.',
    Last_Seen__c: at(0.1),
  });
  await makeRecord(admin, 'Woo_Command__c', {
    Type__c: 'sync',
    State__c: 'done',
    Store__c: 'main',
    Resource__c: 'order',
    Arguments__c: '1042',
    Progress__c: 100,
    Result__c: '1 record read, 1 written.',
  });
  const { records } = await admin.query<{ Id: string }>(
    'SELECT Id FROM Woo_Order__c WHERE Contact__c != null ORDER BY Name LIMIT 6',
  );
  const orders = records.map(({ Id }, day) => ({
    Id,
    Created_In_Woo__c: at(day),
    Status__c: day === 3 ? 'on-hold' : 'completed',
  }));
  const saved = await admin.sobject('Woo_Order__c').update(orders);
  if (!saved.every(({ success }) => success)) throw new Error(JSON.stringify(saved));
}

/** An attention, which the user of the sync alone may write. */
export async function attention(
  world: World,
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { org } = world;
  const named = `Username = '${org.integrationUsername}'`;
  const user = await world.orgRow(`SELECT Id FROM User WHERE ${named}`);
  const record = {
    Cause_Key__c: 'main:store_late:',
    Cause__c: 'store_late',
    Store__c: 'main',
    State__c: 'open',
    Title__c: 'Main Store is late',
    Records__c: 3,
    Since__c: at(0.1),
    Body__c: '3 records wait. See the open issues and the log of the service.',
    ...more,
  };
  const given = [{ type: 'Woo_Attention__c', record }];
  const [saved] = createRecords(org.data, { userId: String(user?.['Id']) }, given, false);
  if (saved?.success !== true) throw new Error(JSON.stringify(saved));
}
