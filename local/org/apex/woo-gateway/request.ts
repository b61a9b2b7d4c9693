import { ApexException, type RestRequest, textOfBlob } from '../apex-rest.ts';
import { checkBody } from './body.ts';
import type { GatewayLimits } from './limits.ts';
import type { OrderRules } from './orders.ts';
import { isAllowed } from './paths.ts';
import { encodeQuery } from './query.ts';
import { parseReads } from './reads.ts';
import { badBody, GatewayException, refusedPath } from './refusal.ts';
import type { ShopCall } from './shop-call.ts';
import { parseUnchanged, UNCHANGED, type UnchangedCall } from './unchanged.ts';

export type GatewayRequest = { readonly store: string } & (
  | { readonly call: ShopCall }
  | { readonly reads: readonly ShopCall[] }
  | { readonly unchanged: UnchangedCall }
);

/** As WooGatewayRequest.read. */
export function readRequest(
  source: RestRequest,
  limits: GatewayLimits,
  metaKeys: ReadonlySet<string>,
  orders: OrderRules,
): GatewayRequest {
  const { method, uri, params } = source;
  const [withoutQuery = ''] = uri.split('?');
  const [, store, path] = /^\/woo\/([A-Za-z0-9_-]{1,40})\/(.{1,200})$/.exec(withoutQuery) ?? [];
  if (store === undefined || path === undefined) {
    throw refusedPath('The address names no store, or no path of the shop.');
  }
  if (method === 'POST' && path === 'reads') {
    return { store, reads: parseReads(bodyOf(source, limits)) };
  }
  if (method === 'POST' && path.startsWith(UNCHANGED)) {
    const body = bodyOf(source, limits);
    const batch = path.slice(UNCHANGED.length);
    return { store, unchanged: parseUnchanged(batch, body, metaKeys, orders) };
  }
  if (!isAllowed(method, path)) {
    throw refusedPath(`${method} of this path is not on the list of the gateway.`);
  }
  const query = encodeQuery(path, new Map(Object.entries(params)));
  const writes = method === 'POST' || method === 'PUT';
  const body = writes ? checkBody(path, bodyOf(source, limits), metaKeys, orders) : null;
  return { store, call: { method, path, query, body } };
}

function bodyOf({ body }: RestRequest, limits: GatewayLimits): string {
  if (body === null || body.length === 0) throw badBody('The call needs a body of JSON.');
  if (body.length <= limits.body) return textOf(body);
  throw new GatewayException(
    413,
    'GATEWAY_BODY_TOO_LARGE',
    `The body has ${body.length} bytes, and the gateway takes ${limits.body}. Send fewer records at once.`,
  );
}

function textOf(body: Buffer): string {
  try {
    return textOfBlob(body);
  } catch (error) {
    if (!(error instanceof ApexException)) throw error;
    throw badBody('The body is not encoded in UTF-8.');
  }
}
