/**
 * A day or some hours in which nothing happens in the shop, as fast as the engine's clock can jump. Prints the API calls of it
 * by what they were for: with webhooks, and where the shop cannot reach us.
 */
import { given } from '../lib/programs/given.ts';
import { MINUTE, openJumping, type Reach } from './jumping-engine.ts';
import { openReceiver } from './receiver.ts';

/** API calls of some hours. */
export interface Day {
  /** By purpose, as the sidecar counts them. */
  readonly purposes: Readonly<Record<string, number>>;
  /** As the org counts them. */
  readonly billed: number;
}

/** What `bench/realtime/idle-day.ts` reads. */
export interface Days {
  readonly webhooks: Day;
  readonly asked: Day;
}

const HOUR = 60 * MINUTE;

const { config, org, clock, ...jumping } = await openJumping(process.env);
const receiver = await openReceiver(config.publicAccess);

async function idle(reach: Reach, hours: number): Promise<Day> {
  const engine = jumping.engineFor(reach);
  await engine.start();
  do await clock.pass(MINUTE);
  while (!(await jumping.isInStep()));
  await clock.pass(HOUR);
  const before = { calls: new Map(org.callsFor), billed: await billed() };
  await clock.pass(hours * HOUR);
  const purposes = [...org.callsFor].map(
    ([purpose, calls]) => [purpose, calls - (before.calls.get(purpose) ?? 0)] as const,
  );
  const counted = (await billed()) - before.billed;
  await engine.stop();
  return {
    purposes: Object.fromEntries(purposes.filter(([, calls]) => calls > 0)),
    billed: counted,
  };
}

async function billed(): Promise<number> {
  const response = await fetch(new URL('/local/requests', process.env['SF_LOGIN_URL']));
  return ((await response.json()) as { billed: number }).billed;
}

const webhooks = await idle(receiver.reach, Number(given('BENCH_HOURS')));
const asked = await idle({ publicUrl: null, secrets: null }, Number(given('BENCH_HOURS_ASKED')));
console.log(JSON.stringify({ webhooks, asked } satisfies Days));
await jumping.close();
receiver.close();
