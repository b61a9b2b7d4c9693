import { z } from 'zod';
import { refusalIn, type AdminSession } from './admin-session.ts';

const counted = z.object({ totalSize: z.number() });
const ROOT = '/services/data/v66.0';

/**
 * Tells a service that runs to read stores and mappings now: custom metadata tells nobody when it changes.
 * @returns what to say of it; null where no service has ever been there
 */
export async function tellService(session: Pick<AdminSession, 'request'>): Promise<string | null> {
  const q = new URLSearchParams({ q: 'SELECT COUNT() FROM Woo_Store_Status__c' });
  const seen = await session.request('GET', `${ROOT}/query?${q.toString()}`);
  if (counted.safeParse(seen.body).data?.totalSize === 0) return null;
  const command = { Type__c: 'reload', State__c: 'waiting' };
  const given =
    seen.status === 200
      ? await session.request('POST', `${ROOT}/sobjects/Woo_Command__c`, command)
      : seen;
  return given.status === 201
    ? 'The service is told to read the configuration now. Configuration of Woo Store Status changes when it has.'
    : `The service could not be told to read the configuration (${refusalIn(given)}): it does so within five minutes. With the permission set Woo_Admin or Woo_Products it could.`;
}
