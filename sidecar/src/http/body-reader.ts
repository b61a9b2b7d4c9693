import type { IncomingMessage } from 'node:http';

/** Why a body was not read. */
export type Unread = 'too_large' | 'busy' | 'cut_off';

/** Bytes, where the body is no smaller: most fit into it, and so many connections that stall take little. */
const firstBlock = 16 * 1024;
/** Bytes: the allocator maps each of this size by itself, so that it goes back to the system at once. */
const nextBlock = 256 * 1024;

/** Reads bodies of requests, holding no more than so many bytes for all of them together. */
export class BodyReader {
  readonly #most: number;
  #held = 0;

  /** @param most bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** Bytes held now. */
  get held(): number {
    return this.#held;
  }

  /**
   * The bytes are free again once `use` has returned.
   * @param most bytes of this body
   * @returns what `use` made of the body
   */
  async read<T>(
    request: IncomingMessage,
    most: number,
    use: (body: Buffer) => T,
  ): Promise<T | Unread> {
    const body = new Blocks(most, lengthOf(request));
    try {
      const unread = await this.#collect(request, body);
      return unread ?? use(body.whole());
    } finally {
      this.#held -= body.size;
    }
  }

  /** @returns null once the body is there; else the rest of it flows on, unheard, until the answer is sent */
  #collect(request: IncomingMessage, body: Blocks): Promise<Unread | null> {
    const { promise, resolve } = Promise.withResolvers<Unread | null>();
    const take = (piece: Buffer): void => {
      const growth = body.growth(piece.length);
      if (growth === null) resolve('too_large');
      else if (this.#held + growth > this.#most) resolve('busy');
      else {
        this.#held += growth;
        body.add(piece);
        return;
      }
      request.off('data', take).resume();
    };
    request.on('data', take);
    request.on('end', () => {
      resolve(null);
    });
    request.on('close', () => {
      resolve('cut_off');
    });
    // Its own event of a connection that breaks; unheard, it would end the process.
    request.on('error', () => undefined);
    return promise;
  }
}

/**
 * A body as it comes in, copied out of its pieces. Each piece has a buffer and an object of its own, however small it is,
 * and what lies between those that are kept is memory that nothing else can use.
 */
class Blocks {
  readonly #most: number;
  readonly #first: number;
  readonly #blocks: Buffer[] = [];
  /** The block that is being filled. */
  #last = Buffer.alloc(0);
  #bytes = 0;
  /** Bytes of memory. */
  size = 0;

  /**
   * @param most bytes of the body
   * @param length bytes that it says it has; null where it does not
   */
  constructor(most: number, length: number | null) {
    this.#most = most;
    this.#first = Math.min(firstBlock, length ?? firstBlock);
  }

  /** @returns how many bytes of memory more so many bytes take; null where they are too many */
  growth(bytes: number): number | null {
    const needed = this.#bytes + bytes;
    if (needed > this.#most) return null;
    let size = this.size;
    while (size < needed) size += this.#blockAfter(size);
    return size - this.size;
  }

  add(piece: Buffer): void {
    let taken = 0;
    while (taken < piece.length) {
      if (this.#bytes === this.size) this.#addBlock();
      const free = this.size - this.#bytes;
      const copied = piece.copy(this.#last, this.#last.length - free, taken);
      taken += copied;
      this.#bytes += copied;
    }
  }

  whole(): Buffer {
    const isOne = this.#blocks.length === 1;
    return isOne ? this.#last.subarray(0, this.#bytes) : Buffer.concat(this.#blocks, this.#bytes);
  }

  #addBlock(): void {
    this.#last = Buffer.allocUnsafeSlow(this.#blockAfter(this.size));
    this.#blocks.push(this.#last);
    this.size += this.#last.length;
  }

  #blockAfter(size: number): number {
    return Math.min(size === 0 ? this.#first : nextBlock, this.#most - size);
  }
}

function lengthOf({ headers }: IncomingMessage): number | null {
  const length = Number(headers['content-length']);
  return length > 0 ? length : null;
}
