import { AsyncResource } from 'node:async_hooks';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';

import { isAlive, processId } from './processes.ts';

/** What is left of the real one: the simulator alone asks it. */
export const real = {
  Date,
  setImmediate: timers.setImmediate,
  now: performance.now.bind(performance),
};

interface Timer {
  readonly number: number;
  readonly act: () => void;
  readonly process: number | null;
  /** In milliseconds; null for one that acts once. */
  readonly every: number | null;
  at: number;
}

/** When each run begins. */
export const BEGIN = Date.parse('2026-11-30T10:00:00Z');

let now = BEGIN;
let numbers = 0;
const waiting = new Map<number, Timer>();
/** Timers that have acted since the process began. */
export const acted = { count: 0 };

/** Milliseconds since 1970. */
export const currentTime = (): number => now;

/** Begins a run: no timer of another is left. */
export function resetClock(to: number): void {
  waiting.clear();
  numbers = 0;
  now = to;
}

/** What Node hands out for a timer. Nothing holds this process but the simulator. */
class Handle {
  readonly #number: number;

  constructor(number: number) {
    this.#number = number;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    const timer = waiting.get(this.#number);
    if (timer && timer.every !== null) timer.at = now + timer.every;
    return this;
  }

  close(): this {
    waiting.delete(this.#number);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#number;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function begin(act: () => void, milliseconds: unknown, repeats: boolean): Handle {
  numbers += 1;
  const wait = Math.max(0, Number(milliseconds) || 0);
  const timer: Timer = {
    number: numbers,
    at: now + wait,
    process: processId(),
    act: AsyncResource.bind(act),
    // One that repeats at once would keep the clock from moving.
    every: repeats ? Math.max(1, wait) : null,
  };
  waiting.set(numbers, timer);
  return new Handle(numbers);
}

type Callback = (...args: unknown[]) => void;

const setTimer =
  (repeats: boolean) =>
  (act: Callback, wait?: unknown, ...args: unknown[]) =>
    begin(
      () => {
        act(...args);
      },
      wait,
      repeats,
    );

function clear(handle: unknown): void {
  if (handle instanceof Handle) handle.close();
  else if (typeof handle === 'number' || typeof handle === 'string') waiting.delete(Number(handle));
}

/** `setTimeout` of `node:timers/promises`. */
function delay(
  wait?: number,
  value?: unknown,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      handle.close();
      reject(reasonOf(signal));
    };
    const handle = begin(
      () => {
        signal?.removeEventListener('abort', stop);
        resolve(value);
      },
      wait ?? 1,
      false,
    );
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

function reasonOf(signal: AbortSignal | undefined): Error {
  return Object.assign(new Error('The operation was aborted', { cause: signal?.reason }), {
    name: 'AbortError',
    code: 'ABORT_ERR',
  });
}

/** Waits by the clock of the simulation. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    begin(resolve, milliseconds, false);
  });
}

function timeoutSignal(milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const said = 'The operation was aborted due to timeout';
  begin(
    () => {
      controller.abort(new DOMException(said, 'TimeoutError'));
    },
    milliseconds,
    false,
  );
  return controller.signal;
}

class SimulatedDate extends Date {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) super(now);
    else super(...(given as [number]));
  }

  static override now(): number {
    return now;
  }
}

/** Puts this clock under everything that is imported later. */
export function installClock(): void {
  const setTimeout = Object.assign(setTimer(false), { [promisify.custom]: delay });
  const setInterval = setTimer(true);
  const replaced = { setTimeout, setInterval, clearTimeout: clear, clearInterval: clear };
  Object.assign(globalThis, replaced, { Date: SimulatedDate });
  Object.assign(timers, replaced);
  Object.assign(timersPromises, { setTimeout: delay });
  Object.assign(AbortSignal, { timeout: timeoutSignal });
  Object.defineProperty(performance, 'now', { value: currentTime, configurable: true });
}

/** Work of the machine itself, which the clock waits for. */
const BUSY = /^(FSReq|GetAddrInfo|Zlib|.*(Sign|Hash|Scrypt|PBKDF2|RandomBytes|WebCrypto).*Re?q)/;
/** Turns of the loop of events after which nothing goes on any more without a timer. */
const CALM = 3;

/** Processes that have asked something outside of the simulation, such as a database, and still wait. */
const asking = new Set<{ readonly process: number | null }>();
let answered = Promise.withResolvers<undefined>();

/** The clock stands still until it is done, or the process that waits for it has ended. */
export async function waitedFor<T>(work: () => Promise<T>): Promise<T> {
  const one = { process: processId() };
  asking.add(one);
  try {
    return await work();
  } finally {
    asking.delete(one);
    answered.resolve(undefined);
    answered = Promise.withResolvers();
  }
}

function isAsking(): boolean {
  for (const one of asking) if (!isAlive(one.process)) asking.delete(one);
  return asking.size > 0;
}

async function calm(): Promise<void> {
  for (let idle = 0; idle < CALM; idle += 1) {
    await new Promise((resolve) => real.setImmediate(resolve));
    if (isAsking()) {
      await answered.promise;
      idle = -1;
    } else if (process.getActiveResourcesInfo().some((one) => BUSY.test(one))) idle = -1;
  }
}

function first(): Timer | null {
  let found: Timer | null = null;
  for (const timer of waiting.values()) {
    if (!isAlive(timer.process)) waiting.delete(timer.number);
    else if (found === null || timer.at < found.at) found = timer;
  }
  return found;
}

/** Lets the world go on up to a time, or until something is so. */
export async function advance(to: number, isDone: () => boolean = () => false): Promise<void> {
  for (;;) {
    await calm();
    if (isDone()) return;
    const timer = first();
    if (timer === null || timer.at > to) {
      now = Math.max(now, to);
      return;
    }
    now = Math.max(now, timer.at);
    acted.count += 1;
    if (timer.every === null) waiting.delete(timer.number);
    else {
      timer.at = now + timer.every;
      // Behind those that are due at the same time.
      waiting.delete(timer.number);
      waiting.set(timer.number, timer);
    }
    timer.act();
  }
}

/** Sets the clock forward at once: what was due meanwhile happens late, as on a machine that slept. */
export function leap(to: number): void {
  now = Math.max(now, to);
}

/** Lets the world go on until something is done. @throws Error where it is not within an hour */
export async function during<T>(work: Promise<T>): Promise<T> {
  const state = { isDone: false };
  const ends = (): void => {
    state.isDone = true;
  };
  work.then(ends, ends);
  await advance(now + 3_600_000, () => state.isDone);
  if (!state.isDone) throw new Error('It was not done within an hour of the simulation.');
  return work;
}
