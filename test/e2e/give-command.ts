import { expect } from 'vitest';

import { eventually } from './eventually.ts';
import type { JourneyWorld } from './journey-world.ts';

type Row = Readonly<Record<string, unknown>>;

/** Makes a command as an admin does. @returns what stands there when it is over */
export async function giveCommand(
  world: JourneyWorld,
  type: string,
  fields: Row = {},
): Promise<Row> {
  const { id } = await world.admin
    .sobject('Woo_Command__c')
    .create({ Type__c: type, State__c: 'waiting', ...fields });
  const soql = `SELECT State__c, Result__c, Progress__c, Started_At__c, Finished_At__c FROM Woo_Command__c WHERE Id = '${String(id)}'`;
  return eventually(async () => {
    const row = await world.orgRow(soql);
    expect(['done', 'failed', 'cancelled'], JSON.stringify(row)).toContain(row?.['State__c']);
    return row ?? {};
  });
}
