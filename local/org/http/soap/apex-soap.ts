import type { AccessControl } from '../../access/access-control.ts';
import type { Answer } from '../../api/answer.ts';
import { bodyLimits, readBody } from '../../api/body.ts';
import type { RequestLog } from '../../api/request-log.ts';
import type { OrgUser, Sessions } from '../../api/sessions.ts';
import { NotEmulated } from '../../apex/runtime/run/exception.ts';
import { soapFault, xmlAnswer } from '../../metadata/answer/xml-answer.ts';
import { childOf, parseXml, XmlError, type XmlElement } from '../../metadata/xml/parse-xml.ts';
import { escapeXml } from '../../metadata/xml/write-xml.ts';
import type { ExecuteAnonymousResult } from '../../tooling/anonymous.ts';
import type { Tooling } from '../../tooling/tooling.ts';
import { apiRefusal } from '../api-permission.ts';
import type { Incoming } from '../incoming.ts';

export const apexSoapRoot = '/services/Soap/s/';
const NAMESPACE = 'http://soap.sforce.com/2006/08/apex';

interface ApexSoapParts {
  readonly sessions: Sessions;
  readonly access: AccessControl;
  readonly log: RequestLog;
  readonly tooling: Tooling;
}

const fault = (code: string, message: string): Answer =>
  xmlAnswer(500, soapFault(code, message, NAMESPACE));

function resultXml(result: ExecuteAnonymousResult): string {
  const members = Object.entries(result).map(([name, value]) =>
    value === null ? `<${name} xsi:nil="true"/>` : `<${name}>${escapeXml(String(value))}</${name}>`,
  );
  return `<executeAnonymousResponse><result>${members.join('')}</result></executeAnonymousResponse>`;
}

const envelope = (log: string, body: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  `xmlns="${NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
  `<soapenv:Header><DebuggingInfo><debugLog>${escapeXml(log)}</debugLog></DebuggingInfo></soapenv:Header>` +
  `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

const tokenIn = (root: XmlElement): string => {
  const header = childOf(root, 'Header');
  const session = header && childOf(header, 'SessionHeader');
  return (session && childOf(session, 'sessionId')?.text.trim()) ?? '';
};

/** The user of the envelope's session, or why it is refused. */
function userOf(
  root: XmlElement,
  { sessions, access, log, tooling }: ApexSoapParts,
): OrgUser | Answer {
  const user = sessions.find(tokenIn(root))?.user;
  const isSpent = log.isSpent();
  if (!user || isSpent) log.count('refused', false);
  if (!user) {
    return fault(
      'INVALID_SESSION_ID',
      'Invalid Session ID found in SessionHeader: Illegal Session',
    );
  }
  if (isSpent) return fault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  const refused = apiRefusal(access, user) ?? tooling.anonymousRefusal(user);
  return refused ? fault(refused.errorCode, refused.message) : user;
}

/** The Apex SOAP API, of which `executeAnonymous` is emulated: `sf apex run` uses it, since it answers with the log. */
export async function askApex(parts: ApexSoapParts, { request }: Incoming): Promise<Answer> {
  let root: XmlElement;
  try {
    root = parseXml((await readBody(request, bodyLimits.rest)).toString('utf8'));
  } catch (error) {
    if (error instanceof XmlError) return fault('UNKNOWN_EXCEPTION', error.message);
    throw error;
  }
  const user = userOf(root, parts);
  if ('status' in user) return user;
  parts.log.count('apex', true);
  const operation = childOf(root, 'Body')?.children[0];
  if (operation?.name !== 'executeAnonymous') {
    const name = operation?.name ?? 'no call';
    return fault('NOT_EMULATED', `the local org does not emulate ${name} of the Apex SOAP API`);
  }
  // Not trimmed: lines are counted from the first one.
  const code = childOf(operation, 'apexcode')?.text ?? '';
  try {
    const { result, log: said } = await parts.tooling.anonymous.run(code, user);
    return xmlAnswer(200, envelope(said, resultXml(result)));
  } catch (error) {
    if (error instanceof NotEmulated) return fault('NOT_EMULATED', error.message);
    throw error;
  }
}
