import type { Delivered } from '../lib/programs/deliver.ts';
import { deliver, type Receiver } from '../lib/programs/deliveries.ts';
import { freePort } from '../lib/programs/free-port.ts';
import type { Processes } from '../lib/programs/processes.ts';
import type { Place, ServiceProcess } from '../lib/programs/service.ts';
import { atLeast, atMost, median, type Result, shown } from '../lib/results/results.ts';

const TURNS = 5;
/** Webhooks of a turn at full speed. */
const WEBHOOKS = 2000;
const PER_SECOND = 50;
const SECONDS_AT_PACE = 10;
/** Of which the short benchmark takes so much. */
const SHARE = 0.1;

export interface AcceptOptions {
  readonly processes: Processes;
  readonly service: ServiceProcess;
  /** An empty place for the route, of the same kind as the service's. */
  readonly place: Place;
  readonly engine: string;
  /** Bodies of webhooks of orders that the service knows. */
  readonly bodies: string;
  readonly isShort: boolean;
}

/** Both at full speed and at a shop's pace. */
interface Taken {
  readonly fast: Delivered;
  readonly paced: Delivered;
}

/**
 * Webhooks that the service takes while it works on what they name, beside a route that does one INSERT each, by
 * turns.
 */
export async function measureAccept(options: AcceptOptions): Promise<readonly Result[]> {
  const { processes, service, place, engine } = options;
  const port = `${await freePort()}`;
  const route = await processes.serve(['bench/realtime/insert-route.ts'], /The route listens/, {
    ...place,
    PORT: port,
  });
  const bound = { url: `http://127.0.0.1:${port}/webhooks`, secret: service.receiver.secret };
  const turns: { readonly ours: Taken; readonly theirs: Taken }[] = [];
  if (!options.isShort) {
    // Once for the compilers.
    await fastest(options, service.receiver);
    await fastest(options, bound);
  }
  const count = options.isShort ? 1 : TURNS;
  for (let turn = 0; turn < count; turn++) {
    const ours = await taken(options, service.receiver);
    turns.push({ ours, theirs: await taken(options, bound) });
  }
  await route.stop();
  const over = (value: (turn: (typeof turns)[number]) => number) => median(turns.map(value));
  return [
    atLeast(
      `Webhooks accepted per second ÷ a route with one INSERT, ${engine}`,
      0.5,
      over(({ ours, theirs }) => ours.fast.perSecond / theirs.fast.perSecond),
    ),
    atMost(
      `p99 of the accept at ${PER_SECOND} a second ÷ the same route's, ${engine}`,
      3,
      '',
      over(({ ours, theirs }) => ours.paced.p99 / theirs.paced.p99),
    ),
    shown(
      `Webhooks accepted per second, ${engine}`,
      '',
      over(({ ours }) => ours.fast.perSecond),
      'higher',
    ),
    shown(
      `p99 of the accept at ${PER_SECOND} a second, ${engine}`,
      'ms',
      over(({ ours }) => ours.paced.p99),
    ),
  ];
}

async function taken(options: AcceptOptions, receiver: Receiver): Promise<Taken> {
  const { processes, service, bodies, isShort } = options;
  const fast = await fastest(options, receiver);
  const count = PER_SECOND * SECONDS_AT_PACE * (isShort ? SHARE : 1);
  const paced = await deliver(processes, receiver, { bodies, count, perSecond: PER_SECOND });
  await service.settled();
  return { fast, paced };
}

async function fastest(
  { processes, service, bodies, isShort }: AcceptOptions,
  receiver: Receiver,
): Promise<Delivered> {
  const count = WEBHOOKS * (isShort ? SHARE : 1);
  const fast = await deliver(processes, receiver, { bodies, count });
  await service.settled();
  return fast;
}
