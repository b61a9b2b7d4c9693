import type { Assumption } from '../../model/assumption.ts';
import { eachObject } from '../../model/exchange.ts';
import type { Components } from '../../model/probing.ts';
import { CannotTell, verdict } from '../../model/verdict.ts';
import { METADATA_CALLS } from '../../sides/metadata-side.ts';
import { metadataFile } from './own-files.ts';

/** Why an org does not take a permission set with the usual rights on products. @param all with _View All_ and _Modify All_ too */
function refusals(components: Components, all: boolean): Promise<readonly string[]> {
  const name = components.name();
  const rights = {
    allowCreate: true,
    allowDelete: true,
    allowEdit: true,
    allowRead: true,
    modifyAllRecords: all,
    viewAllRecords: all,
  };
  const flags = Object.entries(rights).map(([right, has]) => `<${right}>${has}</${right}>`);
  const content = `<label>Woo Prove</label><objectPermissions>${flags.join('')}<object>Product2</object></objectPermissions>`;
  const text = metadataFile('PermissionSet', content);
  const file = [`permissionsets/${name}.permissionset`, text] as const;
  return components.validate([file], { PermissionSet: [name] });
}

/** What an org refuses in a deploy. */
export const DEPLOY_CHECKS: readonly Assumption[] = [
  {
    id: 'formulas',
    refusals: [
      {
        types: ['CustomField', 'ValidationRule', 'Flow'],
        says: /formula|function|operator|syntax|spelling/i,
      },
    ],
    statement:
      'Formulas are read, typed and computed as others report of real orgs: `*` before `^`, blank text is null, `TEXT` without the zero of `.5`, short ids; blank numbers are zero without `formulaTreatBlanksAs`; a value that a restricted picklist lacks is refused in `ISPICKVAL` and `CASE`',
    places: ['local/org/formula', 'local/org/data/formulas.ts'],
    person: 'Try the examples of `local/org/formula` in the formula editor of an org.',
  },
  {
    id: 'list-view-columns',
    refusals: [{ types: ['ListView', 'CompactLayout'] }],
    statement:
      'The codes of list view columns on Account, Contact, Lead, Order and Product2, and that filter values of own fields are checked; compact layouts take no text areas',
    places: [
      'local/org/metadata/rules/views/list-columns.ts',
      'local/org/metadata/rules/views/filter-rules.ts',
      'local/org/metadata/rules/views/view-rules.ts',
    ],
    person: 'Deploy a list view with each of the codes.',
  },
  {
    id: 'rights-of-permission-sets',
    refusals: [{ types: ['PermissionSet'] }],
    statement:
      'What permission sets and profiles of public repositories hold is what an org takes: objects with rights of their own, standard fields without field-level security, and which rights need which others. _View All_ of a detail needs that of a standard master and not that of a custom one; contacts, opportunities and orders need no rights on accounts; order products are changed by whoever may edit orders, and entries of price books by whoever may edit price books',
    places: [
      'local/org/model/known-rights.json',
      'local/org/metadata/rules/security/object-right-rules.ts',
      'local/org/metadata/rules/security/user-permission-rules.ts',
      'local/org/access/rights.ts',
    ],
    person:
      'Deploy permission sets with single rights; as a user of the recipe standard-orders alone write an order, its products and an entry of a price book.',
  },
  {
    id: 'price-book-entry-keys',
    statement:
      '`PricebookEntry` takes a custom external id field, and an upsert by it; fields of a person account are granted by those of Contact',
    places: ['config/recipes'],
    person: 'Use the recipes for standard orders and person accounts in a sandbox.',
  },
  {
    id: 'details-of-person-accounts',
    statement:
      'A detail of Contact, as Woo Contact Currency, may name the contact behind a person account as its master, is read and written by whoever may the account, is deleted with it, and goes along in a merge',
    places: [
      'force-app/main/default/objects/Woo_Contact_Currency__c',
      'config/recipes/person-accounts',
      'local/org/schema/person-accounts.ts',
    ],
    person:
      'In an org with person accounts use the recipe person-accounts with a mapping of totals by currency, order twice, and look at the related list of the person; then merge two persons.',
  },
  {
    id: 'deletions',
    statement:
      'A deleted field leaves layouts and permission sets by itself, and list views, pages, reports, flows and custom metadata records keep it from being deleted; an active flow is refused with _insufficient access rights on cross-reference id_; an inactive one is deleted by its name without a version',
    places: ['local/org/metadata/delete'],
    person: 'Delete a field of each kind by `sf project delete source` in a scratch org.',
  },
  {
    id: 'taken-out',
    statement:
      'A FlowDefinition with `activeVersionNumber` 0 deactivates a flow; its versions, which a query of the Tooling API lists, are then deleted as `Name-1`; custom objects, metadata types with their records, permission sets that nobody has, credentials and Apex go in one deploy, a metadata type listed as `CustomObject`; folders of reports are named among reports',
    places: ['scripts/lib/remove', 'local/org/metadata/delete', 'local/org/tooling/objects.ts'],
    person:
      'Run `npm run remove` on a scratch org with the project, then deploy it again; in a production org too, where the deletion of classes runs the tests of others.',
  },
  {
    id: 'several-currencies',
    statement:
      'An org with several currencies shows `CurrencyIsoCode` in the describe of each object, not to be written on details; an amount that is written without it is in the currency of the user who writes it; a currency that is not active is refused',
    places: ['sidecar/src/diagnostics/check/currency.ts'],
    person:
      'In a scratch org with the feature MultiCurrency use the recipe opportunities with an order of another currency, with and without a field mapping of `CurrencyIsoCode`.',
  },
  {
    id: 'modify-all-on-products',
    statement:
      'Products refuse _View All_ and _Modify All_ in a deploy, as Help says; a profile of 2026 has both',
    places: ['local/org/metadata/rules/security/object-right-rules.ts'],
    calls: 2 * METADATA_CALLS,
    seconds: 180,
    probe: async ({ components }) => {
      const usual = await refusals(components, false);
      if (usual.length > 0) throw new CannotTell(`Without both: ${usual.join('; ')}`);
      const more = await refusals(components, true);
      return verdict(more.length > 0, 'the org takes both');
    },
    deviation: {
      says: 'they take both',
      change: ({ body }) => {
        eachObject(body, (one) => {
          if (JSON.stringify(one['details'] ?? '').includes('Woo_Prove_'))
            Object.assign(one, { success: true });
        });
      },
    },
  },
];
