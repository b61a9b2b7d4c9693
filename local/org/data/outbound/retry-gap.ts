const seconds = 1000;
const first = 15 * seconds;
const longest = 2 * 60 * 60 * seconds;

/** After so long a notification is given up. */
export const lifetime = 24 * 60 * 60 * seconds;

/**
 * Milliseconds until a notification is sent again that failed so many times. Salesforce says that gaps grow
 * to two hours at most; where they start is ours.
 */
export function retryGap(attempts: number): number {
  return Math.min(longest, first * 2 ** (attempts - 1));
}
