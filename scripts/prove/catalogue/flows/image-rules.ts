import type { Assumption } from '../../model/assumption.ts';
import { accept, eachObject, type Exchange } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { named } from '../records.ts';
import { FILES, FLOW } from './images-flow.ts';

const CUSTOM = 'FIELD_CUSTOM_VALIDATION_EXCEPTION';

/** The errors of a product that the rules must refuse. @throws CannotTell where it is refused for another reason */
async function refusal(probing: Probing, fields: Record<string, unknown>) {
  const [row] = await probing.org.write('POST', 'Product2', [named(probing, fields)]);
  if (row && (row.success || row.errors.some((one) => one['statusCode'] === CUSTOM))) return row;
  throw new CannotTell(`A product was answered with ${shown(row)}`);
}

const sends = ({ asked }: Exchange, text: string): boolean => JSON.stringify(asked).includes(text);

export const IMAGE_RULES: readonly Assumption[] = [
  {
    id: 'line-breaks-in-images',
    statement:
      'Line breaks between ids of images that come by the API are refused by the validation rules, or separate them',
    places: [FLOW],
    calls: 1,
    probe: async (probing) => {
      const row = await refusal(probing, { Woo_Gallery_Images__c: FILES.slice(1).join('\n') });
      return verdict(!row.success, 'the product was saved');
    },
    deviation: {
      says: 'they are saved',
      change: (exchange) => {
        if (sends(exchange, 'AAA\\n069')) accept(CUSTOM)(exchange);
      },
    },
  },
  {
    id: 'pasted-line-breaks',
    statement: 'A single-line field loses the line breaks of pasted text, so that ids run together',
    places: [FLOW],
    person:
      'Copy two ids from two cells of a spreadsheet, paste them into Gallery Images of a product, and save.',
  },
  {
    id: 'one-validation-rule-speaks',
    statement: 'Of several validation rules that hold only the first speaks',
    places: ['local/org/write/validation.ts'],
    calls: 1,
    probe: async (probing) => {
      const fields = { Woo_Featured_Image__c: '', Woo_Gallery_Images__c: 'x;'.repeat(14) };
      const row = await refusal(probing, fields);
      return verdict(!row.success && row.errors.length === 1, row.errors);
    },
    deviation: {
      says: 'each rule speaks',
      change: (exchange) => {
        if (!sends(exchange, 'x;x;x')) return;
        eachObject(exchange.body, (one) => {
          const { errors } = one as { errors?: unknown[] };
          if (errors?.length === 1) errors.push(errors[0]);
        });
      },
    },
  },
];
