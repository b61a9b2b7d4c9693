/** A record of which a message tells. */
export interface TellsOf {
  /** Of 18 characters. */
  readonly organizationId: string;
  readonly object: string;
  readonly recordId: string;
}

/** An outbound message of one record as Salesforce sends it, for those to whom it sends none: `parseEnvelope` reads it. */
export function writeEnvelope({ organizationId, object, recordId }: TellsOf): string {
  return [
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body>',
    `<notifications xmlns="http://soap.sforce.com/2005/09/outbound"><OrganizationId>${organizationId}</OrganizationId><Notification>`,
    `<sObject xsi:type="sf:${object}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com"><sf:Id>${recordId}</sf:Id></sObject>`,
    '</Notification></notifications></soapenv:Body></soapenv:Envelope>',
  ].join('');
}
