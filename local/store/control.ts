import type { Edits, Patch } from './edits.ts';
import { ok, wpError } from './http/reply.ts';
import type { Reply } from './http/reply.ts';
import type { EditOptions } from './ledger.ts';
import type { RequestCount } from './http/request-count.ts';
import { buy } from './buy.ts';
import type { Shop } from './shop.ts';
import type { Webhooks } from './webhooks/webhooks.ts';
import type { OrderWrites } from './write/order-writes.ts';
import { shopTotals } from './shop-totals.ts';

interface ControlRequest {
  method: string;
  /** below `/local` */
  path: string;
  query: URLSearchParams;
  body: string;
}

interface Control {
  shop: Shop;
  edits: Edits;
  requests: RequestCount;
  orders: OrderWrites;
  webhooks: Webhooks;
}

interface Action {
  method: string;
  path: RegExp;
  run: (control: Control, ids: number[], patch: Patch, options: ControlOptions) => unknown;
}

interface ControlOptions extends EditOptions {
  force: boolean;
}

const done = (action: () => void): { done: true } => {
  action();
  return { done: true };
};

const actions: readonly Action[] = [
  { method: 'GET', path: /^\/totals$/, run: ({ shop }) => shopTotals(shop) },
  { method: 'GET', path: /^\/requests$/, run: ({ requests }) => requests.summary() },
  {
    method: 'DELETE',
    path: /^\/requests$/,
    run: ({ requests }) =>
      done(() => {
        requests.reset();
      }),
  },
  {
    method: 'POST',
    path: /^\/products\/(\d+)\/buy$/,
    run: ({ shop, orders }, [id = 0], patch) => buy(shop, orders, id, patch),
  },
  {
    method: 'GET',
    path: /^\/deliveries$/,
    run: ({ webhooks: { outbox } }) => ({ done: outbox.log, waiting: outbox.waiting }),
  },
  {
    method: 'POST',
    path: /^\/deliveries$/,
    run: async ({ webhooks: { outbox } }) => {
      await outbox.run();
      return { done: outbox.log };
    },
  },
  {
    method: 'PATCH',
    path: /^\/orders\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateOrder(id, patch, options),
  },
  {
    method: 'POST',
    path: /^\/orders\/(\d+)\/copy$/,
    run: ({ edits }, [like = 0], patch) => edits.addOrder(like, patch),
  },
  {
    method: 'DELETE',
    path: /^\/orders\/(\d+)$/,
    run: ({ edits }, [id = 0], _patch, { force }) =>
      force
        ? done(() => {
            edits.deleteOrder(id);
          })
        : edits.trashOrder(id),
  },
  {
    method: 'DELETE',
    path: /^\/orders\/(\d+)\/lines\/(\d+)$/,
    run: ({ edits }, [order = 0, line = 0], _patch, options) =>
      edits.removeLine(order, line, options),
  },
  {
    method: 'POST',
    path: /^\/orders\/(\d+)\/refunds$/,
    run: ({ edits }, [order = 0], patch) =>
      edits.addRefund(order, textOf(patch['amount']), textOf(patch['reason'])),
  },
  {
    method: 'DELETE',
    path: /^\/refunds\/(\d+)$/,
    run: ({ edits }, [id = 0]) =>
      done(() => {
        edits.deleteRefund(id);
      }),
  },
  {
    method: 'PATCH',
    path: /^\/products\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateProduct(id, patch, options),
  },
  {
    method: 'PATCH',
    path: /^\/variations\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateVariation(id, patch, options),
  },
  {
    method: 'DELETE',
    path: /^\/products\/(\d+)$/,
    run: ({ edits }, [id = 0], _patch, { force }) =>
      force
        ? done(() => {
            edits.deleteProduct(id);
          })
        : edits.trashProduct(id),
  },
  {
    method: 'PATCH',
    path: /^\/customers\/(\d+)$/,
    run: ({ edits }, [id = 0], patch, options) => edits.updateCustomer(id, patch, options),
  },
  {
    method: 'DELETE',
    path: /^\/customers\/(\d+)$/,
    run: ({ edits }, [id = 0]) =>
      done(() => {
        edits.deleteCustomer(id);
      }),
  },
];

/**
 * The shop's back door for tests, demo and bench; no real store has it, and it asks for no credentials.
 * What cannot be done is answered with 400 and a sentence.
 */
export async function controlReply(control: Control, request: ControlRequest): Promise<Reply> {
  const action = actions.find(
    ({ method, path }) => method === request.method && path.test(request.path),
  );
  if (action === undefined) {
    const message = `There is no ${request.method} /local${request.path}.`;
    return wpError(404, 'local_no_such_control', message);
  }
  const ids = (action.path.exec(request.path) ?? []).slice(1).map(Number);
  try {
    return ok(await action.run(control, ids, patchOf(request.body), optionsOf(request.query)));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return wpError(400, 'local_control_refused', message);
  }
}

function patchOf(body: string): Patch {
  if (body.trim() === '') {
    return {};
  }
  let patch: unknown;
  try {
    patch = JSON.parse(body);
  } catch {
    throw new Error('The body is no JSON: send an object of fields to change.');
  }
  if (typeof patch !== 'object' || patch === null || Array.isArray(patch)) {
    throw new Error('The body must be a JSON object of fields to change.');
  }
  return patch as Patch;
}

/** `touch=false` leaves the modified date; `modified=2026-03-20T12:00:00` (UTC) sets it. */
function optionsOf(query: URLSearchParams): ControlOptions {
  const force = query.get('force') === 'true';
  if (query.get('touch') === 'false') {
    return { modified: null, force };
  }
  const modified = query.get('modified');
  return modified === null ? { force } : { modified, force };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
