import { AccessControl } from '../../local/org/access/access-control.ts';
import { upsertRecords } from '../../local/org/write/batch.ts';
import { quoted, type SqlValue } from '../../local/org/lib/database.ts';
import { isRefused } from '../../local/org/data/convert.ts';
import { createOrgData, type OrgData } from '../../local/org/data/org-data.ts';
import { planOf } from '../../local/org/write/plan.ts';
import type { ObjectDefinition } from '../../local/org/model/schema.ts';
import { atMost, median, type Result } from '../lib/results/results.ts';

const ROWS = 200;
const ROUNDS = 41;
/** Rounds before the clock counts, for the compiler. */
const WARM_UP = 10;

type Fields = Readonly<Record<string, unknown>>;

/** An order as the sidecar sends it, with every field that the default mapping fills. */
function orderFields(key: string, n: number): Fields {
  const address = (prefix: string): Fields => ({
    [`${prefix}_First_Name__c`]: 'Ada',
    [`${prefix}_Last_Name__c`]: 'Lovelace',
    [`${prefix}_Company__c`]: 'Analytical Engines',
    [`${prefix}_Street__c`]: '12 St James Square',
    [`${prefix}_City__c`]: 'London',
    [`${prefix}_State__c`]: 'Greater London',
    [`${prefix}_Postal_Code__c`]: 'SW1Y 4JH',
    [`${prefix}_Country__c`]: 'GB',
    [`${prefix}_Phone__c`]: '+44 20 7946 0000',
  });
  return {
    Woo_Key__c: key,
    Name: String(n),
    Store__c: 'main',
    Status__c: 'completed',
    Currency_Code__c: 'GBP',
    Total__c: 120.5 + n,
    Subtotal__c: '100.42',
    Discount_Total__c: '0.00',
    Shipping_Total__c: '4.90',
    Tax_Total__c: '15.18',
    Refunded_Total__c: 0,
    Payment_Method__c: 'Card',
    Customer_Note__c: 'Please ring twice, the bell is quiet.',
    Created_In_Woo__c: '2026-03-01T10:00:00Z',
    Paid_In_Woo__c: '2026-03-01T10:00:04Z',
    Completed_In_Woo__c: '2026-03-02T08:30:00Z',
    Modified_In_Woo__c: '2026-03-02T08:30:00Z',
    Billing_Email__c: `shopper${n}@example.com`,
    ...address('Billing'),
    ...address('Shipping'),
    Admin_URL__c: `https://shop.example/wp-admin/admin.php?page=wc-orders&action=edit&id=${n}`,
    Contact__r: { Woo_Key__c: 'main:7' },
    Deleted_In_Woo__c: false,
  };
}

const batchOf = (prefix: string): Fields[] =>
  Array.from({ length: ROWS }, (_, n) => orderFields(`${prefix}:${n}`, n));

function objectOf(org: OrgData, name: string): ObjectDefinition {
  const object = org.object(name);
  if (!object) throw new Error(`${name} is not deployed into the org of the benchmark.`);
  return object;
}

/** The rows as the validation would leave them, so that both ways write the same. */
function rowsOf(object: ObjectDefinition, contact: string, records: readonly Fields[]) {
  const { inputs } = planOf(object);
  return records.map((record) => {
    const values = new Map<string, SqlValue>();
    for (const [name, given] of Object.entries(record)) {
      if (name === 'Contact__r') values.set('Contact__c', contact);
      const value = inputs.get(name)?.convert(given);
      if (name !== 'Contact__r' && value !== undefined && !isRefused(value))
        values.set(name, value);
    }
    return values;
  });
}

/** The same upsert into the same table with nothing looked at but the key. */
function writeUnchecked(
  org: OrgData,
  object: ObjectDefinition,
  userId: string,
  rows: readonly Map<string, SqlValue>[],
): void {
  const find = `SELECT Id FROM ${quoted(object.name)} WHERE Woo_Key__c = ? AND IsDeleted = 0`;
  const now = org.now();
  org.db.transaction(() => {
    for (const row of rows) {
      const values = new Map(row);
      const id = org.db.get(find, values.get('Woo_Key__c') ?? null)?.['Id'];
      values
        .set('LastModifiedDate', now)
        .set('LastModifiedById', userId)
        .set('SystemModstamp', now);
      if (typeof id === 'string') {
        org.update(object, id, values);
        continue;
      }
      values
        .set('Id', org.nextId(object))
        .set('IsDeleted', 0)
        .set('CreatedDate', now)
        .set('CreatedById', userId)
        .set('OwnerId', userId);
      org.insert(object, values);
    }
  });
}

function milliseconds(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

/** The first time over the second, whichever of them is taken first. */
function ratio(inOrder: boolean, ours: () => number, bare: () => number): number {
  if (inOrder) return ours() / bare();
  const least = bare();
  return ours() / least;
}

function insertContact(org: OrgData, userId: string): string {
  const contact = objectOf(org, 'Contact');
  const id = org.nextId(contact);
  const values = { Id: id, LastName: 'Lovelace', Name: 'Lovelace', Woo_Key__c: 'main:7' };
  org.insert(contact, new Map(Object.entries({ ...values, OwnerId: userId, IsDeleted: 0 })));
  return id;
}

/**
 * How much longer a 200-row upsert takes through the whole validation, by turns with the same rows written
 * without it; new rows and changed ones each have their ratio.
 * @param file an org with the project deployed and its permission sets assigned; it is written to
 */
export function measureLocalOrg(file: string): readonly Result[] {
  const org = createOrgData({ file });
  try {
    return measure(org);
  } finally {
    org.close();
  }
}

function measure(org: OrgData): readonly Result[] {
  // What its user names end in depends on the port that it had.
  const user = org.db.get("SELECT Id, Username FROM User WHERE Username LIKE 'woo-sync@%'");
  const userId = String(user?.['Id']);
  const view = new AccessControl(org).viewOf(userId);
  const whole = objectOf(org, 'Woo_Order__c');
  const seen = view.object('Woo_Order__c');
  const key = seen?.fields.find((one) => one.name === 'Woo_Key__c');
  if (!seen || !key) throw new Error(`${String(user?.['Username'])} does not see Woo_Order__c.`);
  const contact = insertContact(org, userId);
  const checked = (records: readonly Fields[]): number =>
    milliseconds(() => {
      const results = upsertRecords(view, { userId }, seen, key, records, false);
      const bad = results.find((one) => !one.success);
      if (bad) throw new Error(`A row of the benchmark was refused: ${JSON.stringify(bad)}`);
    });
  const unchecked = (records: readonly Fields[]): number => {
    const rows = rowsOf(whole, contact, records);
    return milliseconds(() => {
      writeUnchecked(org, whole, userId, rows);
    });
  };
  const created: number[] = [];
  const changed: number[] = [];
  for (let round = 0; round < ROUNDS + WARM_UP; round++) {
    const [ours, bare] = [batchOf(`checked:${round}`), batchOf(`bare:${round}`)];
    const first = round % 2 === 0;
    const forNew = ratio(
      first,
      () => checked(ours),
      () => unchecked(bare),
    );
    const forChanged = ratio(
      first,
      () => checked(ours),
      () => unchecked(bare),
    );
    if (round < WARM_UP) continue;
    created.push(forNew);
    changed.push(forChanged);
  }
  const [forNew, forChanged] = [median(created), median(changed)];
  return [
    atMost('Local org: 200 new rows through the validation ÷ without it', 3, '', forNew),
    atMost('Local org: 200 changed rows through the validation ÷ without it', 3, '', forChanged),
  ];
}
