import type { Assumption } from '../../model/assumption.ts';
import { accept, asks, eachObject, recode } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { firstError, type Row } from '../../sides/answers.ts';
import { contact, named } from '../records.ts';

/** What two roundings make differently. */
const ROUNDED: readonly (readonly [sent: number, kept: number])[] = [
  [0.125, 0.13],
  [-0.125, -0.13],
  [2.674, 2.67],
];
const EMOJI = '🫖';
/** UTF-16 units of the field. */
const LENGTH = 255;
const GOOD_ADDRESSES = ["o'neil+tea@example.com", 'a.b-c_d@sub.example.co'];
const BAD_ADDRESSES = ['müller@example.com', 'a@localhost', 'a b@example.com', 'a..b@example.com'];

const codeOf = (row: Row | undefined): string =>
  row === undefined ? 'no result' : row.success ? 'written' : firstError(row).code;

/** What becomes of orders with these fields. */
async function codesOf(probing: Probing, ...fields: readonly Record<string, unknown>[]) {
  const records = fields.map((one) => named(probing, one));
  return (await probing.org.write('POST', 'Woo_Order__c', records)).map(codeOf);
}

export const VALUES: readonly Assumption[] = [
  {
    id: 'rounding',
    statement:
      'Numbers with more decimals than the field’s scale are rounded half up, away from zero',
    places: ['sidecar/src/mapping/values/numbers.ts', 'local/org/data/convert.ts'],
    calls: 2,
    probe: async (probing) => {
      const records = ROUNDED.map(([Total__c]) => named(probing, { Total__c }));
      const ids = await probing.org.create('Woo_Order__c', ...records);
      const list = ids.map((id) => `'${id}'`).join(',');
      const rows = await probing.org.rows(
        `SELECT Total__c FROM Woo_Order__c WHERE Id IN (${list})`,
      );
      const kept = rows.map((row) => row['Total__c']).toSorted();
      return verdict(isSame(kept, ROUNDED.map(([, one]) => one).toSorted()), kept);
    },
    deviation: {
      says: 'halves are rounded to even',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (one['Total__c'] === 0.13) one['Total__c'] = 0.12;
        });
      },
    },
  },
  {
    id: 'length-in-utf-16',
    statement: 'The length of a text counts UTF-16 units: an emoji is two',
    places: ['sidecar/src/mapping/values/html-text.ts', 'local/org/data/convert.ts'],
    calls: 1,
    probe: async (probing) => {
      const fits = EMOJI.repeat(Math.floor(LENGTH / 2));
      const codes = await codesOf(...([probing, { Billing_City__c: fits }] as const), {
        Billing_City__c: `${fits}${EMOJI}`,
      });
      return verdict(isSame(codes.toSorted(), ['STRING_TOO_LONG', 'written']), codes);
    },
    deviation: { says: 'an emoji counts as one', change: accept('STRING_TOO_LONG') },
  },
  {
    id: 'restricted-picklist-spelling',
    statement:
      'A restricted picklist takes its values only as they are spelt there: another case is refused with `INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST`',
    places: ['sidecar/src/mapping/values/picklists.ts', 'local/org/data/convert.ts'],
    calls: 2,
    probe: async (probing) => {
      // An issue has no key of a record by which the end of the run finds it.
      const record = { Issue_Key__c: probing.key(), State__c: 'RESOLVED' };
      const [row] = await probing.org.write('POST', 'Woo_Sync_Issue__c', [record]);
      if (row?.success === true && row.id !== null) await probing.org.delete([row.id]);
      return verdict(codeOf(row) === 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', codeOf(row));
    },
    deviation: {
      says: 'the value is taken whatever its case',
      change: accept('INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'),
    },
  },
  {
    id: 'email-addresses',
    statement:
      'Which e-mail addresses a field takes: ASCII, a dot in the domain, no blanks, no two dots in a row; others are refused with `INVALID_EMAIL_ADDRESS`',
    places: ['sidecar/src/mapping/values/convert.ts', 'local/org/data/convert.ts'],
    calls: 1,
    probe: async (probing) => {
      const all = [...GOOD_ADDRESSES, ...BAD_ADDRESSES];
      const records = all.map((Email) => contact(probing, { Email }));
      const rows = await probing.org.write('POST', 'Contact', records);
      const refused = rows.filter((row) => codeOf(row) === 'INVALID_EMAIL_ADDRESS').length;
      const taken = rows.filter(({ success }) => success).length;
      const isSo = refused === BAD_ADDRESSES.length && taken === GOOD_ADDRESSES.length;
      return verdict(isSo, rows.map(codeOf));
    },
    deviation: { says: 'any address is taken', change: accept('INVALID_EMAIL_ADDRESS') },
  },
  {
    id: 'values-of-wrong-type',
    statement:
      'Null for a checkbox, and a date-time without a zone, are refused with `JSON_PARSER_ERROR`',
    places: ['local/org/data/convert.ts'],
    calls: 1,
    probe: async (probing) => {
      const local = { Modified_In_Woo__c: '2026-01-02T03:04:05' };
      const codes = await codesOf(probing, { Deleted_In_Woo__c: null }, local);
      return verdict(
        codes.every((code) => code === 'JSON_PARSER_ERROR'),
        codes,
      );
    },
    deviation: {
      says: 'they are taken for false, and for UTC',
      change: accept('JSON_PARSER_ERROR', (exchange) => asks(exchange, 'Modified_In_Woo__c')),
    },
  },
  {
    id: 'lookup-of-wrong-object',
    statement:
      'The id of a record of another object in a lookup is refused with `FIELD_INTEGRITY_EXCEPTION`',
    places: ['local/org/write/references.ts'],
    calls: 2,
    probe: async (probing) => {
      const [id] = await probing.org.create('Woo_Order__c', named(probing));
      const [code] = await codesOf(probing, { Contact__c: id });
      return verdict(code === 'FIELD_INTEGRITY_EXCEPTION', code);
    },
    deviation: {
      says: 'the code is MALFORMED_ID',
      change: recode('FIELD_INTEGRITY_EXCEPTION', 'MALFORMED_ID'),
    },
  },
  {
    id: 'contact-as-typed',
    statement:
      'A contact reads and writes name, phone and address as they were typed: Salesforce changes neither their spelling nor the format of a phone number on the way in through the API, so that what it holds equals what was written',
    places: ['sidecar/src/sync/merge/kept.ts'],
    calls: 2,
    probe: async (probing) => {
      const typed = {
        ...{ FirstName: 'mARY-jane', Phone: '0049 30/12 34-56' },
        ...{ MailingStreet: 'c/o tea,\n2nd  floor', MailingCity: 'köln', MailingPostalCode: 'ab1' },
      };
      const [id = ''] = await probing.org.create('Contact', contact(probing, typed));
      const fields = Object.keys(typed).join(', ');
      const [row] = await probing.org.rows(`SELECT ${fields} FROM Contact WHERE Id = '${id}'`);
      const kept = Object.keys(typed).map((name) => row?.[name]);
      const isSame = Object.values(typed).every(
        (value, at) => String(kept[at]).replaceAll('\r\n', '\n') === value,
      );
      return verdict(isSame, kept);
    },
    deviation: {
      says: 'phone numbers are formatted',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (typeof one['Phone'] === 'string') one['Phone'] = '+49 30 123456';
        });
      },
    },
  },
  {
    id: 'names-of-new-customers',
    statement:
      'A checkout of WooCommerce writes the billing name of a customer who has none into `first_name` and `last_name` too; where a plugin’s checkout does not, the contact gets the last name and no first name',
    places: ['sidecar/src/mapping/values/transforms.ts'],
    person:
      'Buy something in the shop as a registered customer without a name, then look at that customer by `wc/v3/customers/{id}`.',
  },
];
