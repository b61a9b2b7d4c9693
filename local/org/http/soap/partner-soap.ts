import type { AccessControl } from '../../access/access-control.ts';
import type { Answer } from '../../api/answer.ts';
import { bodyLimits, readBody } from '../../api/body.ts';
import type { RequestLog } from '../../api/request-log.ts';
import type { Sessions } from '../../api/sessions.ts';
import { soapAnswer, soapFault, xmlAnswer } from '../../metadata/answer/xml-answer.ts';
import {
  childOf,
  childrenOf,
  parseXml,
  XmlError,
  type XmlElement,
} from '../../metadata/xml/parse-xml.ts';
import { convertLeads, type Conversion, type ConversionResult } from '../../write/convert-lead.ts';
import { apiRefusal } from '../api-permission.ts';
import type { Incoming } from '../incoming.ts';

export const partnerRoot = '/services/Soap/u/';
const NAMESPACE = 'urn:partner.soap.sforce.com';
/** Leads that one call converts at most. */
const MOST = 100;

interface PartnerParts {
  readonly sessions: Sessions;
  readonly access: AccessControl;
  readonly log: RequestLog;
}

const fault = (code: string, message: string): Answer =>
  xmlAnswer(500, soapFault(code, message, NAMESPACE));

const textOf = (element: XmlElement | undefined, name: string): string =>
  (element && childOf(element, name)?.text.trim()) ?? '';

/** What a conversion may say besides, which would make records. */
const MAKING = [
  'accountRecord',
  'contactRecord',
  'opportunityRecord',
  'opportunityId',
  'opportunityName',
];
const KNOWN = new Set([
  'leadId',
  'accountId',
  'contactId',
  'convertedStatus',
  'doNotCreateOpportunity',
  'overwriteLeadSource',
  'ownerId',
  'sendNotificationEmail',
  'bypassAccountDedupeCheck',
  'bypassContactDedupeCheck',
]);

/** Why a conversion cannot be carried out here; undefined when it can. */
function refusal(element: XmlElement): Answer | undefined {
  const stranger = element.children.find(({ name }) => !KNOWN.has(name));
  if (stranger && !MAKING.includes(stranger.name)) {
    return fault('INVALID_FIELD', `No such field ${stranger.name} of LeadConvert`);
  }
  for (const name of ['leadId', 'convertedStatus', 'doNotCreateOpportunity']) {
    if (textOf(element, name) === '') return fault('MISSING_ARGUMENT', `missing argument ${name}`);
  }
  const isInto = ['accountId', 'contactId'].every((name) => textOf(element, name) !== '');
  const isPlain = MAKING.every((name) => textOf(element, name) === '');
  if (isInto && isPlain && textOf(element, 'doNotCreateOpportunity') === 'true') return undefined;
  return fault(
    'NOT_EMULATED',
    'the local org converts leads only into an account and a contact that are there, without an opportunity',
  );
}

const conversionOf = (element: XmlElement): Conversion => ({
  leadId: textOf(element, 'leadId'),
  accountId: textOf(element, 'accountId'),
  contactId: textOf(element, 'contactId'),
  convertedStatus: textOf(element, 'convertedStatus'),
  overwriteLeadSource: textOf(element, 'overwriteLeadSource') === 'true',
  ownerId: textOf(element, 'ownerId'),
});

function resultOf(result: ConversionResult): object {
  if (result.success) return { ...result.ids, success: true };
  const errors = result.errors.map(({ fields, message, statusCode }) => ({
    fields,
    message,
    statusCode,
  }));
  return { errors, success: false };
}

/** The Partner SOAP API, of which `convertLead` is emulated: leads cannot be converted by REST. */
export async function askPartner(
  { sessions, access, log }: PartnerParts,
  { request, url }: Incoming,
): Promise<Answer> {
  let envelope: XmlElement;
  try {
    envelope = parseXml((await readBody(request, bodyLimits.rest)).toString('utf8'));
  } catch (error) {
    if (error instanceof XmlError) return fault('UNKNOWN_EXCEPTION', error.message);
    throw error;
  }
  const header = childOf(envelope, 'Header');
  const token = textOf(header && childOf(header, 'SessionHeader'), 'sessionId');
  const session = sessions.find(token);
  if (!session) {
    log.count('refused', false);
    return fault(
      'INVALID_SESSION_ID',
      'Invalid Session ID found in SessionHeader: Illegal Session',
    );
  }
  if (log.isSpent()) {
    log.count('refused', false);
    return fault('REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
  }
  const disabled = apiRefusal(access, session.user);
  if (disabled) return fault(disabled.errorCode, disabled.message);
  log.count('other', true);
  const operation = childOf(envelope, 'Body')?.children[0];
  if (operation?.name !== 'convertLead') {
    return fault(
      'NOT_EMULATED',
      `the local org does not emulate ${operation?.name ?? 'no call'} of SOAP`,
    );
  }
  const given = childrenOf(operation, 'leadConverts');
  if (given.length === 0 || given.length > MOST) {
    return fault('EXCEEDED_ID_LIMIT', `convertLead takes 1 to ${MOST} leads, not ${given.length}`);
  }
  const refused = given.flatMap((one) => refusal(one) ?? [])[0];
  if (refused) return refused;
  const caller = {
    userId: session.user.id,
    saveDuplicates: true,
    version: `v${url.pathname.slice(partnerRoot.length)}`,
  };
  const results = convertLeads(access.viewOf(session.user.id), caller, given.map(conversionOf));
  return xmlAnswer(200, soapAnswer('convertLead', results.map(resultOf), NAMESPACE));
}
