import type { Delivered } from './deliver.ts';
import type { Processes } from './processes.ts';

/** Where webhooks go, and what they are. */
export interface Receiver {
  readonly url: string;
  /** What they are signed with. */
  readonly secret: string;
}

export interface Deliveries {
  /** A file with the JSON of a list of bodies; they are sent by turns. */
  readonly bodies: string;
  readonly count: number;
  /** Left out: as fast as they are taken. */
  readonly perSecond?: number;
}

/** As many as a shop's workers could hold at once, and more. */
const CONNECTIONS = 32;

/** Sends webhooks from a process of its own. @throws Error where one of them is not taken */
export async function deliver(
  processes: Processes,
  { url, secret }: Receiver,
  { bodies, count, perSecond = 0 }: Deliveries,
): Promise<Delivered> {
  const { stdout } = await processes.measure(['bench/lib/programs/deliver.ts'], {
    BENCH_URL: url,
    BENCH_SECRET: secret,
    BENCH_BODIES: bodies,
    BENCH_COUNT: `${count}`,
    BENCH_PER_SECOND: `${perSecond}`,
    BENCH_CONNECTIONS: `${CONNECTIONS}`,
  });
  return JSON.parse(stdout) as Delivered;
}
