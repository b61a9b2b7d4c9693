import { wpError } from '../rest/response/reply.ts';
import type { CallFault } from './faults.ts';

/** An answer that no part of WooCommerce has made. */
export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

const html = 'text/html; charset=UTF-8';
const json = 'application/json; charset=UTF-8';

/** The statuses that the web server in front of PHP gives, and their names. */
const ofWebServer: Partial<Record<number, string>> = {
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

const loginPage = `<!DOCTYPE html>
<html lang="en-US"><head><title>Log In &lsaquo; Example Store &#8212; WordPress</title></head>
<body class="login"><form name="loginform" action="/wp-login.php" method="post"></form></body></html>
`;

/**
 * What a request is answered in place of being carried out; undefined where it is carried out, `cut` where the
 * connection breaks.
 */
export function answerInstead(fault: CallFault): RawAnswer | 'cut' | undefined {
  switch (fault.kind) {
    case 'status':
      return statusAnswer(fault.status, fault.retry_after);
    case 'html':
      return { status: 200, headers: { 'content-type': html }, text: loginPage };
    case 'empty':
      return { status: 200, headers: { 'content-type': json }, text: '' };
    case 'cut_call':
      return 'cut';
    default:
      return undefined;
  }
}

/** An answer with a status from 400 to 599, of the web server or of WordPress. */
export function statusAnswer(status: number, retryAfter: number | undefined): RawAnswer {
  const name = ofWebServer[status];
  const retry = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
  return name === undefined
    ? { status, headers: { 'content-type': json, ...retry }, text: wordPressText(status) }
    : { status, headers: { 'content-type': html, ...retry }, text: nginxPage(`${status} ${name}`) };
}

function wordPressText(status: number): string {
  const [code, message] =
    status === 401 || status === 403
      ? ['woocommerce_rest_cannot_view', 'Sorry, you cannot list resources.']
      : ['internal_server_error', 'There has been a critical error on this website.'];
  return JSON.stringify(wpError(status, code, message).body);
}

function nginxPage(title: string): string {
  const head = `<html>\r\n<head><title>${title}</title></head>\r\n`;
  const body = `<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n`;
  return `${head}${body}</html>\r\n`;
}
