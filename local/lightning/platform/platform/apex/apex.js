import { sendToHost } from 'platform/http';

/**
 * Calls a method of an Apex class, as `@salesforce/apex/Class.method` does.
 * @param args values by the names of the method's parameters
 * @returns what the method returns, frozen
 * @throws `{ status, body: { message } }`; of an AuraHandledException the message alone
 */
export async function callApex(className, method, args = {}) {
  const { returnValue } = await sendToHost('POST', `/local/apex/${className}/${method}`, args);
  return returnValue;
}
