import { ParseOption, XmlDocument, XmlParseError } from 'libxml2-wasm';

const path = '/soap:Envelope/soap:Body/om:notificationsResponse/om:Ack';
const namespaces = {
  soap: 'http://schemas.xmlsoap.org/soap/envelope/',
  om: 'http://soap.sforce.com/2005/09/outbound',
};

/** Whether an answer acknowledges all notifications of its envelope. */
export function isAck(status: number, body: string): boolean {
  if (status < 200 || status > 299 || body.includes('<!DOCTYPE')) return false;
  try {
    const document = XmlDocument.fromString(body, { option: ParseOption.XML_PARSE_NONET });
    const text = document.get(path, namespaces)?.content;
    document.dispose();
    return text?.trim() === 'true';
  } catch (error) {
    if (error instanceof XmlParseError) return false;
    throw error;
  }
}
