import type { Assumption } from '../../model/assumption.ts';
import { accept, eachObject } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { contact } from '../records.ts';
import { codeOf, codesOf } from './codes.ts';

const EMOJI = '🫖';
/** UTF-16 units of the field. */
const LENGTH = 255;
const GOOD_ADDRESSES = ["o'neil+tea@example.com", 'a.b-c_d@sub.example.co'];
const BAD_ADDRESSES = ['müller@example.com', 'a@localhost', 'a b@example.com', 'a..b@example.com'];

export const TEXTS: readonly Assumption[] = [
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
    id: 'contact-as-typed',
    statement:
      'A contact reads and writes name, phone and address as they were typed: Salesforce changes neither their spelling nor the format of a phone number on the way in through the API, so that what it holds equals what was written',
    places: ['sidecar/src/sync/merge/kept.ts'],
    calls: 2,
    probe: async (probing) => {
      const typed = {
        FirstName: 'mARY-jane',
        Phone: '0049 30/12 34-56',
        MailingStreet: 'c/o tea,\n2nd  floor',
        MailingCity: 'köln',
        MailingPostalCode: 'ab1',
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
