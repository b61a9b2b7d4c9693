import { CodedError } from '../errors/coded-error.ts';
import type { StoreRow } from '../mapping/model/config-rows.ts';
import { forStore } from '../mapping/model/for-store.ts';
import type { Mapping } from '../mapping/model/mapping.ts';
import type { LeadSettings, Org, OrgRow } from '../ports/org.ts';
import { makesContacts } from '../sync/leads/buyers.ts';
import { leadObject, type LeadObject } from '../sync/leads/lead-object.ts';
import { leadSettings } from '../sync/leads/lead-settings.ts';
import { error, type Finding, ofError } from './check/finding.ts';

const QUERIES = [
  'SELECT MasterLabel FROM LeadStatus WHERE IsConverted = true',
  'SELECT PermissionsConvertLeads FROM UserPermissionAccess',
];

/** What the org has for leads. */
interface Known {
  readonly object: LeadObject;
  /** Null where the integration user may not see leads, or the org does not tell. */
  readonly conversion: Conversion | null;
}

/** What a conversion needs of the org. */
interface Conversion {
  /** Statuses that a conversion sets. */
  readonly statuses: readonly string[];
  readonly mayConvert: boolean;
}

/**
 * What keeps stores from linking or converting the leads of their buyers. Two API calls where a store does either, else
 * none.
 */
export async function checkLeads(
  org: Pick<Org, 'describe' | 'queries'>,
  stores: readonly StoreRow[],
  mappings: readonly Mapping[],
): Promise<readonly Finding[]> {
  const wanted = stores.flatMap((row) => {
    const settings = row.active ? leadSettings(row) : null;
    return settings === null ? [] : [{ row, settings }];
  });
  if (wanted.length === 0) return [];
  const object = leadObject((await org.describe(['Lead'])).get('Lead') ?? null);
  // A user who may not see leads may not ask for their statuses either.
  const asked = object.refusal === null ? await ask(org) : null;
  const isRefused = asked instanceof CodedError;
  const known = { object, conversion: isRefused ? null : asked };
  return [
    ...(isRefused ? [ofError('Lead', asked)] : []),
    ...wanted.flatMap(({ row, settings }) => [
      ...withoutContacts(row, mappings),
      ...withoutRights(row.name, settings, known),
      ...(settings.rule === 'convert' ? withoutStatus(row.name, settings, known) : []),
    ]),
  ];
}

/** A query that is refused is a finding like others, and hides none of them. */
async function ask(org: Pick<Org, 'queries'>): Promise<Conversion | CodedError> {
  try {
    const [statuses = [], rights = []] = await org.queries(QUERIES);
    const mayConvert = rights.some((row) => row['PermissionsConvertLeads'] === true);
    return { statuses: statuses.map(labelOf), mayConvert };
  } catch (refused) {
    if (refused instanceof CodedError && refused.code === 'SF_QUERY_REFUSED') return refused;
    throw refused;
  }
}

const labelOf = (row: OrgRow): string => String(row['MasterLabel']);

function withoutContacts({ key, name }: StoreRow, mappings: readonly Mapping[]): Finding[] {
  if (forStore(mappings, key).some(makesContacts)) return [];
  return [
    error({
      code: 'LEADS_NO_CONTACTS',
      place: name,
      message: `Lead Rule of ${name} has nothing to link or convert leads to: no mapping makes contacts of the customers of the store.`,
      cure: 'Activate a mapping of customers to Contact, or set Lead Rule to leave.',
    }),
  ];
}

const GRANT =
  'Deploy the recipe lead-conversion, and assign the permission set Woo_Recipe_Lead_Conversion to the integration user.';

function withoutRights(
  place: string,
  { rule }: LeadSettings,
  { object: { refusal, linkRefusal }, conversion }: Known,
): Finding[] {
  // Leads of guests are linked where the others are converted, as far as the field is there.
  const reason = refusal ?? (rule === 'link' ? linkRefusal : null);
  if (reason !== null)
    return [
      error({
        code: 'LEADS_NOT_GRANTED',
        place,
        cure: GRANT,
        message: `Leads are left as they are, though Lead Rule is ${rule}: ${reason}.`,
      }),
    ];
  if (rule === 'link' || conversion === null || conversion.mayConvert) return [];
  return [
    error({
      code: 'LEAD_RIGHT_MISSING',
      place,
      cure: GRANT,
      message: 'The integration user lacks the permission Convert Leads, so no lead is converted.',
    }),
  ];
}

function withoutStatus(
  place: string,
  { convertedStatus }: LeadSettings,
  { conversion }: Known,
): Finding[] {
  if (conversion === null) return [];
  const { statuses } = conversion;
  if (convertedStatus !== null && statuses.includes(convertedStatus)) return [];
  const known = statuses.map((status) => `"${status}"`).join(', ');
  const cure = `Enter one of the converted statuses of the org as Converted Lead Status: ${known || 'none was found'}.`;
  return [
    error(
      convertedStatus === null
        ? {
            code: 'LEAD_STATUS_MISSING',
            place,
            cure,
            message: 'Leads are to be converted, and Converted Lead Status is blank.',
          }
        : {
            code: 'LEAD_STATUS_REFUSED',
            place,
            cure,
            message: `Converted Lead Status is "${convertedStatus}", which is no status that a conversion sets.`,
          },
    ),
  ];
}
