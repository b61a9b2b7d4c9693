import type { IncomingMessage } from 'node:http';

/** Why a body was not read. */
export type Unread = 'too_large' | 'busy' | 'cut_off';

/** What a piece of a body takes in memory beside its bytes. Else a body sent byte by byte would seem small. */
const pieceOverhead = 256;

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
    const pieces: Buffer[] = [];
    try {
      const unread = await this.#collect(request, most, pieces);
      const [first] = pieces;
      return unread ?? use(pieces.length === 1 && first ? first : Buffer.concat(pieces));
    } finally {
      for (const piece of pieces) this.#held -= costOf(piece);
    }
  }

  /** @returns null once the body is there; else the rest of it flows on, unheard, until the answer is sent */
  #collect(request: IncomingMessage, most: number, pieces: Buffer[]): Promise<Unread | null> {
    const { promise, resolve } = Promise.withResolvers<Unread | null>();
    let bytes = 0;
    const take = (piece: Buffer): void => {
      bytes += piece.length;
      if (bytes > most) resolve('too_large');
      else if (this.#held + costOf(piece) > this.#most) resolve('busy');
      else {
        this.#held += costOf(piece);
        pieces.push(piece);
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

function costOf(piece: Buffer): number {
  return piece.length + pieceOverhead;
}
