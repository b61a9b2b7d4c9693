import {
  type ApexContext,
  ApexException,
  type RestRequest,
  type RestResponse,
} from './apex-rest.ts';
import { cutCustomers, isCustomersBatch, metaKeysOf } from './woo-gateway/customers.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from './woo-gateway/limits.ts';
import { OrderRules } from './woo-gateway/orders.ts';
import { runReads } from './woo-gateway/reads.ts';
import { GatewayException } from './woo-gateway/refusal.ts';
import { readRequest } from './woo-gateway/request.ts';
import type { ShopCall } from './woo-gateway/shop-call.ts';
import { MAX_SECONDS, sendTo, storeNamed } from './woo-gateway/store.ts';
import { sendUnchanged } from './woo-gateway/unchanged.ts';
import { isWebhookWrite, sendWebhook } from './woo-gateway/webhooks.ts';

/** Stands in for the Apex class WooGateway. One table of cases holds both to the same answers. */
export async function wooGateway(
  request: RestRequest,
  context: ApexContext,
  limits: GatewayLimits = DEFAULT_LIMITS,
): Promise<RestResponse> {
  try {
    const metaKeys = metaKeysOf(context);
    const asked = readRequest(request, limits, metaKeys, new OrderRules(context, metaKeys));
    const store = storeNamed(context, asked.store);
    if ('reads' in asked) {
      return json(200, await runReads(context, store.credential, asked.reads, limits));
    }
    if ('unchanged' in asked) {
      const { headers, body } = await sendUnchanged(
        context,
        store.credential,
        asked.unchanged,
        limits,
      );
      return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body };
    }
    const send = (call: ShopCall, seconds: number) =>
      sendTo(context, store.credential, call, seconds, limits);
    const answer = isWebhookWrite(asked.call)
      ? await sendWebhook(store, asked.call, send)
      : await send(asked.call, MAX_SECONDS);
    const { headers, body } = isCustomersBatch(asked.call)
      ? cutCustomers(answer, metaKeys, limits)
      : answer;
    return { status: 200, headers: { ...headers, 'Content-Type': 'application/json' }, body };
  } catch (error) {
    const { status, code, message } = refusalOf(error);
    return json(status, [{ errorCode: code, message }]);
  }
}

/** As WooGateway.respond: what is no exception of Apex is a fault of this stand-in. */
function refusalOf(error: unknown): GatewayException {
  if (error instanceof GatewayException) return error;
  if (!(error instanceof ApexException)) throw error;
  return new GatewayException(
    500,
    'GATEWAY_FAILED',
    `The gateway failed with ${error.typeName} at Class.WooGateway.`,
  );
}

function json(status: number, value: unknown): RestResponse {
  const body = Buffer.from(JSON.stringify(value));
  return { status, headers: { 'Content-Type': 'application/json' }, body };
}
