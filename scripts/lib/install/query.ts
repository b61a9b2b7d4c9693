import { z } from 'zod';
import { refusalIn, type AdminSession } from './admin-session.ts';

type Asked = Pick<AdminSession, 'request'>;

/** The user may not see an object or a field of a query, or the org has none. */
class NotShown extends Error {}

/** @returns null where the user may not see what is asked for @throws Error for any other reason */
export async function ifShown<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NotShown) return null;
    throw error;
  }
}

async function ask(session: Asked, q: string) {
  const path = `/services/data/v66.0/query?${new URLSearchParams({ q }).toString()}`;
  const answer = await session.request('GET', path);
  const body = z
    .object({ totalSize: z.number(), records: z.array(z.unknown()) })
    .safeParse(answer.body).data;
  if (answer.status === 200 && body) return body;
  const refusal = refusalIn(answer);
  const message = `The org does not answer a query: ${refusal}`;
  throw /^INVALID_(?:FIELD|TYPE)\b/.test(refusal) ? new NotShown(message) : new Error(message);
}

/** The rows of a query that has few. @throws Error where the org refuses it, or a row is none */
export async function rowsOf<T>(
  session: Asked,
  soql: string,
  row: z.ZodType<T>,
): Promise<readonly T[]> {
  return z.array(row).parse((await ask(session, soql)).records);
}

/** What `SELECT COUNT()` of records counts. @throws Error where the org refuses it */
export async function countOf(session: Asked, from: string): Promise<number> {
  return (await ask(session, `SELECT COUNT() FROM ${from}`)).totalSize;
}

/** A text as SOQL takes it. */
export const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;
