import { backupActions } from './backup-actions.ts';
import { catalogueActions } from './catalogue-actions.ts';
import { contentActions } from './content-actions.ts';
import { deliveryActions } from './delivery-actions.ts';
import { faultActions } from './fault-actions.ts';
import { hostingActions } from './hosting-actions.ts';
import { listActions } from './list-actions.ts';
import { mediaActions } from './media-actions.ts';
import { orderActions } from './order-actions.ts';
import { done } from './action.ts';
import type { Action, Control, ControlOptions } from './action.ts';
import { ok, wpError } from '../rest/response/reply.ts';
import type { Reply } from '../rest/response/reply.ts';
import type { Patch } from '../core/patch.ts';
import { shopTotals } from '../shop/shop-totals.ts';

interface ControlRequest {
  method: string;
  /** below `/local` */
  path: string;
  query: URLSearchParams;
  body: string;
}

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
  ...orderActions,
  ...catalogueActions,
  ...contentActions,
  ...listActions,
  ...mediaActions,
  ...deliveryActions,
  ...faultActions,
  ...hostingActions,
  ...backupActions,
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
