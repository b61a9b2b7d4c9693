/** The seed of the run, from which everything follows that looks like chance. */
let seed = 1;
let order = 0;
let state = 1;
const counts = new Map<string, number>();

/** Begins a run: the same seed gives the same numbers in the same order, but for those of `nextOfOrder`. */
export function reseed(given: number, orderOfState: number): void {
  seed = given;
  order = orderOfState;
  state = given >>> 0 || 1;
  counts.clear();
}

/** At least 0, below 1, for who asks next. */
export function next(): number {
  state = (state + 0x6d2b79f5) | 0;
  return mixed(state);
}

/**
 * At least 0, below 1, by the name and how often it was asked for: what else happens in the run changes nothing about
 * it, so that a run with a step less goes on as before.
 */
export function nextOf(name: string): number {
  const count = (counts.get(name) ?? 0) + 1;
  counts.set(name, count);
  let hash = 0x811c9dc5 ^ seed;
  for (const part of `${name} ${count}`) hash = Math.imul(hash ^ part.charCodeAt(0), 0x01000193);
  return mixed(Math.imul(hash, 0x9e3779b1));
}

/** The same for what decides which of several calls of the state ends first: a seed has many of these orders. */
export function nextOfOrder(name: string): number {
  return nextOf(order === 0 ? name : `${name} ${order}`);
}

/** Whether it is one that is searched for beside the seed's own. */
export const isOtherOrder = (): boolean => order !== 0;

function mixed(value: number): number {
  let t = Math.imul(value ^ (value >>> 15), 1 | value);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
}

export function bytes(count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => Math.floor(next() * 256)));
}

export function uuid(): `${string}-${string}-${string}-${string}-${string}` {
  const hex = bytes(16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
