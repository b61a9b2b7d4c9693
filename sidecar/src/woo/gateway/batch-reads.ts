import { z } from 'zod';
import type { ApexAnswer } from '../../ports/apex-rest.ts';
import type { StoreRead } from '../types.ts';

/** Reads that one call of the gateway takes. */
export const READS_AT_ONCE = 10;

const shape = z.object({
  answers: z
    .array(z.object({ headers: z.record(z.string(), z.string()), body: z.string() }))
    .min(1),
});

/** What the shop answered to one of several reads; headers under their names here, in lower case. */
export interface ReadAnswer {
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The body of a call with several reads. */
export function readsBody(reads: readonly StoreRead[]): string {
  return JSON.stringify({
    reads: reads.map(({ path, query }) => {
      const text = new URLSearchParams(query).toString();
      return text === '' ? path : `${path}?${text}`;
    }),
  });
}

/**
 * The answers to the first of so many reads: those that fitted into one call.
 * @returns null where this is no answer to several reads
 */
export function answersOf(
  { status, body }: ApexAnswer,
  reads: number,
): readonly ReadAnswer[] | null {
  const parsed = status === 200 ? shape.safeParse(json(body)).data : undefined;
  if (parsed === undefined || parsed.answers.length > reads) return null;
  return parsed.answers.map((one) => ({
    headers: new Map(Object.entries(one.headers).map(([name, text]) => [name.toLowerCase(), text])),
    body: one.body,
  }));
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
