import { CodedError } from '../../errors/coded-error.ts';
import type { HttpAnswer } from '../types.ts';

/** Without the routes, which are hundreds. */
export const INDEX_FIELDS = 'home';

/** The address under which the shop answers people. @throws CodedError `WOO_UNEXPECTED_ANSWER` */
export function homeIn(host: string, { status, body }: HttpAnswer): string {
  const home = status === 200 ? homeOf(body) : null;
  if (home !== null) return home;
  throw new CodedError(
    'WOO_UNEXPECTED_ANSWER',
    `${host} does not say by GET /wp-json/ which shop it is (HTTP ${status}).`,
    "Check the store's URL, and that nothing on the way answers in the place of WordPress.",
  );
}

function homeOf(body: string): string | null {
  try {
    const index: unknown = JSON.parse(body);
    const home = typeof index === 'object' && index !== null && 'home' in index ? index.home : null;
    return typeof home === 'string' && URL.canParse(home) ? home : null;
  } catch {
    return null;
  }
}
