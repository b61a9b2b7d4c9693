import type { BodyFields } from '../rest/request/body.ts';
import { isObject } from '../rest/request/body.ts';
import { notEmulated, ok, ReplyError, wpError } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import type { Handler } from '../rest/route.ts';

/** WooCommerce's default for `woocommerce_rest_batch_items_limit`. */
const MAX_ITEMS = 100;

/** The single writes that a batch is made of; each gives the record as its own answer shows it. */
export interface BatchActions {
  create: (item: BodyFields) => Promise<object> | object;
  update: (id: number, item: BodyFields) => Promise<object> | object;
  delete: (id: number) => Promise<object> | object;
  /** what an update without an id is answered with */
  withoutId: () => Reply;
}

/** Items are done one after the other and not checked against the schema; a bad one does not stop the others. */
export async function batchReply(body: BodyFields, actions: BatchActions): Promise<Reply> {
  const lists = {
    create: itemsOf(body['create']),
    update: itemsOf(body['update']),
    delete: itemsOf(body['delete']),
  };
  if (lists.create.length + lists.update.length + lists.delete.length > MAX_ITEMS) {
    const message = `Unable to accept more than ${MAX_ITEMS} items for this request.`;
    return wpError(413, 'woocommerce_rest_request_entity_too_large', message);
  }
  const done: Record<string, object[]> = {};
  for (const item of lists.create) {
    (done['create'] ??= []).push(await outcome(0, () => actions.create(fieldsOf(item))));
  }
  for (const item of lists.update) {
    const fields = fieldsOf(item);
    const id = idOf(fields['id']);
    const update = (): Promise<object> | object => {
      if (id === null) {
        throw new ReplyError(actions.withoutId());
      }
      return actions.update(id, fields);
    };
    (done['update'] ??= []).push(await outcome(id, update));
  }
  for (const item of lists.delete) {
    const id = idOf(item);
    if (id !== null && id !== 0) {
      (done['delete'] ??= []).push(await outcome(id, () => actions.delete(id)));
    }
  }
  // PHP writes an empty array as a list.
  return ok(Object.keys(done).length === 0 ? [] : done);
}

/** The handlers of a batch route, which answers three verbs alike. */
export function batchHandlers(handler: Handler): Partial<Record<string, Handler>> {
  return { POST: handler, PUT: handler, PATCH: handler };
}

async function outcome(id: number | null, action: () => Promise<object> | object): Promise<object> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof ReplyError)) {
      throw error;
    }
    const { status, body } = error.reply;
    if (status === 501) {
      throw new ReplyError(notEmulated(`item ${id ?? 'without id'} of the batch: ${text(body)}`));
    }
    return { id, error: body };
  }
}

function text(body: unknown): string {
  return isObject(body) && typeof body['message'] === 'string' ? body['message'] : '';
}

function itemsOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function fieldsOf(item: unknown): BodyFields {
  return isObject(item) ? item : {};
}

function idOf(value: unknown): number | null {
  return value === undefined || value === null ? null : Math.abs(Math.trunc(Number(value))) || 0;
}
