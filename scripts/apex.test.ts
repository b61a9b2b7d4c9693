import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkApex, copyProject } from './lib/checks/apex-check.ts';

const CLASSES = 'force-app/main/default/classes';
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-apex-'));
  copyProject(folder);
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Replaces the one occurrence of a piece of a class. */
function plant(name: string, search: string, replacement: string): void {
  const path = join(folder, CLASSES, name);
  const [before, after, ...more] = readFileSync(path, 'utf8').split(search);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`${name} does not hold "${search}" once`);
  }
  writeFileSync(path, `${before}${replacement}${after}`);
}

describe('names and types of the Apex classes', () => {
  it('are right', async () => {
    expect(await checkApex(folder)).toEqual([]);
  });

  it('are refused where they are wrong', async () => {
    plant('WooGatewayStore.cls', 'key.equals(store.Key__c)', 'key.equals(store.Kye__c)');
    plant('WooGatewayReads.cls', 'MAX_READS = 10;', "MAX_READS = 'ten';");
    plant('WooGatewayPaths.cls', 'return false;', '');
    plant('WooGatewayBody.cls', 'return JSON.serialize(fields);', 'return JSON.serialise(fields);');
    plant('WooGateway.cls', 'response.statusCode = refusal.status;', 'response.code = 500;');
    plant('WooGatewayQuery.cls', 'return params;', 'return paramz;');
    plant('WooFlowsTest.cls', "command.State__c = 'cancelled'", "command.Staate__c = 'cancelled'");
    const found = (await checkApex(folder)).map(
      ({ path, message }) => `${basename(path)}: ${message}`,
    );
    expect(found.sort()).toEqual([
      expect.stringContaining("WooFlowsTest.cls: Unknown field 'Staate__c'"),
      expect.stringContaining("WooGateway.cls: Unknown field or type 'code'"),
      expect.stringContaining("WooGatewayBody.cls: No matching method found for 'serialise'"),
      'WooGatewayPaths.cls: Code path does not return a value',
      expect.stringContaining("WooGatewayQuery.cls: No variable or type found for 'paramz'"),
      expect.stringContaining('WooGatewayReads.cls: Incompatible types in assignment'),
      expect.stringContaining("WooGatewayStore.cls: Unknown field 'Kye__c'"),
    ]);
  });
});
