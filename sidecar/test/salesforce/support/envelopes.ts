/** An envelope as Salesforce sends it, around these notifications. */
export function envelope(...notifications: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
 <soapenv:Body>
  <notifications xmlns="http://soap.sforce.com/2005/09/outbound">
   <OrganizationId>00Dxx0000000001EAA</OrganizationId>
   <ActionId>04kxx0000000001AAA</ActionId>
   <SessionId xsi:nil="true"/>
   <EnterpriseUrl>https://acme.my.salesforce.com/services/Soap/c/60.0/00Dxx0000000001</EnterpriseUrl>
   <PartnerUrl>https://acme.my.salesforce.com/services/Soap/u/60.0/00Dxx0000000001</PartnerUrl>
${notifications.join('\n')}
  </notifications>
 </soapenv:Body>
</soapenv:Envelope>`;
}

/** One about a record of Product2, with these fields. */
export function notification(
  fields: string,
  { id = '04lxx0000000001AAA', type = 'sf:Product2' } = {},
): string {
  return `   <Notification>
    <Id>${id}</Id>
    <sObject xsi:type="${type}" xmlns:sf="urn:sobject.enterprise.soap.sforce.com">
     ${fields}
    </sObject>
   </Notification>`;
}

/** What a record of Product2 is sent with; the id has 18 characters. */
export function product(id: string): string {
  return notification(
    `<sf:Id>${id}</sf:Id>
     <sf:LastModifiedDate>2026-09-09T19:01:52.000Z</sf:LastModifiedDate>
     <sf:Name>Tea &amp; mug</sf:Name>`,
  );
}

export const one = '01txx0000000001AAA';
export const two = '01txx0000000002AAA';

/** Ten names, each of which stands for ten of the one before. */
export const entityBomb = `<?xml version="1.0"?>
<!DOCTYPE lolz [
<!ENTITY l0 "lol">
${Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`).join('\n')}
]>
${envelope(product('&l9;')).replace(/^<\?xml.*\?>\n/, '')}`;

export const externalEntity = `<?xml version="1.0"?>
<!DOCTYPE x [<!ENTITY passwd SYSTEM "file:///etc/passwd">]>
${envelope(product('&passwd;')).replace(/^<\?xml.*\?>\n/, '')}`;
