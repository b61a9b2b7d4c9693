import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench, Setting } from '../lib/bench.ts';
import { newDatabase } from '../lib/programs/database.ts';
import type { Pair } from '../lib/programs/pair.ts';
import { type Place, ServiceProcess } from '../lib/programs/service.ts';
import type { Listed } from '../lib/programs/store.ts';
import type { Result } from '../lib/results/results.ts';
import { measureAccept } from './accept.ts';
import { measureBurst } from './burst.ts';
import { measureKill } from './kill.ts';
import { measureKillUnderLoad } from './kill-under-load.ts';
import { measureLatency } from './latency.ts';
import { measureRefused } from './refused.ts';

/** Orders of the shop. */
const ORDERS = 2000;
const FEW_ORDERS = 400;
/** Of a shop of which Salesforce takes none. */
const [REFUSED, FEW_REFUSED] = [9298, 100];
/** Those that a burst changes, and that are killed halfway. */
const BURST = 300;
const KILLED = 100;

/** The service with its state on one of the two engines, and places for another state of the same kind. */
interface Engine {
  readonly name: 'PostgreSQL' | 'PGlite';
  place(name: string): Promise<Place>;
}

/** The service in its everyday life: webhooks come in, changes go through, a burst, a kill. */
export async function measureRealtime(
  bench: Bench,
  setting: Setting,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  const { folder, postgresUrl, isShort } = setting;
  const postgres: Engine = {
    name: 'PostgreSQL',
    place: async (name) => ({ DATABASE_URL: await newDatabase(postgresUrl, name) }),
  };
  const directory: Engine = {
    name: 'PGlite',
    place: (name) => Promise.resolve({ DATA_DIR: join(folder, name) }),
  };
  const results: Result[] = [];
  const count = isShort ? FEW_ORDERS : ORDERS;
  for (const engine of [postgres, directory]) {
    const measured = await bench.withPair(count, (pair) =>
      measureEngine({ setting, engine, pair }, (line) => {
        say(`${engine.name}: ${line}`);
      }),
    );
    results.push(...measured);
    const refused = isShort ? FEW_REFUSED : REFUSED;
    say(`${engine.name}: a first load of ${refused} orders, all of them refused`);
    const place = await engine.place('refused');
    const options = { engine: engine.name, place };
    const refusing = (pair: Pair) => measureRefused(setting, pair, options);
    results.push(await bench.withPair(refused, refusing));
  }
  return results;
}

interface EngineRun {
  readonly setting: Setting;
  readonly engine: Engine;
  readonly pair: Pair;
}

async function measureEngine(
  { setting: { processes, folder, isShort }, engine, pair }: EngineRun,
  say: (line: string) => void,
): Promise<readonly Result[]> {
  say('the service loads');
  const service = await ServiceProcess.loaded(processes, pair, await engine.place('service'));
  const orders = await pair.store.list('orders', pair.store.orders);
  const bodies = (name: string, some: readonly Listed[]): string => {
    const file = join(folder, `webhooks-${name}.json`);
    // One that shows no more than what was read needs no look: each of these does.
    const told = some.map((order) => JSON.stringify({ ...order, total: 'told' }));
    writeFileSync(file, JSON.stringify(told));
    return file;
  };
  const results: Result[] = [];
  if (engine.name === 'PostgreSQL') {
    say('a burst');
    const some = orders.slice(0, BURST);
    const ids = some.map(({ id }) => id);
    const burst = { orders: ids, bodies: bodies('burst', some), isShort };
    results.push(...(await measureBurst({ processes, pair, service, ...burst })));
    say('from the store to the org');
    results.push(...(await measureLatency(pair, service, isShort)));
  }
  say('webhooks, beside a route with one INSERT');
  const [place, name] = [await engine.place('route'), engine.name];
  const accept = { processes, service, place, bodies: bodies('all', orders), isShort };
  results.push(...(await measureAccept({ ...accept, engine: name })));
  say('kill -9');
  const killed = orders.slice(1, KILLED + 1);
  const others = { ids: killed.map(({ id }) => id), bodies: bodies('killed', killed) };
  const one = bodies('one', orders.slice(0, 1));
  results.push(await measureKill({ processes, pair, service, engine: name, one, others }));
  say('kill -9 while orders arrive');
  const like = orders[0]?.id ?? 0;
  const load = { pair, service, engine: engine.name, like, isShort };
  results.push(...(await measureKillUnderLoad(load)));
  await service.stop();
  return results;
}
