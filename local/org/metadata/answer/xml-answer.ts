import type { Answer } from '../../api/answer.ts';
import { metadataNamespace } from '../xml/open-file.ts';
import { escapeXml } from '../xml/write-xml.ts';

export const xmlAnswer = (status: number, body: string): Answer => ({
  status,
  body,
  headers: { 'content-type': 'text/xml; charset=UTF-8' },
});

/** A value as elements: arrays repeat, undefined is left out, empty text is an empty element. */
function toXml(name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => toXml(name, one)).join('');
  if (typeof value === 'object') {
    const inner = Object.entries(value).map(([key, one]) => toXml(key, one));
    return `<${name}>${inner.join('')}</${name}>`;
  }
  return `<${name}>${escapeXml(typeof value === 'string' ? value : JSON.stringify(value))}</${name}>`;
}

const envelope = (body: string, namespace: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>' +
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
  `xmlns="${namespace}" xmlns:sf="${namespace}" ` +
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
  `<soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

/** The SOAP answer to an operation; an array gives one `result` each. */
export function soapAnswer(
  operation: string,
  result: unknown,
  namespace = metadataNamespace,
): string {
  const inner = toXml('result', result);
  return envelope(`<${operation}Response>${inner}</${operation}Response>`, namespace);
}

/** A SOAP fault with a code of Salesforce's, such as `INVALID_SESSION_ID`. */
export function soapFault(code: string, message: string, namespace = metadataNamespace): string {
  const text = escapeXml(`${code}: ${message}`);
  return envelope(
    `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${text}</faultstring></soapenv:Fault>`,
    namespace,
  );
}
