import { type ApexContext, CalloutException, type CalloutReply } from '../apex-rest.ts';
import type { GatewayLimits } from './limits.ts';
import { CONTENT_PREFIX, HOME } from './paths.ts';
import { GatewayException } from './refusal.ts';
import type { ShopCall } from './shop-call.ts';

/** As WooGatewayStore.MAX_SECONDS. */
export const MAX_SECONDS = 110;

/** As WooGatewayStore.MAX_ERROR. */
const MAX_ERROR = 100_000;

const PASSED_BACK: ReadonlyMap<string, string> = new Map([
  ['x-wp-total', 'Woo-Total'],
  ['x-wp-totalpages', 'Woo-Total-Pages'],
  ['retry-after', 'Woo-Retry-After'],
  ['date', 'Woo-Date'],
  ['content-type', 'Woo-Content-Type'],
  ['location', 'Woo-Location'],
]);

/** The record of a store, as far as the gateway needs it. */
export interface GatewayStore {
  readonly key: string;
  /** As the record has it; blank for none. */
  readonly serviceUrl: string;
  readonly credential: string;
}

export interface ShopAnswer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** As WooGatewayStore.named. */
export function storeNamed(context: ApexContext, key: string): GatewayStore {
  const store = context
    .rows('Woo_Store__mdt')
    .find((row) => row['Key__c'] === key && row['Active__c'] === true);
  if (!store) {
    throw new GatewayException(
      404,
      'GATEWAY_STORE_UNKNOWN',
      'The org has no active store of this key. See Setup, Custom Metadata Types, Woo Store.',
    );
  }
  const { Named_Credential__c: credential, Service_URL__c: serviceUrl } = store;
  if (typeof credential === 'string' && /^[A-Za-z]\w{0,79}$/.test(credential)) {
    return { key, credential, serviceUrl: typeof serviceUrl === 'string' ? serviceUrl : '' };
  }
  throw new GatewayException(
    400,
    'GATEWAY_STORE_WITHOUT_CREDENTIAL',
    'The store names no named credential. See Setup, Custom Metadata Types, Woo Store: Named Credential.',
  );
}

/** What the name of the credential for content ends with. */
const CONTENT_SUFFIX = '_Content';

/** Of `/wp-json/`. */
function below(path: string): string {
  if (path === HOME) return '';
  return path.startsWith(CONTENT_PREFIX) ? path.slice(CONTENT_PREFIX.length) : `wc/v3/${path}`;
}

/** As WooGatewayStore.send. */
export async function sendTo(
  context: ApexContext,
  credential: string,
  { method, path, query, body }: ShopCall,
  timeoutSeconds: number,
  limits: GatewayLimits,
): Promise<ShopAnswer> {
  const isContent = path.startsWith(CONTENT_PREFIX);
  const used = isContent ? `${credential}${CONTENT_SUFFIX}` : credential;
  const endpoint = `callout:${used}/wp-json/${below(path)}${query === '' ? '' : `?${query}`}`;
  const headers: Record<string, string> =
    body === null ? {} : { 'Content-Type': 'application/json' };
  try {
    const reply = await context.send({ method, endpoint, headers, body, timeoutSeconds });
    if (reply.body.length > limits.answer) throw tooLarge();
    return { headers: passedBack(reply), body: reply.body };
  } catch (error) {
    if (!(error instanceof CalloutException)) throw error;
    throw refusalOf(error.message, used);
  }
}

function passedBack({ status, headers, body }: CalloutReply): Record<string, string> {
  const passed: Record<string, string> = { 'Woo-Status': String(status) };
  for (const name of headers.keys()) {
    const ours = PASSED_BACK.get(name.toLowerCase());
    const value = headers.get(name);
    if (ours !== undefined && value !== undefined) passed[ours] = value;
  }
  const code = status >= 400 && body.length < MAX_ERROR ? codeOf(body.toString('utf8')) : null;
  return code === null ? passed : { ...passed, 'Woo-Code': code };
}

function codeOf(body: string): string | null {
  try {
    const { code } = (JSON.parse(body) ?? {}) as { code?: unknown };
    return typeof code === 'string' && /^[\w-]{1,100}$/.test(code) ? code : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

function refusalOf(message: string, credential: string): GatewayException {
  if (/max size/i.test(message)) return tooLarge();
  if (/credential|permission/i.test(message)) {
    return new GatewayException(
      403,
      'GATEWAY_CREDENTIAL_REFUSED',
      `The org does not let this user use the named credential ${credential}: it does not exist, its principal holds no keys, or no permission set grants the principal.`,
    );
  }
  return /timed out/i.test(message)
    ? new GatewayException(503, 'GATEWAY_STORE_SLOW', 'The shop did not answer in time.')
    : new GatewayException(
        503,
        'GATEWAY_STORE_UNREACHABLE',
        `The shop cannot be reached at the address of the named credential ${credential}: ${reasonIn(message)}`,
      );
}

/** As WooGatewayStore.reasonIn. */
function reasonIn(message: string): string {
  return `${message.replaceAll(/\?\S*/g, '').slice(0, 200).replace(/\.$/, '')}.`;
}

/** The answer does not fit on the heap. */
export function tooLarge(): GatewayException {
  return new GatewayException(
    413,
    'GATEWAY_ANSWER_TOO_LARGE',
    'The answer of the shop does not fit. Ask for fewer records per page.',
  );
}
