/**
 * `npm run bench`: what a first backfill and the time after it cost in time, memory and API calls, where there can be
 * one as ratios to a bound that is measured in the same run. Local store, local org, PostgreSQL and sidecar run
 * in their own processes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { stopSignal } from '../local/shared/stop-signal.ts';
import { wholeNumber } from '../local/shared/whole-number.ts';
import { startPostgres } from '../sidecar/test/support/postgres.ts';
import { measureCheck } from './orders/check.ts';
import { measureEdits } from './edits/edits.ts';
import { measureGateway, withGateway } from './orders/gateway.ts';
import { measureContentSweep } from './realtime/content-sweep.ts';
import { measureIdleDay } from './realtime/idle-day.ts';
import { Bench, type Setting } from './lib/bench.ts';
import { measureAll } from './orders/measure-all.ts';
import { Processes } from './lib/programs/processes.ts';
import { isMet, judged, resultTable, type Result } from './lib/results/results.ts';
import { measurePreview } from './orders/preview.ts';
import { withSmallShop } from './orders/small-shop.ts';
import { measureValues } from './orders/values.ts';
import { measureApex } from './org/apex.ts';
import { measureLightning } from './org/lightning.ts';
import { measureLocalOrg } from './org/local-org.ts';
import { measureRealtime } from './realtime/realtime.ts';

const usage = `Measures what a first backfill and the time after it cost, in ratios to the least that it could take on this
machine.

  npm run bench [-- options]

  --orders N    orders of the backfill (default 10000, with --short 500); memory is measured with five times as many too
  --runs N      runs of sidecar and bound, by turns; the median counts (default 5, with --short 1)
  --short       every part with little: counts are judged, times and memory are not
  --only PART   load, realtime, content, edits or lightning; all of them when left out
  --json FILE   writes [{name, value, unit, target, better, isCount}]

Exit code 1 when a target is missed.
`;

const PARTS = ['load', 'realtime', 'content', 'edits', 'lightning'] as const;
/** Of a shop of which its content alone is measured. */
const FEW_ORDERS = 20;

type Part = (typeof PARTS)[number];

/** Where times say nothing, these parts go at the same time. */
const SHORT_LANES: readonly (readonly Part[])[] = [
  ['load', 'realtime'],
  ['content', 'edits', 'lightning'],
];

interface Options {
  readonly orders: number;
  readonly runs: number;
  /** What is measured. */
  readonly parts: readonly Part[];
  readonly json: string | undefined;
  /** Whether each part is tried with little, and counts alone are judged. */
  readonly isShort: boolean;
}

function readOptions(): Options | undefined {
  const { values } = parseArgs({
    options: {
      orders: { type: 'string' },
      runs: { type: 'string' },
      short: { type: 'boolean', default: false },
      only: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { only, json, short: isShort } = values;
  const { orders = isShort ? '500' : '10000', runs = isShort ? '1' : '5' } = values;
  const parts = PARTS.filter((part) => only === undefined || part === only);
  if (parts.length === 0) throw new Error(`--only is "${only}": give ${PARTS.join(', ')}.`);
  return {
    orders: wholeNumber('--orders', orders, 200_000, 1),
    runs: wholeNumber('--runs', runs, 100, 1),
    parts,
    json,
    isShort,
  };
}

async function bench(
  options: Options,
  processes: Processes,
  folder: string,
  stopped: AbortSignal,
): Promise<boolean> {
  const started = performance.now();
  const say = (line: string): void => {
    const seconds = Math.round((performance.now() - started) / 1000);
    process.stderr.write(`${`${seconds}`.padStart(4)} s  ${line}\n`);
  };
  say('starting PostgreSQL');
  const postgres = await startPostgres();
  try {
    const { isShort, parts } = options;
    const lanes = isShort ? SHORT_LANES : [parts];
    const measured = lanes.map((lane) => {
      const some = lane.filter((part) => parts.includes(part));
      const home = mkdtempSync(join(folder, 'lane-'));
      const setting = { processes, folder: home, postgresUrl: postgres.url, stopped, isShort };
      return measureParts(setting, { ...options, parts: some }, say);
    });
    const results = (await Promise.all(measured)).flat();
    say('done');
    console.log(resultTable(results, isShort));
    if (options.json !== undefined) {
      writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
    }
    return judged(results, isShort).every(isMet);
  } finally {
    processes.end();
    await postgres.stop();
  }
}

/** Parts one after the other. */
async function measureParts(
  setting: Setting,
  options: Options,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const { parts } = options;
  const results: Result[] = [];
  if (parts.length === 0) return results;
  say(`${parts.join(', ')}: deploying into a local org with the Salesforce CLI`);
  const prepared = await Bench.prepare(setting);
  if (parts.includes('load')) {
    results.push(...(await measureAll(prepared, options, say)));
    say('parts of texts, transforms and conditions, beside code written for them');
    results.push(...measureValues());
    say("the local org's validation");
    results.push(...measureLocalOrg(prepared.freshOrgFile()));
    results.push(...(await measureApex(setting.processes, prepared.freshOrgFile())));
    results.push(...(await measureSmallShop(prepared, say)));
  }
  if (parts.includes('realtime')) {
    results.push(...(await measureRealtime(prepared, setting, say)));
  }
  if (parts.includes('edits')) {
    results.push(...(await measureEdits(prepared, setting, say)));
  }
  if (parts.includes('lightning')) {
    results.push(...(await measureLightning(prepared, setting, say)));
  }
  results.push(...(await measureThroughOrg(setting, options, say)));
  return results;
}

async function measureSmallShop(
  bench: Bench,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  say('a shop of few orders');
  return withSmallShop(bench, async (shop) => {
    say('the preview of a mapping');
    const preview = await measurePreview(shop, bench.setting);
    say('check on many mappings');
    return [await measureCheck(shop, bench.setting.stopped), ...preview];
  });
}

/** What load, realtime and content measure of the same shop behind the org. */
async function measureThroughOrg(
  setting: Setting,
  { orders, parts }: Options,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const [load, realtime, content] = (['load', 'realtime', 'content'] as const).map((part) =>
    parts.includes(part),
  );
  if (!load && !realtime && !content) return [];
  say('the shop through the org');
  return withGateway(setting, load || realtime ? orders : FEW_ORDERS, async (pair) => {
    const results: Result[] = [];
    if (load) {
      say('the shop read through the org');
      results.push(...(await measureGateway(setting, pair)));
    }
    if (realtime) {
      say('an idle day');
      results.push(...(await measureIdleDay(setting, pair)));
    }
    if (content) {
      say('ten of many posts');
      results.push(...(await measureContentSweep(setting, pair)));
    }
    return results;
  });
}

async function main(): Promise<void> {
  const options = readOptions();
  if (!options) {
    console.log(usage);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'woo-salesforce-bench-'));
  const processes = new Processes(folder);
  const stopped = stopSignal();
  stopped.addEventListener('abort', () => {
    // Whoever waits for one of them fails, and all is cleared up on the way out.
    processes.end();
  });
  try {
    if (!(await bench(options, processes, folder, stopped))) process.exitCode = 1;
  } catch (error) {
    if (!stopped.aborted) throw error;
    process.exitCode = 130;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
