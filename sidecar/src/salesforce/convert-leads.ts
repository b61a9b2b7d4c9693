import { z } from 'zod';
import type { LeadConversion, ItemResult } from '../ports/org.ts';
import { toItemError } from './collections.ts';
import { isReadOnlyIn, readOnly } from './read-only.ts';
import type { Connection } from './rest/connection.ts';
import { unexpected } from './rest/transport.ts';

/** What jsforce makes of an element that may come more than once. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .union([z.array(item), item.transform((one) => [one])])
    .optional()
    .transform((list) => list ?? []);

const answerSchema = z.object({
  result: listOf(
    z.object({
      success: z.enum(['true', 'false']),
      errors: listOf(z.object({ statusCode: z.string(), message: z.string().optional() }).loose()),
    }),
  ),
});

/** @returns one result per lead, in order; none holds an id, for no record is made */
export async function convertLeads(
  connection: Connection,
  conversions: readonly LeadConversion[],
): Promise<readonly ItemResult[]> {
  const leadConverts = conversions.map(toLeadConvert);
  const answer = await connection.soap({ method: 'convertLead', args: { leadConverts } });
  const results = answerSchema.safeParse(answer).data?.result;
  if (results?.length !== conversions.length)
    throw unexpected(
      'Salesforce',
      `results that do not match the ${conversions.length} leads sent`,
    );
  const converted = results.map(({ success, errors }) => {
    const said = errors.map(({ statusCode, message = '' }) => toItemError(statusCode, message, []));
    const refused = said.length > 0 ? said : [unexplained];
    return { id: null, created: false, errors: success === 'true' ? [] : refused };
  });
  // One that was converted says so when it is tried again.
  if (isReadOnlyIn(converted)) throw readOnly();
  return converted;
}

const unexplained = toItemError('UNKNOWN_EXCEPTION', 'Salesforce refused it without a reason.', []);

/** In the order of the WSDL, which the SOAP API holds to. */
function toLeadConvert({
  accountId,
  contactId,
  convertedStatus,
  leadId,
  ownerId,
}: LeadConversion): object {
  return {
    accountId,
    contactId,
    convertedStatus,
    doNotCreateOpportunity: true,
    leadId,
    overwriteLeadSource: false,
    ...(ownerId !== null && { ownerId }),
    sendNotificationEmail: false,
  };
}
