import type { Assumption } from '../../model/assumption.ts';
import { eachObject, isJson, type Exchange } from '../../model/exchange.ts';
import { isSame, verdict } from '../../model/verdict.ts';
import { firstError } from '../../sides/answers.ts';
import { named } from '../records.ts';

/** Ids of files that need not exist: rules and flow look at their form alone. */
export const FILES = ['069000000000001AAA', '069000000000002AAA', '069000000000003AAA'];
export const FLOW = 'force-app/main/default/flows/Woo_Product_Images.flow-meta.xml';
const RULES = 'force-app/main/default/objects/Product2/validationRules';
/** Records of one call, the most that there are. */
const MANY = 200;

const address = (id = ''): string =>
  ` https://acme.lightning.force.com/lightning/r/ContentDocument/${id}/view `;

const asksForMany = ({ asked, method }: Exchange): boolean => {
  const records = isJson(asked) ? asked['records'] : undefined;
  return method === 'PATCH' && Array.isArray(records) && records.length === MANY;
};

export const IMAGES_FLOW: readonly Assumption[] = [
  {
    id: 'images-are-tidied-on-create',
    statement:
      'In a before-save flow that starts on create and update, `$Record__Prior` is null for a new record, and comparing with it is no fault; `SUBSTITUTE`, `MID`, `FIND` and `BEGINS` take null text for empty; validation rules see what the flow has set',
    places: [FLOW, RULES],
    calls: 2,
    probe: async (probing) => {
      const fields = { Woo_Featured_Image__c: address(FILES[0]) };
      const [row] = await probing.org.write('POST', 'Product2', [named(probing, fields)]);
      if (!row?.success) return verdict(false, row?.errors);
      const rows = await probing.org.rows(
        `SELECT Woo_Featured_Image__c FROM Product2 WHERE Id = '${row.id ?? ''}'`,
      );
      const kept = rows[0]?.['Woo_Featured_Image__c'];
      return verdict(String(kept).slice(0, 15) === FILES[0]?.slice(0, 15), kept);
    },
    deviation: {
      says: 'the address is kept as it was pasted',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (typeof one['Woo_Featured_Image__c'] === 'string')
            one['Woo_Featured_Image__c'] = address(one['Woo_Featured_Image__c']);
        });
      },
    },
  },
  {
    id: 'images-are-tidied-on-update',
    statement:
      'A before-save flow sees on update what the save changes, `ISCHANGED` of a validation rule compares with what the flow has set, and the field’s length is checked before the flow',
    places: [FLOW, 'local/org/data'],
    calls: 3,
    probe: async (probing) => {
      const [Id = ''] = await probing.org.create('Product2', named(probing));
      const Woo_Gallery_Images__c = `${FILES[1] ?? ''} ; ${FILES[2] ?? ''};`;
      const [row] = await probing.org.write('PATCH', 'Product2', [{ Id, Woo_Gallery_Images__c }]);
      if (!row?.success) return verdict(false, row?.errors);
      const rows = await probing.org.rows(
        `SELECT Woo_Gallery_Images__c FROM Product2 WHERE Id = '${Id}'`,
      );
      const kept = String(rows[0]?.['Woo_Gallery_Images__c']).split(';');
      const short = kept.map((id) => id.slice(0, 15));
      return verdict(
        isSame(
          short,
          FILES.slice(1).map((id) => id.slice(0, 15)),
        ),
        kept,
      );
    },
    deviation: {
      says: 'the flow does not run on update',
      change: (exchange) => {
        eachObject(exchange.body, (one) => {
          if (typeof one['Woo_Gallery_Images__c'] === 'string')
            one['Woo_Gallery_Images__c'] = `${one['Woo_Gallery_Images__c']};`;
        });
      },
    },
  },
  {
    id: 'many-images-in-one-call',
    statement:
      '200 products whose images all change in one call stay below the limit of processor time',
    places: [FLOW],
    calls: 2,
    probe: async (probing) => {
      const records = Array.from({ length: MANY }, () => named(probing));
      const ids = await probing.org.create('Product2', ...records);
      const Woo_Gallery_Images__c = Array.from({ length: 13 }, () => FILES[2]).join(';');
      const changes = ids.map((Id) => ({ Id, Woo_Gallery_Images__c }));
      const rows = await probing.org.write('PATCH', 'Product2', changes);
      const [failed] = rows.filter(({ success }) => !success);
      return verdict(failed === undefined, failed && firstError(failed));
    },
    deviation: {
      says: 'the call passes the limit',
      change: (exchange) => {
        if (!asksForMany(exchange)) return;
        eachObject(exchange.body, (one) => {
          if (!('success' in one)) return;
          const message = 'Apex CPU time limit exceeded';
          const error = { statusCode: 'CANNOT_EXECUTE_FLOW_TRIGGER', message, fields: [] };
          Object.assign(one, { success: false, errors: [error] });
        });
      },
    },
  },
];
