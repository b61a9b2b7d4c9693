import type { BodyFields } from '../rest/request/body.ts';
import { created, ok } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import { fieldsAsked, pathId } from '../rest/route.ts';
import type { Handler, Route } from '../rest/route.ts';
import { RECORDED_ORIGIN } from '../core/recordings.ts';
import { batchHandlers, batchReply } from './batch.ts';
import { truthy } from './force.ts';

/** The writing verbs of a resource, by route pattern. */
export interface WriteRoutes {
  list: Pick<Route, 'handlers' | 'body'>;
  one: Pick<Route, 'handlers' | 'body'>;
  batch: Route;
}

/** What writing means for a resource; each answers with the record as it is shown. */
export interface Writing {
  readonly resource: 'orders' | 'products' | 'customers';
  readonly schema: NonNullable<Route['body']>;
  create(body: BodyFields): Promise<{ id: number }> | { id: number };
  update(id: number, body: BodyFields): Promise<object> | object;
  /** @param force for good, not into the trash */
  remove(id: number, force: boolean): object;
  /** What a batch says of an item without an id. */
  withoutId(): Reply;
}

/** The routes that write a resource. A batch deletes for good. */
export function writeRoutes(writing: Writing): WriteRoutes {
  const { resource, schema } = writing;
  const put: Handler = async (call) =>
    ok(fieldsAsked(call, await writing.update(pathId(call.path), call.body)));
  const post: Handler = async (call) => {
    const record = await writing.create(call.body);
    const location = `${RECORDED_ORIGIN}/wp-json/wc/v3/${resource}/${record.id}`;
    return created(fieldsAsked(call, record), location);
  };
  const remove: Handler = (call) =>
    ok(writing.remove(pathId(call.path), truthy(call.body['force'])));
  return {
    list: { body: schema, handlers: { POST: post } },
    one: { body: schema, handlers: { POST: put, PUT: put, PATCH: put, DELETE: remove } },
    batch: {
      pattern: `/wc/v3/${resource}/batch`,
      params: {},
      refusal: 'batch',
      handlers: batchHandlers((call) =>
        batchReply(call.body, {
          create: (item) => writing.create(item),
          update: (id, item) => writing.update(id, item),
          delete: (id) => writing.remove(id, true),
          withoutId: () => writing.withoutId(),
        }),
      ),
    },
  };
}
