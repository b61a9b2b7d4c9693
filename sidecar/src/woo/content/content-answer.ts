import { CodedError } from '../../errors/coded-error.ts';
import { retryAfterMs, Transient } from '../../lib/retry.ts';
import type { WooRecord } from '../../mapping/model/record.ts';
import type { WooPage } from '../../ports/store.ts';
import { errorCode, readList, readPage, readRecord, withCode } from '../response.ts';
import { PASSING } from '../retry-policy.ts';
import type { Asked, HttpAnswer } from '../types.ts';

/** What was asked of WordPress, for the sentences of errors. */
export interface ContentAsked extends Pick<Asked, 'host' | 'url'> {
  readonly list: string;
  /** Such as "the application password in WOO_MAIN_APP_PASSWORD". */
  readonly access: string;
  /** What to do where WordPress does not take it. */
  readonly cure: string;
}

/** @throws Transient when another attempt may help, else CodedError; neither quotes the body */
export function readContentPage(asked: ContentAsked, answer: HttpAnswer): WooPage {
  checkAccess(asked, answer);
  return readPage(plain(asked), answer);
}

/** What is keyed by names: types and taxonomies. @throws as `readContentPage` */
export function readContentObject(asked: ContentAsked, answer: HttpAnswer): WooRecord {
  checkAccess(asked, answer);
  return isEmptyList(answer) ? {} : readRecord(plain(asked), answer);
}

/** PHP writes an empty object as a list. */
function isEmptyList({ body }: HttpAnswer): boolean {
  return body.trim() === '[]';
}

/** The records of a list that the shop gives as a whole, whatever it is asked for. */
export function readWholePage(asked: Asked, answer: HttpAnswer): WooPage {
  const records = readList(asked, answer);
  const date = new Date(answer.header('date') ?? '');
  const storeTime = Number.isNaN(date.getTime()) ? new Date() : date;
  return { records, total: records.length, pages: 1, storeTime };
}

/** Whoever may not see a record is told the same as of one that is not there. */
const GONE: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** The record that was asked for by itself; null for one that is gone. @throws as `readContentPage` */
export function readSingle(asked: Asked, answer: HttpAnswer): WooRecord | null {
  if (GONE.has(answer.status) && errorCode(answer) !== null && !isKeyRefused(answer)) return null;
  return readRecord(asked, answer);
}

/** Whether it is the credential that is refused, and no record. */
function isKeyRefused(answer: HttpAnswer): boolean {
  return WRONG_PASSWORD.has(errorCode(answer) ?? '');
}

const WRONG_PASSWORD: ReadonlySet<string> = new Set([
  'incorrect_password',
  'invalid_username',
  'invalid_email',
  'application_passwords_disabled',
  'application_passwords_disabled_for_user',
  'woocommerce_rest_authentication_error',
]);

function checkAccess(asked: ContentAsked, answer: HttpAnswer): void {
  const { status } = answer;
  if (PASSING.has(status)) {
    const outcome = new CodedError(
      'WOO_UNAVAILABLE',
      `${asked.host} cannot answer at the moment (${withCode(answer)}), also after several attempts.`,
      'Wait, or look into the error log of the shop and its web server.',
    );
    throw new Transient(outcome, retryAfterMs(answer.header('retry-after')));
  }
  if (status >= 400)
    throw new CodedError(
      'CONTENT_REFUSED',
      `WordPress at ${asked.host} does not show ${asked.list} to ${asked.access} (${withCode(answer)}).`,
      cureOf(asked, answer),
    );
}

function cureOf({ cure, list }: ContentAsked, answer: HttpAnswer): string {
  const code = errorCode(answer);
  if (code === null)
    return 'The answer is not from WordPress: let /wp-json/wp/v2 pass the firewall, the security plugin or the maintenance page in front of the shop.';
  if (isKeyRefused(answer)) return cure;
  if (code === 'rest_forbidden_context')
    return list === 'content/user'
      ? NEEDS_EDIT_USERS
      : 'The mapping reads what WordPress shows to editors only: give its user a role that may edit this content (edit_posts of the type), or map other attributes.';
  if (code === 'rest_invalid_param')
    return 'The conditions of the mapping name statuses that the user may not see: drafts need edit_posts of the type, private content read_private_posts. Give its user such a role, or change the condition.';
  if (code === 'rest_no_route')
    return 'The shop says where this content is, and does not have it there: look for a plugin that changes its REST API.';
  return `${cure} See too that the user may read this content.`;
}

const NEEDS_EDIT_USERS =
  'The mapping reads what WordPress shows to those who may edit users, such as addresses and roles: give its user a role with list_users and edit_users, or map other attributes.';

/**
 * Of users whom the reader may not edit WordPress counts the total and shows nothing, so that they look like deleted.
 * @throws CodedError `CONTENT_REFUSED`
 */
export function checkWhole(asked: ContentAsked, { sent }: HttpAnswer, page: WooPage): void {
  const { per_page: size = '10', page: at = '1', offset, context } = sent?.query ?? {};
  if (asked.list !== 'content/user' || context !== 'edit') return;
  const before = offset === undefined ? (Number(at) - 1) * Number(size) : Number(offset);
  const due = Math.min(Number(size), page.total - before);
  if (page.records.length >= due) return;
  throw new CodedError(
    'CONTENT_REFUSED',
    `WordPress at ${asked.host} counts ${page.total} users and shows ${page.records.length} of the ${due} on a page to ${asked.access}.`,
    NEEDS_EDIT_USERS,
  );
}

/** @throws CodedError `CONTENT_REFUSED` where the record is there, and not shown in the context asked for */
export function checkContext(asked: ContentAsked, answer: HttpAnswer): void {
  if (errorCode(answer) === 'rest_forbidden_context') checkAccess(asked, answer);
}

function plain({ host, url, access, cure, list }: ContentAsked): Asked {
  const words = { name: access, wrongKey: cure, wrongSecret: cure };
  return { host, url, list: list as Asked['list'], access: words };
}
