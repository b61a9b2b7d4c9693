import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signIn } from '../../scripts/lib/install/deploy.ts';
import type { Setting } from '../lib/bench.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { type Place, ServiceProcess } from '../lib/programs/service.ts';
import { atMost, type Result } from '../lib/results/results.ts';

/** Megabytes that a service may take which reaches nothing of what it was started for. */
const MOST = { PostgreSQL: 300, PGlite: 400 } as const;

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
const RULE = `${HEAD}<CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><validationRules><fullName>None</fullName><active>true</active><errorConditionFormula>TRUE</errorConditionFormula><errorMessage>No orders today</errorMessage></validationRules></CustomObject>`;
const MANIFEST = `${HEAD}<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>Woo_Order__c.None</members><name>ValidationRule</name></types><version>66.0</version></Package>`;

export interface RefusedOptions {
  readonly engine: keyof typeof MOST;
  readonly place: Place;
}

/** The memory of a first load of which a validation rule refuses every order, and of the attempts that follow it. */
export async function measureRefused(
  setting: Setting,
  pair: Pair,
  { engine, place }: RefusedOptions,
): Promise<Result> {
  await deployRule(setting, pair);
  const service = await ServiceProcess.first(setting.processes, pair, place);
  const orders = await pair.org.count('Woo_Order__c');
  if (orders > 0) throw new Error(`${orders} orders were not refused.`);
  const peakMB = await service.stop();
  const name = `Peak memory where ${pair.store.orders} of ${pair.store.orders} orders are refused, ${engine}`;
  return atMost(name, MOST[engine], 'MB', peakMB);
}

async function deployRule({ folder, stopped }: Setting, { org }: Pair): Promise<void> {
  const home = mkdtempSync(join(folder, 'refused-'));
  const metadata = join(home, 'rule');
  mkdirSync(join(metadata, 'objects'), { recursive: true });
  writeFileSync(join(metadata, 'objects', 'Woo_Order__c.object'), RULE);
  writeFileSync(join(metadata, 'package.xml'), MANIFEST);
  const sf = await signIn(org, org.url, home);
  await sf.must(['project', 'deploy', 'start', '--metadata-dir', metadata], { stopped });
}
