import { z } from 'zod';
import { refusalIn, type AdminSession } from '../admin-session.ts';
import { countOf, ifShown, rowsOf } from '../query.ts';
import { sharedNow } from './shared-now.ts';

/** A field that earlier versions do not have, by which they are told. */
const MARKER = 'Edits_To_All_Stores__c';
const DESCRIBE = '/services/data/v66.0/sobjects/Woo_Mapping__mdt/describe';

/** Names that are written out. */
const SHOWN = 5;

const described = z.object({ fields: z.array(z.object({ name: z.string() })) });

/**
 * What behaves otherwise than before, and which records do, a note each, where the org has an earlier version. To be
 * read before anything is written.
 * @param upgrade `config/org` is not deployed, so that the records of the admin stay
 * @throws Error where the org does not say what it has
 */
export async function changesSinceEarlier(
  session: AdminSession,
  upgrade: boolean,
): Promise<readonly string[]> {
  const answer = await session.request('GET', DESCRIBE);
  if (answer.status === 404) return [];
  const found = described.safeParse(answer.body).data;
  if (answer.status !== 200 || found === undefined) {
    throw new Error(`The org does not say what its mappings are: ${refusalIn(answer)}`);
  }
  if (found.fields.some(({ name }) => name === MARKER)) return [];
  const stores = await rowsOf(session, STORES, store);
  return [
    ...(await sharedRecords(session, stores)),
    await customers(session, upgrade),
    ...(upgrade ? webhooks(stores) : []),
    COMMANDS,
  ];
}

const NOT_SHOWN =
  'You may not see the records: with the permission set Woo_Admin, --dry-run says which they are';

const STORES = 'SELECT MasterLabel, Key__c FROM Woo_Store__mdt ORDER BY Key__c';
const store = z.object({ MasterLabel: z.string(), Key__c: z.string() });
type Store = z.infer<typeof store>;

/** Where there is one store, no record is shared. */
async function sharedRecords(
  session: AdminSession,
  stores: readonly Store[],
): Promise<readonly string[]> {
  if (stores.length < 2) return [];
  const keys = stores.map(({ Key__c }) => Key__c);
  const shared = await ifShown(sharedNow(session, keys));
  const lines = shared?.map(
    ({ kind, user, owners }) => `\n  ${kind} that ${user} has in its orders: ${listed(owners)}`,
  );
  const which = lines?.join('') ?? `\n  ${NOT_SHOWN}`;
  return [
    `A record that two stores share now belongs to the store whose key it carries: only that store's values come into it, and edits go to that store alone. The other store writes only fields that its own mapping has alone (docs/stores.md).${which}\n  All of them, sold or not: npx --no -- woo-salesforce check with the new version, before you start it.`,
  ];
}

const fieldMapping = z.object({
  DeveloperName: z.string(),
  Write_When__c: z.string().nullable(),
  Mapping__r: z.object({ Woo_Resource__c: z.string() }),
});
const FIELDS =
  'SELECT DeveloperName, Write_When__c, Mapping__r.Woo_Resource__c FROM Woo_Field_Mapping__mdt ORDER BY DeveloperName';

async function customers(session: AdminSession, upgrade: boolean): Promise<string> {
  const fields = await rowsOf(session, FIELDS, fieldMapping);
  const once = fields.filter(
    (one) => one.Mapping__r.Woo_Resource__c === 'customer' && one.Write_When__c === 'on_create',
  );
  const contacts = await ifShown(countOf(session, 'Contact WHERE Woo_Key__c != null'));
  const accounts = await ifShown(countOf(session, 'Account WHERE Woo_Key__c != null'));
  const records =
    contacts === null || accounts === null
      ? NOT_SHOWN
      : `${contacts} contacts and ${accounts} accounts of the shop are there`;
  const which = listed(once.map(({ DeveloperName }) => DeveloperName));
  return upgrade
    ? `Customers follow the shop in new installations. Your field mappings keep their Write When, so nothing changes for customers (${records}): written when a record is created, and not again, are ${which}. docs/mapping.md says how to change that.`
    : `Customers now follow the shop: name, phone and address are written unless somebody edited them in Salesforce (docs/mapping.md). ${records}; until now written when a record is created: ${which}.`;
}

function webhooks(stores: readonly Store[]): readonly string[] {
  if (stores.length === 0) return [];
  const names = listed(stores.map(({ MasterLabel }) => MasterLabel));
  return [
    `Stores have a Service URL now, the only address at which webhooks may be made. It is empty for ${names}: webhooks that are there go on, new ones are refused until you enter PUBLIC_URL of the service (docs/connect.md).`,
  ];
}

const COMMANDS =
  'Commands other than Sync now, Retry and Read the configuration need the custom permission Woo Run Commands. Woo_Admin has it; add it to the permission sets that you cloned from it.';

/** How many, and the first of them. */
function listed(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const more = names.length - SHOWN;
  const first = names.slice(0, SHOWN).join(', ');
  return more > 0 ? `${names.length}, ${first} and ${more} more` : `${names.length}, ${first}`;
}
