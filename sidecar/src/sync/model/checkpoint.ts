import type { PageCursor } from '../../ports/store.ts';

/** A page whose records are not all settled yet. */
export interface OpenPage {
  /** One more record of the page is on its way. */
  take(): void;
  /** One record of the page is written, or known not to be writable. */
  release(): void;
}

class Page implements OpenPage {
  readonly cursor: PageCursor;
  /** Starts with its reader, who may still take records while others of them are settled already. */
  #open = 1;

  constructor(cursor: PageCursor) {
    this.cursor = cursor;
  }

  take(): void {
    this.#open += 1;
  }

  release(): void {
    this.#open -= 1;
  }

  get done(): boolean {
    return this.#open === 0;
  }
}

/**
 * Knows how far a walk is safely behind us: up to the last page before which every record is settled.
 * Rows of later pages may be written earlier, so that requests are full.
 */
export class Checkpoint {
  readonly #pages: Page[] = [];
  readonly #save: (cursor: PageCursor) => Promise<void>;
  #saved: Promise<void> = Promise.resolve();

  constructor(save: (cursor: PageCursor) => Promise<void>) {
    this.#save = save;
  }

  /** Opens the next page in reading order. Its reader settles it once too, when it has taken all records. */
  open(cursor: PageCursor): OpenPage {
    const page = new Page(cursor);
    this.#pages.push(page);
    return page;
  }

  /** Saves the newest cursor behind which nothing is open, if it moved. */
  async advance(): Promise<void> {
    let last: Page | undefined;
    while (this.#pages[0]?.done) last = this.#pages.shift();
    if (!last) return;
    const { cursor } = last;
    // One after the other: two connections could bring an older place to rest on top of a newer one.
    this.#saved = this.#saved.then(() => this.#save(cursor));
    await this.#saved;
  }
}
