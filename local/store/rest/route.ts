import type { IncomingHttpHeaders } from 'node:http';
import type { Role } from './request/auth.ts';
import type { BodyFields } from './request/body.ts';
import type { BodySchema } from './request/body-schema.ts';
import { FieldFilter } from './request/fields.ts';
import type { Params, ParamSpecs } from './request/params.ts';
import { sanitizedQuery } from './request/params.ts';
import type { QueryArray } from './request/php-query.ts';
import { pageLinks } from './response/link-header.ts';
import { ok } from './response/reply.ts';
import type { Reply } from './response/reply.ts';
import type { Page } from './response/list.ts';

/** One request that has passed parameter and permission checks. */
export interface Call {
  /** numbers and names from the path, such as `id` */
  path: Record<string, string>;
  /** scheme, host and path */
  url: string;
  query: QueryArray;
  params: Params;
  /** what the body gives, and the query where the body is silent */
  body: BodyFields;
  /** undefined is a stranger */
  role: Role | undefined;
  /** the WordPress user who asks; 0 is a stranger */
  user: number;
  /** the body as it came, for uploads */
  upload: Upload;
}

/** A body that is no text. */
export interface Upload {
  bytes: Buffer;
  headers: IncomingHttpHeaders;
}

export type Handler = (call: Call) => Reply | Promise<Reply>;

/** One path of the API with what the local store can do there. Adding a verb is adding a handler. */
export interface Route {
  /** as in the recorded route list, such as `/wc/v3/orders/(?P<id>[\d]+)` */
  pattern: string;
  /** the rules for a read */
  params: ParamSpecs;
  /** the answer to what the real route knows and this store does not */
  refuse?: (query: QueryArray) => Reply | undefined;
  /** the rules for a write; left out = the body is not checked, as with batches */
  body?: BodySchema | undefined;
  /**
   * a list, one record, a batch or a post of WordPress: decides what the shop says to somebody without rights;
   * `own` routes look at rights themselves
   */
  refusal: 'list' | 'read' | 'batch' | 'post' | 'own';
  /** the verbs that somebody may use here, where they do not follow from the role alone */
  allow?: (person: { id: number; role: Role | undefined }, path: Record<string, string>) => string;
  /** a POST whose body is a file: it is not read as fields */
  takesFile?: boolean;
  handlers: Partial<Record<string, Handler>>;
  /** WooCommerce looks for these records before it asks for rights: its answer then names no verbs */
  missing?: (path: Record<string, string>) => Reply | undefined;
  /** records that are gone after the call: WooCommerce then names no verbs */
  forgetsAllow?: (path: Record<string, string>) => boolean;
  /** WooCommerce asks for rights only where there is a record */
  rightsNeedRecord?: (path: Record<string, string>) => boolean;
}

/** The number that a path holds under this name. */
export function pathId(path: Record<string, string>, name = 'id'): number {
  return Number(path[name]);
}

interface ListView<R> {
  specs: ParamSpecs;
  page: Page<R>;
  render: (record: R) => object;
  wholeOnly?: (field: string) => boolean;
  /** orders and refunds (HPOS) say 0 in all when the page itself is empty */
  emptyPageForgetsTotal?: boolean;
  /** what WooCommerce writes back into the request while it answers, and so into the links */
  repeat?: (query: QueryArray, hasItems: boolean) => void;
}

/** A page of a list with its headers. */
export function listReply<R>(call: Call, view: ListView<R>): Reply {
  const { entries } = view.page;
  const forgets = view.emptyPageForgetsTotal === true && entries.length === 0;
  const total = forgets ? 0 : view.page.total;
  const perPage = call.params.number('per_page') ?? 10;
  const pages = Math.ceil(total / perPage);
  const fields = new FieldFilter(fieldNames(call.query), view.wholeOnly ?? (() => false));
  const query = sanitizedQuery(call.query, view.specs);
  view.repeat?.(query, entries.length > 0);
  const link = pageLinks(call.url, query, call.params.number('page') ?? 1, pages);
  return ok(
    entries.map((entry) => fields.inList(view.render(entry.read()))),
    {
      'x-wp-total': String(total),
      'x-wp-totalpages': String(pages),
      ...(link === undefined ? {} : { link }),
    },
  );
}

/** One record. */
export function recordReply(
  call: Call,
  record: object,
  wholeOnly: (field: string) => boolean = () => false,
): Reply {
  return ok(new FieldFilter(fieldNames(call.query), wholeOnly).single(record));
}

/** The part of a record that `_fields` names, for the answers to writes. */
export function fieldsAsked(call: Call, record: object): unknown {
  return new FieldFilter(fieldNames(call.query), () => false).single(record);
}

function fieldNames(query: QueryArray): string | undefined {
  const value = query.get('_fields');
  if (value instanceof Map) {
    return [...value.values()].filter((name) => typeof name === 'string').join(',');
  }
  return value;
}

/** The slice of a list that `page`, `per_page` and `offset` ask for. */
export function sliceOf(params: Params): { offset: number; limit: number } {
  const limit = params.number('per_page') ?? 10;
  const page = params.number('page') ?? 1;
  return { offset: params.number('offset') ?? (page - 1) * limit, limit };
}
