/**
 * Repeatable pseudo-random numbers: the same seed, stream and index give the same sequence in every run,
 * and each record draws from its own stream, so that it can be built alone and in any order.
 */
export class Random {
  #state: number;

  constructor(seed: number, stream: string, index = 0) {
    let state = 0x811c9dc5 ^ seed;
    for (let at = 0; at < stream.length; at += 1) {
      state = Math.imul(state ^ stream.charCodeAt(at), 0x01000193);
    }
    this.#state = Math.imul(state ^ index, 0x9e3779b1) ^ (index << 7);
    this.next();
    this.next();
  }

  /** At least 0, below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  /** One item of a list. @throws Error when it is empty. */
  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) {
      throw new Error('There is nothing to pick from.');
    }
    return item;
  }

  /** Letters and digits, as in order keys and transaction ids. */
  token(length: number): string {
    const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
    return Array.from({ length }, () => alphabet[this.below(alphabet.length)]).join('');
  }
}
