import type { ShopAnswer } from '../../lib/shop/direct-call.ts';

/** Why a shop could not be asked, in words that can follow "cannot be reached: ". */
interface Unreached {
  readonly reason: string;
}

export type Asked = ShopAnswer | Unreached;

export const isAnswer = (asked: Asked): asked is ShopAnswer => 'status' in asked;

const API = /\/wp-json\/?$/;

/** What WordPress says of the cause, where it is WordPress that answers. */
export function codeOf({ body }: ShopAnswer): string | null {
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
  return typeof code === 'string' ? code : null;
}

/** Why the address is not that of WordPress' API; null where it is. @param index what `/wp-json/` gave without a key */
export function siteProblem(url: string, index: Asked): string | null {
  const { host } = new URL(url);
  if (!isAnswer(index))
    return `${host} cannot be reached: ${index.reason}. See whether ${url} is the shop's address, and opens in a browser.`;
  const { status, body } = index;
  if (status >= 300 && status < 400) return redirectProblem(url, index);
  if (typeof body === 'string') return pageProblem(url, index);
  // Some plugins close the index to strangers, and not what a key opens.
  if (status === 401 || status === 403) return null;
  if (status !== 200) return `${host} answers with ${said(index)}: see the error log of the shop.`;
  return isWooCommerce(body)
    ? null
    : `WordPress answers at ${url}, without WooCommerce: activate it in Plugins, or give the address of the shop.`;
}

function isWooCommerce(body: unknown): boolean {
  const names =
    typeof body === 'object' && body !== null && 'namespaces' in body && body.namespaces;
  return Array.isArray(names) && names.includes('wc/v3');
}

function redirectProblem(url: string, { header }: ShopAnswer): string {
  const asked = new URL(`${url}/wp-json/`);
  const location = header('location') ?? '';
  const target = URL.canParse(location, asked.href) ? new URL(location, asked) : null;
  if (target !== null && target.host + target.pathname === asked.host + asked.pathname) {
    return asked.protocol === 'https:' && target.protocol === 'http:'
      ? `${asked.host} does not see that it is called by https, and redirects to http: let the proxy in front of it send X-Forwarded-Proto: https, and WordPress honour it.`
      : `Settings › Permalinks of ${asked.host} is "Plain", with which WooCommerce takes no keys: choose any other structure there.`;
  }
  if (target !== null && API.test(target.pathname))
    return `${url} redirects to ${target.origin}${target.pathname.replace(API, '')}: give that address, since keys are sent to no other than the one that you give.`;
  const where = target === null ? 'nowhere' : `${target.origin}${target.pathname}`;
  return `${asked.host} sends who calls /wp-json on to ${where}: let /wp-json pass in the plugin or the rule of the web server that does so.`;
}

/** Why something else than WordPress' API answers, such as a firewall. */
export function pageProblem(url: string, answer: ShopAnswer): string {
  const { host } = new URL(url);
  const { status, header, body } = answer;
  const isJson = header('content-type')?.startsWith('application/json') === true;
  if (status === 200 && isJson && String(body).trim() !== '')
    return `${host} prints PHP's warnings into the answers of its API: set WP_DEBUG_DISPLAY to false in wp-config.php.`;
  if (status === 404)
    return `${url} has no API of WordPress (HTTP 404): see whether it is the address of the shop, and Settings › Permalinks is not "Plain".`;
  return `A page comes in place of ${host}'s API (HTTP ${status}): let this machine and Salesforce through the firewall, the password or the maintenance page in front of the shop.`;
}

/** The status, and WordPress' code where there is one. */
export function said(answer: ShopAnswer): string {
  const code = codeOf(answer);
  return code === null ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${code}`;
}
