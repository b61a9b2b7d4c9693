/** What the shop takes for the time: in its dates, its `Date` headers and its checks of signatures. */
export class ShopClock {
  /** seconds by which it is fast; slow where it is negative */
  skew = 0;
  readonly #real: () => number;

  /** `real` gives UTC seconds. */
  constructor(real: () => number) {
    this.#real = real;
  }

  /** UTC seconds. */
  now(): number {
    return this.#real() + this.skew;
  }
}
