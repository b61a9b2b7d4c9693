import { timingSafeEqual } from 'node:crypto';
import type { Rotated } from '../../config/derived-secrets.ts';

/** Tells who was given our address from those who guess. */
export class PathToken {
  readonly #tokens: readonly Buffer[];

  constructor({ current, old }: Rotated) {
    const tokens = old === null ? [current] : [current, old];
    this.#tokens = tokens.map((token) => Buffer.from(token.reveal()));
  }

  /** Takes as long for a wrong token as for a right one. */
  accepts(token: string): boolean {
    if (!/^[0-9a-f]{64}$/.test(token)) return false;
    const given = Buffer.from(token);
    return this.#tokens.map((known) => timingSafeEqual(known, given)).includes(true);
  }
}
