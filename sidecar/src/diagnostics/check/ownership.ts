import { type Finding, warning } from './finding.ts';
import { CodedError } from '../../errors/coded-error.ts';
import { soqlText } from '../../lib/soql.ts';
import type { FieldMappingRow, MappingRow } from '../../mapping/model/config-rows.ts';
import { lower } from '../../mapping/model/resource-of.ts';
import type { DescribedObject, Org } from '../../ports/org.ts';

/** Beyond it Salesforce advises against: sharing is recalculated slowly, and saves wait for each other. */
const MOST = 10_000;
/** Owners and accounts that are named. */
const NAMED = 5;
/** Private as it ships, beside a sharing rule for all internal users. */
const SHIPPED = 'Woo_Order__c';

/** What the org says of who owns and sees records; empty where it does not tell. */
export interface Ownership {
  /** Organization-wide defaults, by object. */
  readonly defaults: ReadonlyMap<string, string>;
  /** Records of one owner, and contacts of one account, where they are too many. */
  readonly crowds: readonly Crowd[];
}

interface Crowd {
  readonly object: string;
  readonly field: 'OwnerId' | 'AccountId';
  readonly id: string;
  readonly records: number;
}

type Asks = Pick<Crowd, 'object' | 'field'>;

export const NOT_ASKED: Ownership = { defaults: new Map(), crowds: [] };

/**
 * Asks for numbers alone, never for records: one API call for up to four objects that have owners, one more per five.
 * What an org refuses to tell is not known.
 */
export async function readOwnership(
  org: Pick<Org, 'queries'>,
  active: readonly MappingRow[],
  schemas: ReadonlyMap<string, DescribedObject>,
): Promise<Ownership> {
  const written = new Set(active.filter(makesRecords).map(({ object }) => lower(object)));
  const owned = [...schemas.values()].filter(
    ({ name, fields }) => written.has(name.toLowerCase()) && fields.has('ownerid'),
  );
  if (owned.length === 0) return NOT_ASKED;
  const names = owned.map(({ name }) => name);
  const contacts = owned.filter(
    ({ name, fields }) => name === 'Contact' && fields.has('accountid'),
  );
  const accounts = contacts.map(({ name }) => ({ object: name, field: 'AccountId' }) as const);
  const asks: readonly Asks[] = [
    ...names.map((object) => ({ object, field: 'OwnerId' }) as const),
    ...accounts,
  ];
  try {
    const [defaults = [], ...counts] = await org.queries([
      `SELECT QualifiedApiName, InternalSharingModel FROM EntityDefinition WHERE QualifiedApiName IN (${names.map(soqlText).join(', ')})`,
      ...asks.map(
        ({ object, field }) =>
          `SELECT ${field}, COUNT(Id) records FROM ${object} WHERE ${field} != null GROUP BY ${field} HAVING COUNT(Id) > ${MOST} ORDER BY COUNT(Id) DESC LIMIT ${NAMED}`,
      ),
    ]);
    return {
      defaults: new Map(
        defaults.map((row) => [
          String(row['QualifiedApiName']),
          String(row['InternalSharingModel']),
        ]),
      ),
      crowds: asks.flatMap((ask, at) =>
        (counts[at] ?? []).map((row) => ({
          ...ask,
          id: String(row[ask.field]),
          records: Number(row['records']),
        })),
      ),
    };
  } catch (refused) {
    if (refused instanceof CodedError && refused.code === 'SF_REFUSED') return NOT_ASKED;
    throw refused;
  }
}

/** Whether people will see what the mapping makes, and whether one owner or account has too much. */
export function checkOwnership(
  row: MappingRow,
  fields: readonly FieldMappingRow[],
  { name }: DescribedObject,
  { defaults, crowds }: Ownership,
): Finding[] {
  if (!makesRecords(row)) return [];
  const hasOwner = fields.some(
    ({ field, direction }) => lower(field) === 'ownerid' && lower(direction) !== 'to_woo',
  );
  const isUnseen = defaults.get(name) === 'Private' && name !== SHIPPED && !hasOwner;
  return [
    ...(isUnseen ? [unseen(row.name, name)] : []),
    ...crowds.filter(({ object }) => object === name).map((crowd) => crowded(row.name, crowd)),
  ];
}

function unseen(place: string, object: string): Finding {
  return warning({
    code: 'CHECK_OWNER_PRIVATE',
    place,
    message: `The organization-wide default of ${object} is Private, and ${place} maps no OwnerId: the integration user owns all that it makes, and others see none of it unless a sharing rule says so.`,
    cure: `Map OwnerId of ${object} (docs/recipes.md), or share the integration user's records by a rule in Setup › Sharing Settings.`,
  });
}

function crowded(place: string, { object, field, id, records }: Crowd): Finding {
  const of = field === 'OwnerId' ? `The owner ${id} has` : `The account ${id} has`;
  const what = object === 'Contact' ? 'contacts' : `records of ${object}`;
  const cure =
    field === 'OwnerId'
      ? 'Map OwnerId to spread them over several owners (docs/recipes.md), or see that this owner has no role.'
      : 'Spread them over several accounts (docs/recipes.md).';
  return warning({
    code: field === 'OwnerId' ? 'CHECK_OWNER_CROWDED' : 'CHECK_ACCOUNT_CROWDED',
    place,
    message: `${of} ${records.toLocaleString('en')} ${what}, more than ${MOST.toLocaleString('en')}: sharing is recalculated slowly, and saves wait for each other.`,
    cure,
  });
}

function makesRecords({ direction, onCreate }: MappingRow): boolean {
  return lower(direction) !== 'to_woo' && onCreate;
}
