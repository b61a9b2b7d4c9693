import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Secret } from './secret.ts';

/** Signs texts with HMAC-SHA256, and knows what it has signed. */
export class Signer {
  readonly #current: KeyObject;
  readonly #old: KeyObject | null;

  /** @param secret of these only `current` signs; what either has signed is accepted */
  constructor({ current, old }: { readonly current: Secret; readonly old: Secret | null }) {
    this.#current = keyOf(current);
    this.#old = old === null ? null : keyOf(old);
  }

  /** @returns 64 hexadecimal digits */
  sign(text: string): string {
    return signature(this.#current, text).toString('hex');
  }

  /** Takes as long for a wrong signature as for a right one. */
  accepts(text: string, signed: string): boolean {
    if (!/^[0-9a-f]{64}$/.test(signed)) return false;
    const given = Buffer.from(signed, 'hex');
    const keys = this.#old === null ? [this.#current] : [this.#current, this.#old];
    return keys.map((key) => timingSafeEqual(signature(key, text), given)).includes(true);
  }
}

function keyOf(secret: Secret): KeyObject {
  return createSecretKey(secret.reveal(), 'utf8');
}

function signature(key: KeyObject, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
