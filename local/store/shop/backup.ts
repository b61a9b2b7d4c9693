import type { Collection } from '../core/collection.ts';
import type { Ledger } from './ledger.ts';

/**
 * What the shop sells and has sold, at one moment, as a backup of its database holds it: orders, refunds, products,
 * variations, customers and coupons, and which ids come next. Images and WordPress's own content stay as they are.
 */
export class Backup {
  readonly #ledger: Ledger;
  #restore: (() => void) | null = null;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  take(): void {
    const { shop, ids } = this.#ledger;
    const { orders, refunds, products, variations, customers, coupons } = shop;
    const restores = [
      kept(orders),
      kept(refunds),
      kept(products),
      kept(variations),
      kept(customers),
      kept(coupons),
      ids.keep(),
    ];
    this.#restore = () => {
      for (const restore of restores) restore();
    };
  }

  /** Nothing is heard of it: a database knows no webhooks. @throws Error where none was taken */
  restore(): void {
    if (this.#restore === null) {
      throw new Error('There is no backup: take one with POST /local/backup first.');
    }
    this.#restore();
  }
}

function kept<R>(collection: Collection<R>): () => void {
  // An edit puts an entry of its own in the place of the former one, which stays as it was.
  const entries = collection.all().slice();
  return () => {
    collection.restore(entries);
  };
}
