import { CodedError } from '../errors/coded-error.ts';

const FORM = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** @throws CodedError `STORE_KEY_INVALID` where the keys of its records would not tell the store: it ends at a colon */
export function refuseColon(key: string): void {
  if (key.includes(':')) throw invalidKey(key);
}

/** Whether environment variables can be named after it so that people know which. */
export function isWellFormed(key: string): boolean {
  return FORM.test(key);
}

export function invalidKey(key: string): CodedError {
  return new CodedError(
    'STORE_KEY_INVALID',
    `The store has the key "${key}", and a key is made of letters, digits, hyphens, dots and underscores.`,
    'Put one such as my-shop in Key (Setup › Custom Metadata Types › Woo Store), as long as no record carries the one that is there.',
  );
}
