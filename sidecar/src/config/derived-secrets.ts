import { hkdfSync } from 'node:crypto';
import { Secret } from '../lib/secret.ts';
import { Signer } from '../lib/hmac.ts';

/** A secret, and the one before its last change. */
export interface Rotated {
  readonly current: Secret;
  /** Null where it was never changed, or the change is over. */
  readonly old: Secret | null;
}

export interface WebhookSecret extends Rotated {
  /** Letters and digits only: WooCommerce decodes entities in a secret, and trims it. */
  readonly current: Secret;
  /** Of the secret before the last change, while that is still accepted. */
  readonly old: Secret | null;
  /** Eight letters and digits that differ when `current` does, and do not tell it. */
  readonly fingerprint: string;
  /** The same of `old`. */
  readonly oldFingerprint: string | null;
}

/** The secrets that follow from SIDECAR_SECRET, each for one purpose: knowing one tells nothing of another. */
export class DerivedSecrets {
  readonly #current: Secret;
  readonly #old: Secret | null;

  constructor(current: Secret, old: Secret | null) {
    this.#current = current;
    this.#old = old;
  }

  /** What the webhooks of a store are signed with. */
  webhook(store: string): WebhookSecret {
    const purpose = `webhook:${store}`;
    return {
      ...this.#derived(purpose),
      fingerprint: fingerprintOf(this.#current, store),
      oldFingerprint: this.#old === null ? null : fingerprintOf(this.#old, store),
    };
  }

  /** What the address for outbound messages ends in: 64 hexadecimal digits. */
  outboundToken(): Rotated {
    return this.#derived('outbound-token');
  }

  /** Signs links to images. */
  imageLinks(): Signer {
    return new Signer(this.#derived('image-links'));
  }

  #derived(purpose: string): Rotated {
    return {
      current: new Secret(derive(this.#current, purpose, 32)),
      old: this.#old === null ? null : new Secret(derive(this.#old, purpose, 32)),
    };
  }
}

function fingerprintOf(secret: Secret, store: string): string {
  return derive(secret, `webhook-fingerprint:${store}`, 4);
}

/** @returns that many bytes, as hexadecimal digits */
function derive(secret: Secret, purpose: string, bytes: number): string {
  return Buffer.from(hkdfSync('sha256', secret.reveal(), '', purpose, bytes)).toString('hex');
}
