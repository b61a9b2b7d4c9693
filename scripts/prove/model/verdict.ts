import { isDeepStrictEqual } from 'node:util';

/** What a probe found. */
export type Verdict =
  | { readonly kind: 'holds' }
  | { readonly kind: 'differs'; readonly came: string }
  | { readonly kind: 'cannot tell'; readonly why: string };

/** Longer answers say no more. Characters. */
const LONGEST = 300;

/** A value of an answer in a sentence. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value ?? null);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}

/** Whether two values of answers are equal; texts of `shown` are cut off, and may be equal where these are not. */
export const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(one, other);

/** Holds where the condition does, else says what came instead. */
export function verdict(isSo: boolean, came: unknown): Verdict {
  return isSo ? { kind: 'holds' } : { kind: 'differs', came: shown(came) };
}

/** What a probe needs before it can ask is not there, so that it says nothing of its statement. */
export class CannotTell extends Error {}

/** Why something failed, in a sentence of a report. */
export function messageOf(error: unknown): string {
  if (error instanceof CannotTell) return error.message;
  return shown(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
