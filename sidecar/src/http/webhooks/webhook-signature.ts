import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { DerivedSecrets } from '../../config/derived-secrets.ts';
import type { Secret } from '../../lib/secret.ts';

/** What X-WC-Webhook-Signature says: an HMAC-SHA256 in base64. @returns null for anything else */
export function readSignature(header: string | readonly string[] | undefined): Buffer | null {
  return typeof header === 'string' && /^[A-Za-z0-9+/]{43}=$/.test(header)
    ? Buffer.from(header, 'base64')
    : null;
}

/** Tells webhooks of the stores from forged ones. */
export class SignatureCheck {
  readonly #secrets: DerivedSecrets;
  /** By store. Each request needs them, and deriving them takes as long as all the rest of it. */
  readonly #keys = new Map<string, readonly KeyObject[]>();

  constructor(secrets: DerivedSecrets) {
    this.#secrets = secrets;
  }

  /**
   * Whether the store signed these bytes, with its current secret or the one before.
   * @param store a known one: its keys are kept
   */
  accepts(store: string, body: Buffer, signature: Buffer): boolean {
    return this.#keysOf(store).some((key) =>
      timingSafeEqual(createHmac('sha256', key).update(body).digest(), signature),
    );
  }

  #keysOf(store: string): readonly KeyObject[] {
    const known = this.#keys.get(store);
    if (known !== undefined) return known;
    const { current, old } = this.#secrets.webhook(store);
    const keys = [current, ...(old === null ? [] : [old])].map(keyOf);
    this.#keys.set(store, keys);
    return keys;
  }
}

function keyOf(secret: Secret): KeyObject {
  return createSecretKey(secret.reveal(), 'utf8');
}
