const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** Stands where a real id names its instance: every record of this org carries it. */
const instance = 'Lo0';
const counterLength = 9;

/** The three characters that make a 15-character id safe where case is lost. */
function checksum(id15: string): string {
  let suffix = '';
  for (let block = 0; block < 15; block += 5) {
    let bits = 0;
    for (let at = 0; at < 5; at++) {
      const code = id15.charCodeAt(block + at);
      if (code >= 65 && code <= 90) bits |= 1 << at;
    }
    suffix += checksumDigits.charAt(bits);
  }
  return suffix;
}

/** The 18-character id of the n-th record of an object. */
export function makeId(keyPrefix: string, n: number): string {
  let counter = '';
  for (let rest = n; counter.length < counterLength; rest = Math.floor(rest / 62)) {
    counter = digits.charAt(rest % 62) + counter;
  }
  const id15 = keyPrefix + instance + counter;
  return id15 + checksum(id15);
}

/** The n that `makeId` was given. */
export function counterOf(id: string): number {
  let n = 0;
  for (const digit of id.slice(6, 15)) n = n * 62 + digits.indexOf(digit);
  return n;
}

/**
 * A 15- or 18-character id as 18 characters.
 * @returns undefined when it cannot be an id: wrong length, wrong characters, wrong checksum
 */
export function toId18(id: string): string | undefined {
  if (id.length !== 15 && id.length !== 18) return undefined;
  if (!/^[0-9A-Za-z]+$/.test(id)) return undefined;
  const full = id.slice(0, 15) + checksum(id);
  return id.length === 15 || id === full ? full : undefined;
}

/** The n-th key prefix for custom objects (`a00`, `a01`, …) or custom metadata types (`m00`, …). */
export function customKeyPrefix(kind: 'custom' | 'customMetadata', n: number): string {
  const first = kind === 'custom' ? 'a' : 'm';
  return first + digits.charAt(Math.floor(n / 36) % 36) + digits.charAt(n % 36);
}
