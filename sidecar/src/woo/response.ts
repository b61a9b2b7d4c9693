import { CodedError } from '../errors/coded-error.ts';
import { retryAfterMs, Transient } from '../lib/retry.ts';
import type { WooRecord } from '../mapping/model/record.ts';
import type { MetaFailure, ProductResult, WooPage } from '../ports/store.ts';
import { failuresIn, type MetaBatch } from './meta-batches.ts';
import { type ProductBatch, resultsIn } from './products/product-batches.ts';
import { refusalOf } from './refusal.ts';
import { PASSING } from './retry-policy.ts';
import type { Asked, HttpAnswer } from './types.ts';

const BAD_DELIVERY_URL = 'woocommerce_rest_shop_webhook_invalid_delivery_url';

/**
 * The page that an answer holds.
 * @throws Transient when another attempt may help, else CodedError; neither quotes the body
 */
export function readPage(asked: Asked, answer: HttpAnswer): WooPage {
  return {
    records: readList(asked, answer),
    total: count(asked, answer, 'x-wp-total'),
    pages: count(asked, answer, 'x-wp-totalpages'),
    storeTime: storeTime(answer),
  };
}

/** The records of a list that has no pages. @throws as `readPage` */
export function readList(asked: Asked, answer: HttpAnswer): readonly WooRecord[] {
  checkStatus(asked, answer);
  const records = parseBody(asked, answer);
  if (isList(records)) return records;
  throw unexpected(asked, 'JSON that is not a list of records');
}

/** @throws Transient or CodedError where the answer is none that WooCommerce gives to what it does */
function checkStatus(asked: Asked, answer: HttpAnswer): void {
  const { status } = answer;
  if (PASSING.has(status)) throw unavailable(asked, answer);
  if (status >= 300 && status < 400) throw redirected(asked, answer);
  if (status === 401 || status === 403) throw keyRefused(asked, answer);
  if (status === 404) throw notFound(asked, answer);
  if (status !== 200 && status !== 201) throw refused(asked, answer);
}

/**
 * The record that an answer holds, as it was written or removed.
 * @throws Transient when another attempt may help, else CodedError; neither quotes the body
 */
export function readRecord(asked: Asked, answer: HttpAnswer): WooRecord {
  checkStatus(asked, answer);
  const record = parseBody(asked, answer);
  if (isRecord(record)) return record;
  throw unexpected(asked, 'JSON that is not a record');
}

/** Whether the record that was meant is gone, or is of another type now, which newer versions answer with 400. */
export function isGone(answer: HttpAnswer): boolean {
  return [400, 404].includes(answer.status) && errorCode(answer)?.endsWith('_invalid_id') === true;
}

/**
 * The writes of a batch of custom fields that were not done.
 * @throws Transient when another attempt may help, else CodedError; neither quotes the body
 */
export function readMetaAnswer(
  asked: Asked,
  key: string,
  batch: MetaBatch,
  answer: HttpAnswer,
): readonly MetaFailure[] {
  checkStatus(asked, answer);
  const failures = failuresIn(key, batch, answer);
  if (failures === null) throw unexpected(asked, 'something that is no answer to a batch');
  return failures;
}

/**
 * What became of each item of a batch of products.
 * @throws Transient when another attempt may help, else CodedError; neither quotes the body
 */
export function readProducts(
  asked: Asked,
  batch: ProductBatch,
  answer: HttpAnswer,
): readonly ProductResult[] {
  checkStatus(asked, answer);
  const results = resultsIn(batch, parseBody(asked, answer));
  if (results === null) throw unexpected(asked, 'something that is no answer to a batch');
  return results;
}

function parseBody(asked: Asked, answer: HttpAnswer): unknown {
  const type = answer.header('content-type')?.split(';')[0] ?? 'no content type';
  if (answer.body.trim() === '') throw unexpected(asked, `an empty body (${type})`);
  if (type !== 'application/json') throw unexpected(asked, `${type} instead of JSON`);
  try {
    return JSON.parse(answer.body);
  } catch {
    // The parser's message quotes the body, which may hold customers' data.
    throw unexpected(asked, 'text that is not valid JSON');
  }
}

function isList(value: unknown): value is readonly WooRecord[] {
  return Array.isArray(value) && value.every(isRecord);
}

function isRecord(value: unknown): value is WooRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function count(asked: Asked, answer: HttpAnswer, name: string): number {
  const value = answer.header(name);
  if (value !== null && /^\d+$/.test(value)) return Number(value);
  throw new CodedError(
    'WOO_UNEXPECTED_ANSWER',
    `${asked.host} sent the list of ${asked.list} without the header ${name}.`,
    'Let the proxy, firewall or cache in front of the shop pass the headers X-WP-Total and X-WP-TotalPages.',
  );
}

/** Our own clock stands in for a proxy that drops the Date header. */
function storeTime(answer: HttpAnswer): Date {
  const time = new Date(answer.header('date') ?? '');
  return Number.isNaN(time.getTime()) ? new Date() : time;
}

/** The error code in the body, when it is one of WordPress' plain words. */
export function errorCode(answer: HttpAnswer): string | null {
  try {
    const body: unknown = JSON.parse(answer.body);
    const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : null;
    return typeof code === 'string' && /^[\w-]{1,80}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}

export const withCode = (answer: HttpAnswer): string => {
  const code = errorCode(answer);
  return code === null ? `HTTP ${answer.status}` : `HTTP ${answer.status}, ${code}`;
};

function unavailable(asked: Asked, answer: HttpAnswer): Transient {
  const outcome = new CodedError(
    'WOO_UNAVAILABLE',
    `${asked.host} cannot answer at the moment (${withCode(answer)}), also after several attempts.`,
    answer.status === 429
      ? 'Wait, or raise the rate limit of the shop, its firewall or its hosting for this address.'
      : 'Wait, or look into the error log of the shop and its web server.',
  );
  return new Transient(outcome, retryAfterMs(answer.header('retry-after')));
}

function redirected(asked: Asked, answer: HttpAnswer): CodedError {
  const location = answer.header('location') ?? '';
  const target = URL.canParse(location, asked.url) ? new URL(location, asked.url).origin : null;
  return new CodedError(
    'WOO_UNEXPECTED_ANSWER',
    `${asked.host} answers with a redirect${target === null ? '' : ` to ${target}`}; a key is not sent on to another address.`,
    target === new URL(asked.url).origin
      ? 'In the shop choose any structure but "Plain" in Settings › Permalinks: without one WooCommerce takes no keys. If it is another, look for a plugin or a rule of the web server that redirects /wp-json.'
      : `Put the shop's final address into ${asked.access.address === undefined ? '' : `${asked.access.address}, and into `}the store's URL (Setup › Custom Metadata Types › Woo Store).`,
  );
}

function keyRefused(asked: Asked, answer: HttpAnswer): CodedError {
  const code = 'WOO_KEY_REFUSED';
  const message = `${asked.host} does not let ${asked.access.name} ${asked.writing ? 'write' : 'read'} ${asked.list} (${withCode(answer)}).`;
  const cure = keyCure(asked, answer);
  // The key itself is wrong, or may not write: that is of no single request.
  if (answer.status === 401 || asked.writing === true) return new CodedError(code, message, cure);
  return refusalOf({ code, message, cure }, answer.sent);
}

function keyCure({ access, url, writing, list }: Asked, answer: HttpAnswer): string {
  const code = errorCode(answer);
  if (writing && code === 'woocommerce_rest_authentication_error')
    return `Give the key the permissions Read/Write (WooCommerce › Settings › Advanced › REST API), or ${list === 'webhooks' ? 'unset PUBLIC_URL: the shop is swept then' : 'let no mapping write to the shop: leave its Woo Meta Key blank, and its Direction Woo to Salesforce'}.`;
  if (code === null)
    return 'The answer is not from WooCommerce: let this address pass the firewall, the password or the maintenance page in front of the shop.';
  if (answer.status === 403)
    return `The user that the key belongs to may not ${writing ? 'write' : 'read'} it: give the key to a user with the role Shop manager or Administrator.`;
  if (code === 'woocommerce_rest_authentication_error')
    return `${access.wrongSecret} See too that the key's permissions are Read or Read/Write (WooCommerce › Settings › Advanced › REST API)${url.startsWith('https:') ? '' : ', and that the clock of this machine is right'}.`;
  const transport = url.startsWith('https:')
    ? 'If both are right, the shop does not see that it is called by https: let the proxy in front of it send X-Forwarded-Proto and WordPress honour it.'
    : 'If both are right, put the shop on https.';
  return `${access.wrongKey} ${transport}`;
}

function notFound(asked: Asked, answer: HttpAnswer): CodedError {
  const missing = errorCode(answer) === 'rest_no_route';
  const older =
    missing && asked.list === 'variations'
      ? ' The list of all variations came with a newer WooCommerce than this (10.5 has it): update it.'
      : '';
  const message = `${asked.host} has no WooCommerce list of ${asked.list} at ${asked.url} (${withCode(answer)}).`;
  const cure = `Check the store's URL, that WooCommerce is active and that Settings › Permalinks is not "Plain".${older}`;
  return refusalOf({ code: 'WOO_NOT_FOUND', message, cure }, answer.sent);
}

function refused(asked: Asked, answer: HttpAnswer): CodedError {
  const message = `${asked.host} refused to ${asked.writing ? 'write' : 'list'} ${asked.list} (${withCode(answer)}).`;
  const cure =
    errorCode(answer) === BAD_DELIVERY_URL
      ? 'Check PUBLIC_URL: it is the address at which the shop reaches this service.'
      : 'Update WooCommerce; if it is up to date, report this sentence as a bug.';
  const mayBeOfOne = [400, 413].includes(answer.status);
  return refusalOf({ code: 'WOO_REFUSED', message, cure, mayBeOfOne }, answer.sent);
}

export function unexpected(asked: Asked, what: string): CodedError {
  return new CodedError(
    'WOO_UNEXPECTED_ANSWER',
    `${asked.host} answered the list of ${asked.list} with ${what}.`,
    'Open the shop: a maintenance page, a firewall, or a plugin that prints warnings into the API (WP_DEBUG_DISPLAY) answers in its place.',
  );
}
