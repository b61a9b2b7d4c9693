import type { Person } from '../../content/rights.ts';
import type { QueryArray } from '../../rest/request/php-query.ts';
import {
  Denied,
  invalidParams,
  notEmulated,
  ok,
  ReplyError,
  wpError,
} from '../../rest/response/reply.ts';
import type { Reply } from '../../rest/response/reply.ts';
import { filterOf } from '../settings.ts';
import type { Call } from '../../rest/route.ts';

/** WordPress' answer to somebody without a right: 401 to strangers, 403 to others. */
export function denied({ role }: Person, code: string, message: string): Denied {
  const status = role === undefined ? 401 : 403;
  return new Denied(wpError(status, code, `Sorry, you are not allowed to ${message}.`));
}

export function personOf({ user, role }: Pick<Call, 'user' | 'role'>): Person {
  return { id: user, role };
}

/** WordPress' answer to somebody who asks for other posts than those that everybody sees. */
export function forbiddenStatus({ role }: Person): ReplyError {
  const message = 'Status is forbidden.';
  const data = { status: role === undefined ? 401 : 403 };
  const problem = { name: 'status', code: 'rest_forbidden_status', message, data };
  return new ReplyError(invalidParams([problem]));
}

/** Refuses parameters, and values of them, that WordPress knows and this store does not. */
export function refusing(
  names: readonly string[],
  values: Readonly<Record<string, readonly string[]>> = {},
): (query: QueryArray) => Reply | undefined {
  return (query) => {
    for (const [name, given] of query) {
      if (names.includes(name)) {
        return notEmulated(`the list parameter "${name}"`);
      }
      if (given instanceof Map && [...given.keys()].some((key) => !/^\d+$/.test(key))) {
        return notEmulated(`the list parameter "${name}" with parts`);
      }
      const value = typeof given === 'string' ? given : '';
      if (name === 'context' ? value === 'embed' : values[name]?.includes(value) === true) {
        return notEmulated(`${name}=${value}`);
      }
    }
    return undefined;
  };
}

/** One record of WordPress: `_fields` leaves its links out too, other than in WooCommerce. */
export function fieldsReply(
  { query }: Pick<Call, 'query'>,
  record: object,
  headers: Record<string, string> = {},
): Reply {
  return ok(filterOf(query).inList(record), headers);
}

/** Posts name their page in the header of a single read. */
export function pageLink(link: string): Record<string, string> {
  return { link: `<${link}>; rel="alternate"; type=text/html` };
}
