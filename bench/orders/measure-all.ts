import type { Bench } from '../lib/bench.ts';
import type { Usage } from '../lib/programs/processes.ts';
import {
  atLeast,
  atMost,
  countAtMost,
  median,
  shown,
  type Result,
} from '../lib/results/results.ts';
import type { StoreProcess } from '../lib/programs/store.ts';
import { type Loaded, OrderLoads, type Recorded } from './order-loads.ts';

/** Orders that the record-by-record way is measured with, and how much more the large load has; of the short benchmark less. */
const FULL = { recordByRecord: 200, large: 5 };
const SHORT = { recordByRecord: 20, large: 2 };
/** API calls per 1,000 new orders, and those that a load of any size makes: of 10,000 orders 14 per 1,000. */
const [PER_THOUSAND, ONCE] = [12.5, 15];
interface Size {
  readonly orders: number;
  readonly runs: number;
  readonly isShort: boolean;
}

/**
 * One turn, one after the other: the sidecar, the bound, the least, which is the bound with what no backfill can do
 * without, and the least that keeps all that the sidecar keeps.
 */
interface Turn {
  readonly load: Loaded;
  readonly bound: Usage;
  readonly least: Usage;
  readonly keeping: Usage;
}

/** Measures everything that the benchmark shows. */
export async function measureAll(
  bench: Bench,
  { orders, runs, isShort }: Size,
  say: (line: string) => void,
): Promise<Result[]> {
  const { recordByRecord, large: times } = isShort ? SHORT : FULL;
  const loads = new OrderLoads(bench);
  say(`recording a backfill of ${orders} orders`);
  const recorded = await loads.record(orders, recordByRecord);
  const turns: Turn[] = [];
  const { second, plugin, mapping, folder } = await bench.withStore(orders, async (store) => {
    for (let run = 1; run <= runs; run++) {
      turns.push(
        await turn(loads, store, recorded, (line) => {
          say(`run ${run} of ${runs}: ${line}`);
        }),
      );
    }
    say('a second run with nothing changed');
    const writes = await loads.writesOfSecondRun(store);
    say('the state in a folder: a first backfill, and one in the folder that it made');
    const inFolder = await loads.loadInFolder(store);
    say('mapping alone, beside code written for it');
    const ratio = await loads.mappingSpeed(store);
    say(`record by record: ${recorded.orderCount} orders`);
    const perRecord = await loads.recordByRecord(store, recorded);
    return { second: writes, plugin: perRecord, mapping: ratio, folder: inFolder };
  });
  say(`a backfill of ${times * orders} orders`);
  const large = await bench.withStore(times * orders, (store) => loads.load(store));
  say(`the backfill: ${inWords(large)}`);
  return [
    ...ratios(turns),
    ...perOrder(turns, orders),
    ...cost(turns, orders, second),
    countAtMost(
      'Customer fields: API calls more per 1,000 new orders',
      2,
      (1000 * recorded.totalsCalls) / orders,
    ),
    ...memory(turns, large, { orders, times }),
    atMost('Peak memory, state in a new folder', 500, 'MB', folder.first.peakMB),
    atMost('Peak memory, state in the same folder again', 500, 'MB', folder.second.peakMB),
    atLeast('Mapping alone: records per second ÷ by hand', 0.3, mapping),
    ...besideRecordByRecord(turns, orders, plugin, recorded.orderCount),
  ];
}

async function turn(
  loads: OrderLoads,
  store: StoreProcess,
  recorded: Recorded,
  say: (line: string) => void,
): Promise<Turn> {
  const load = await loads.load(store);
  say(`sidecar ${inWords(load)}`);
  const bound = await loads.bound(store, recorded);
  say(`bound ${inWords(bound)}`);
  const least = await loads.least(store, recorded);
  say(`least ${inWords(least)}`);
  const keeping = await loads.least(store, recorded, true);
  say(`least that keeps all ${inWords(keeping)}`);
  return { load, bound, least, keeping };
}

function inWords({ seconds, cpuSeconds, peakMB }: Usage): string {
  return `${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, ${peakMB.toFixed(0)} MB`;
}

function over(turns: readonly Turn[], value: (turn: Turn) => number): number {
  return median(turns.map(value));
}

function ratios(turns: readonly Turn[]): Result[] {
  return [
    atMost(
      'Time ÷ least',
      1.25,
      '',
      over(turns, ({ load, least }) => load.seconds / least.seconds),
    ),
    atMost(
      "CPU ÷ least's CPU",
      2.3,
      '',
      over(turns, ({ load, least }) => load.cpuSeconds / least.cpuSeconds),
    ),
    // What no program that keeps the same can be below.
    shown(
      'Least that keeps all: time ÷ least',
      '',
      over(turns, ({ keeping, least }) => keeping.seconds / least.seconds),
    ),
    shown(
      "Least that keeps all: CPU ÷ least's CPU",
      '',
      over(turns, ({ keeping, least }) => keeping.cpuSeconds / least.cpuSeconds),
    ),
    shown(
      'Time ÷ least that keeps all',
      '',
      over(turns, ({ load, keeping }) => load.seconds / keeping.seconds),
    ),
    shown(
      'CPU ÷ the CPU of the least that keeps all',
      '',
      over(turns, ({ load, keeping }) => load.cpuSeconds / keeping.cpuSeconds),
    ),
    shown(
      'Least: time ÷ bound',
      '',
      over(turns, ({ least, bound }) => least.seconds / bound.seconds),
    ),
    shown(
      "Least: CPU ÷ bound's CPU",
      '',
      over(turns, ({ least, bound }) => least.cpuSeconds / bound.cpuSeconds),
    ),
  ];
}

/** What the two ratios are of. */
function perOrder(turns: readonly Turn[], orders: number): Result[] {
  const each = (value: (turn: Turn) => number) => (1000 * over(turns, value)) / orders;
  return [
    shown(
      'CPU per order',
      'ms',
      each(({ load }) => load.cpuSeconds),
    ),
    shown(
      'Least: CPU per order',
      'ms',
      each(({ least }) => least.cpuSeconds),
    ),
    shown(
      'Time per order',
      'ms',
      each(({ load }) => load.seconds),
    ),
    shown(
      'Least: time per order',
      'ms',
      each(({ least }) => least.seconds),
    ),
  ];
}

function cost(turns: readonly Turn[], orders: number, secondRun: number): Result[] {
  const calls = over(turns, ({ load }) => load.requests / orders);
  return [
    countAtMost(
      'API calls per 1,000 new orders',
      PER_THOUSAND + (1000 * ONCE) / orders,
      calls * 1000,
    ),
    countAtMost('Calls that write in a second run, nothing changed', 0, secondRun),
  ];
}

function memory(
  turns: readonly Turn[],
  large: Usage,
  { orders, times }: { readonly orders: number; readonly times: number },
): Result[] {
  const peak = over(turns, ({ load }) => load.peakMB);
  return [
    atMost(`Peak memory at ${orders} orders`, 300, 'MB', peak),
    atMost(`Peak memory at ${times * orders} ÷ at ${orders}`, 1.2, '', large.peakMB / peak),
  ];
}

function besideRecordByRecord(
  turns: readonly Turn[],
  orders: number,
  other: Loaded,
  otherOrders: number,
): Result[] {
  const time = over(turns, ({ load }) => load.seconds) / orders;
  const calls = over(turns, ({ load }) => load.requests) / orders;
  const otherTime = other.seconds / otherOrders;
  const otherCalls = other.requests / otherOrders;
  return [
    shown('Record by record: time per order', 'ms', otherTime * 1000),
    shown('Record by record: time per order ÷ ours', '', otherTime / time, 'higher'),
    shown('Record by record: API calls per order', '', otherCalls),
    shown('Record by record: API calls per order ÷ ours', '', otherCalls / calls, 'higher'),
  ];
}
