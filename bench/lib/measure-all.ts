import type { Bench, Loaded, Recorded } from './bench.ts';
import type { Usage } from './processes.ts';
import { median, type Result } from './results.ts';
import type { StoreProcess } from './store.ts';

/** Orders that the record-by-record way is measured with. */
const RECORD_BY_RECORD = 200;
/** How much more the large load has. */
const LARGE = 5;

interface Size {
  readonly orders: number;
  readonly runs: number;
}

/** One turn: the sidecar and the bound, one after the other. */
interface Turn {
  readonly load: Loaded;
  readonly bound: Usage;
}

/** Measures everything that the benchmark shows. */
export async function measureAll(
  bench: Bench,
  { orders, runs }: Size,
  say: (line: string) => void,
): Promise<Result[]> {
  say(`recording a load of ${orders} orders`);
  const recorded = await bench.record(orders, RECORD_BY_RECORD);
  const turns: Turn[] = [];
  const { second, plugin } = await bench.withStore(orders, async (store) => {
    for (let run = 1; run <= runs; run++) {
      turns.push(
        await turn(bench, store, recorded, (line) => {
          say(`run ${run} of ${runs}: ${line}`);
        }),
      );
    }
    say('a second run with nothing changed');
    const writes = await bench.writesOfSecondRun(store);
    say(`record by record: ${recorded.orderCount} orders`);
    return { second: writes, plugin: await bench.recordByRecord(store, recorded) };
  });
  say(`a load of ${LARGE * orders} orders`);
  const large = await bench.withStore(LARGE * orders, (store) => bench.load(store));
  say(`the load: ${shown(large)}`);
  return [
    ...speed(turns, orders),
    ...cost(turns, orders),
    ...pluginsWay(turns, orders, plugin, recorded.orderCount),
    {
      name: 'Calls that write in a second run, nothing changed',
      value: second,
      unit: '',
      target: 0,
      better: 'lower',
    },
    ...memory(turns, large, orders),
  ];
}

async function turn(
  bench: Bench,
  store: StoreProcess,
  recorded: Recorded,
  say: (line: string) => void,
): Promise<Turn> {
  const load = await bench.load(store);
  say(`sidecar ${shown(load)}`);
  const bound = await bench.bound(store, recorded);
  say(`bound ${shown(bound)}`);
  return { load, bound };
}

function shown({ seconds, cpuSeconds, peakMB }: Usage): string {
  return `${seconds.toFixed(1)} s, CPU ${cpuSeconds.toFixed(1)} s, ${peakMB.toFixed(0)} MB`;
}

function over(turns: readonly Turn[], value: (turn: Turn) => number): number {
  return median(turns.map(value));
}

function speed(turns: readonly Turn[], orders: number): Result[] {
  return [
    {
      ...{ name: 'Time ÷ bound', unit: '', target: 1.3, better: 'lower' },
      value: over(turns, ({ load, bound }) => load.seconds / bound.seconds),
    },
    {
      ...{ name: "Sidecar's CPU ÷ bound's CPU", unit: '', target: 2.5, better: 'lower' },
      value: over(turns, ({ load, bound }) => load.cpuSeconds / bound.cpuSeconds),
    },
    {
      ...{ name: 'Orders per second', unit: '/s', target: null, better: 'higher' },
      value: over(turns, ({ load }) => orders / load.seconds),
    },
  ];
}

function cost(turns: readonly Turn[], orders: number): Result[] {
  return [
    {
      ...{ name: 'API calls per 1,000 new orders', unit: '', target: 14, better: 'lower' },
      value: over(turns, ({ load }) => (load.requests / orders) * 1000),
    },
  ];
}

function pluginsWay(
  turns: readonly Turn[],
  orders: number,
  plugin: Loaded,
  pluginOrders: number,
): Result[] {
  const seconds = over(turns, ({ load }) => load.seconds) / orders;
  const calls = over(turns, ({ load }) => load.requests) / orders;
  const shownOnly = { target: null, better: 'higher' } as const;
  return [
    {
      ...{ name: 'Record by record: time per order ÷ ours', unit: '×', ...shownOnly },
      value: plugin.seconds / pluginOrders / seconds,
    },
    {
      ...{ name: 'Record by record: API calls per order ÷ ours', unit: '×', ...shownOnly },
      value: plugin.requests / pluginOrders / calls,
    },
  ];
}

function memory(turns: readonly Turn[], large: Usage, orders: number): Result[] {
  const peak = over(turns, ({ load }) => load.peakMB);
  const name = `Peak memory at ${orders} orders`;
  return [
    { name, value: peak, unit: 'MB', target: 300, better: 'lower' },
    {
      ...{ name: `Peak memory at ${LARGE * orders} ÷ at ${orders}`, unit: '', target: 1.2 },
      ...{ value: large.peakMB / peak, better: 'lower' },
    },
  ];
}
