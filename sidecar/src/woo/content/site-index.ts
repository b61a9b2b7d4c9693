import { z } from 'zod';
import { CodedError } from '../../errors/coded-error.ts';
import type { HttpAnswer } from '../types.ts';

/** Without the routes, which are hundreds. */
export const INDEX_FIELDS = 'home';

/** Each shop has one tax class at least, whose link begins with the address of the shop. */
export const LINKED_LIST = 'taxes/classes';
export const LINKS = { _fields: '_links' } as const;

/** What the index would say, as far as the links of a list tell it; the answer itself where they do not. */
export function indexOf(list: HttpAnswer): HttpAnswer {
  const home = list.status === 200 ? homeOfLinks(list.body) : null;
  return home === null ? list : { ...list, body: JSON.stringify({ home }) };
}

const linked = z.array(
  z.object({ _links: z.object({ collection: z.array(z.object({ href: z.string() })) }) }),
);

function homeOfLinks(body: string): string | null {
  try {
    const href = linked.parse(JSON.parse(body))[0]?._links.collection[0]?.href ?? '';
    const end = href.indexOf('/wp-json/');
    return end === -1 ? null : href.slice(0, end);
  } catch {
    return null;
  }
}

/**
 * The address under which the shop answers people.
 * @param address where the address that was asked is entered, if that is not the URL of the store, `host`
 * @throws CodedError `WOO_UNEXPECTED_ANSWER`
 */
export function homeIn(host: string, answer: HttpAnswer, address?: string): string {
  const { status, body } = answer;
  const home = status === 200 ? homeOf(body) : null;
  if (home !== null) return home;
  const location = answer.header('location') ?? '';
  const target = URL.canParse(location) ? new URL(location).origin : null;
  throw new CodedError(
    'WOO_UNEXPECTED_ANSWER',
    `${address === undefined ? host : `What answers at ${address}`} does not say by GET /wp-json/ which shop it is (HTTP ${status}${target === null ? '' : `, a redirect to ${target}`}).`,
    `Check ${address ?? "the store's URL"}, and that nothing on the way answers in the place of WordPress.`,
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
