import type { Shop } from './shop.ts';

/** Above what the generator gives to the lines and meta rows of a million orders. */
const FIRST_LINE = 300_000_000;
const FIRST_META = 800_000_000;
const FIRST_TERM = 1000;

/** Ids for what comes into the shop after it opened. They clash with nothing that is there or will be built. */
export class NewIds {
  #record: number;
  #customer: number;
  #line = FIRST_LINE;
  #meta = FIRST_META;
  #term = FIRST_TERM;

  constructor(shop: Shop) {
    const highest = [shop.orders, shop.refunds, shop.products, shop.variations].map(
      (collection) => collection.all().at(-1)?.id ?? 0,
    );
    this.#record = Math.max(100_000, ...highest) + 1_000_000;
    this.#customer = shop.customers.all().at(-1)?.id ?? 0;
  }

  /** Orders, refunds, products, variations and media share one row of ids, as posts do. */
  record(): number {
    this.#record += 1;
    return this.#record;
  }

  customer(): number {
    this.#customer += 1;
    return this.#customer;
  }

  /** Lines of all kinds. */
  line(): number {
    this.#line += 1;
    return this.#line;
  }

  meta(): number {
    this.#meta += 1;
    return this.#meta;
  }

  /** Categories, tags and brands. */
  term(): number {
    this.#term += 1;
    return this.#term;
  }

  /** As a database has it: what is restored goes on with the ids that it had. @returns what sets them back */
  keep(): () => void {
    const [record, customer, line, meta] = [this.#record, this.#customer, this.#line, this.#meta];
    return () => {
      this.#record = record;
      this.#customer = customer;
      this.#line = line;
      this.#meta = meta;
    };
  }
}
