import type { Row } from '../world/person.ts';
import type { Actor } from './actor.ts';
import { type Chance, chosen } from './chance.ts';

const OBJECTS = {
  Contact: {
    soql: 'SELECT Id, Woo_Key__c FROM Contact WHERE Woo_Key__c != null ORDER BY Woo_Key__c',
    city: 'MailingCity',
  },
  Account: {
    soql: 'SELECT Id, Woo_Key__c FROM Account WHERE Woo_Key__c != null ORDER BY Woo_Key__c',
    city: 'BillingCity',
  },
} as const;
type Named = keyof typeof OBJECTS;

const keyOf = (row: Row): string => String(row['Woo_Key__c']);
const idOf = (row: Row): string => String(row['Id']);

async function edited({ admin, edits }: Actor, object: Named, { pick }: Chance): Promise<void> {
  const { soql, city } = OBJECTS[object];
  const row = chosen(await admin.query(soql), pick);
  if (!row) return;
  await admin.update(object, idOf(row), { [city]: edits.word('Org') });
  edits.touchedPeople.add(keyOf(row));
}

async function merged({ admin, edits }: Actor, object: Named, { pick }: Chance): Promise<void> {
  const rows = await admin.query(OBJECTS[object].soql);
  const [master, other] = [chosen(rows, pick), chosen(rows, pick + 1)];
  if (!master || !other || master === other) return;
  await admin.control('merge', { master: idOf(master), merged: [idOf(other)] });
  for (const row of [master, other]) edits.touchedPeople.add(keyOf(row));
}

/** What is deleted in Salesforce alone is made anew in the night, so that it is not remembered. */
async function deleted({ admin }: Actor, object: Named, { pick }: Chance): Promise<void> {
  const row = chosen(await admin.query(OBJECTS[object].soql), pick);
  if (row) await admin.remove(object, idOf(row));
}

/** Takes one out of the recycle bin, unless its key belongs to another by now. */
async function restored({ admin, undelete }: Actor, { pick }: Chance): Promise<void> {
  const inBin: Row[] = [];
  for (const object of Object.keys(OBJECTS))
    inBin.push(
      ...(await admin.queryAll(
        `SELECT Id FROM ${object} WHERE Woo_Key__c != null AND IsDeleted = true AND MasterRecordId = null ORDER BY Id`,
      )),
    );
  const row = chosen(inBin, pick);
  if (row) undelete(idOf(row));
}

/** What people do with the records of customers. */
export const peopleActions = {
  contactEdited: (actor: Actor, chance: Chance) => edited(actor, 'Contact', chance),
  accountEdited: (actor: Actor, chance: Chance) => edited(actor, 'Account', chance),
  contactsMerged: (actor: Actor, chance: Chance) => merged(actor, 'Contact', chance),
  accountsMerged: (actor: Actor, chance: Chance) => merged(actor, 'Account', chance),
  contactDeleted: (actor: Actor, chance: Chance) => deleted(actor, 'Contact', chance),
  accountDeleted: (actor: Actor, chance: Chance) => deleted(actor, 'Account', chance),
  personRestored: (actor: Actor, chance: Chance) => restored(actor, chance),
} as const;
