import { CodedError } from '../../../errors/coded-error.ts';
import { soqlText } from '../../../lib/soql.ts';
import type { Org, OrgRow } from '../../../ports/org.ts';
import type { Groups, Recipient, Users } from './recipients.ts';
import type { Address, Sending } from './sender.ts';

export interface TellingParts {
  readonly org: Pick<Org, 'queries'>;
  /** Id of the integration user, as whom flows run that its writes start. */
  readonly userId: () => Promise<string>;
}

/** Null where the org does not tell the integration user. */
export type Rows = readonly OrgRow[] | null;

/** What is there of all that telling somebody takes; each null where the org does not tell. */
export interface Known {
  readonly users: Users | null;
  readonly groups: Groups | null;
  readonly flows: Rows;
  readonly types: Rows;
  readonly addresses: ReadonlyMap<string, Address> | null;
}

const FLOWS = "SELECT ApiName, IsActive FROM FlowDefinitionView WHERE ApiName LIKE 'Woo%'";
const TYPES = "SELECT Id FROM CustomNotificationType WHERE DeveloperName = 'Woo_Attention'";

/** Each by itself, since a query that is refused must hide no other: up to six API calls. */
export async function ask(
  { org, userId }: TellingParts,
  recipients: readonly Recipient[],
  stores: readonly Sending[],
): Promise<Known> {
  const one = async (soql: string, isNeeded = true): Promise<Rows> =>
    isNeeded ? ((await rowsFor(org, [soql]))?.[0] ?? null) : [];
  const rings = recipients.some(({ bell }) => bell);
  const [users, groups, flows, types, addresses] = await Promise.all([
    usersOf(org, recipients),
    groupsOf(org, recipients),
    one(FLOWS),
    one(TYPES, rings),
    addressesOf(org, userId, stores),
  ]);
  return { users, groups, flows, types, addresses };
}

/** One API call. @returns null where the org refuses one of the queries */
export async function rowsFor(
  org: TellingParts['org'],
  soql: readonly string[],
): Promise<readonly (readonly OrgRow[])[] | null> {
  try {
    return await org.queries(soql);
  } catch (refused) {
    if (refused instanceof CodedError && REFUSALS.has(refused.code)) return null;
    throw refused;
  }
}

const REFUSALS: ReadonlySet<string> = new Set(['SF_QUERY_REFUSED', 'SF_REFUSED']);

async function usersOf(org: TellingParts['org'], all: readonly Recipient[]): Promise<Users | null> {
  const names = all.filter(({ kind }) => kind === 'user').map(({ name }) => name);
  if (names.length === 0) return new Map();
  const soql = `SELECT Username, IsActive FROM User WHERE Username IN (${listOf(names)})`;
  const lists = await rowsFor(org, [soql]);
  const rows = lists?.[0];
  return rows === undefined
    ? null
    : new Map(rows.map((row) => [String(row['Username']).toLowerCase(), row['IsActive'] === true]));
}

async function groupsOf(
  org: TellingParts['org'],
  all: readonly Recipient[],
): Promise<Groups | null> {
  const names = all.filter(({ kind }) => kind !== 'user').map(({ name }) => name);
  if (names.length === 0) return { idOf: new Map(), filled: new Set() };
  const list = listOf(names);
  const lists = await rowsFor(org, [
    `SELECT Id, DeveloperName, Type FROM Group WHERE Type IN ('Regular', 'Queue') AND DeveloperName IN (${list})`,
    `SELECT GroupId FROM GroupMember WHERE Group.DeveloperName IN (${list})`,
  ]);
  if (lists === null) return null;
  const [groups = [], members = []] = lists;
  const nameOf = (row: OrgRow) =>
    `${row['Type'] === 'Queue' ? 'queue' : 'group'} ${String(row['DeveloperName']).toLowerCase()}`;
  return {
    idOf: new Map(groups.map((row) => [nameOf(row), String(row['Id'])])),
    filled: new Set(members.map((row) => String(row['GroupId']))),
  };
}

async function addressesOf(
  org: TellingParts['org'],
  userId: TellingParts['userId'],
  stores: readonly Sending[],
): Promise<Known['addresses']> {
  const senders = stores.flatMap(({ sender }) => sender ?? []);
  if (senders.length === 0) return new Map();
  const lists = await rowsFor(org, [
    `SELECT Id, Address, IsVerified, IsAllowAllProfiles FROM OrgWideEmailAddress WHERE Address IN (${listOf(senders)})`,
    'SELECT OrgWideEmailAddressId, ParentId FROM OrgEmailAddressSecurity',
    `SELECT ProfileId FROM User WHERE Id = ${soqlText(await userId())}`,
  ]);
  if (lists === null) return null;
  const [addresses = [], allowed = [], users = []] = lists;
  const profile = users[0]?.['ProfileId'];
  const own = new Set(
    allowed.filter((row) => row['ParentId'] === profile).map((row) => row['OrgWideEmailAddressId']),
  );
  return new Map(
    addresses.map((row) => [
      String(row['Address']).toLowerCase(),
      {
        verified: row['IsVerified'] === true,
        allowed: row['IsAllowAllProfiles'] === true || own.has(row['Id']),
      },
    ]),
  );
}

function listOf(names: readonly string[]): string {
  return names.map(soqlText).join(', ');
}
