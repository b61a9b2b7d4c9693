import type { Assumption } from '../../model/assumption.ts';

/** What an org refuses in a deploy. */
export const DEPLOY_CHECKS: readonly Assumption[] = [
  {
    id: 'formulas',
    statement:
      'Formulas are read, typed and computed as others report of real orgs: `*` before `^`, blank text is null, `TEXT` without the zero of `.5`, short ids; blank numbers are zero without `formulaTreatBlanksAs`; a value that a restricted picklist lacks is refused in `ISPICKVAL` and `CASE`',
    places: ['local/org/formula', 'local/org/data/formulas.ts'],
    person: 'Try the examples of `local/org/formula` in the formula editor of an org.',
  },
  {
    id: 'list-view-columns',
    statement:
      'The codes of list view columns on Account, Contact, Lead, Order and Product2, and that filter values of own fields are checked; compact layouts take no text areas; which user permissions need which others',
    places: [
      'local/org/metadata/rules/views/list-columns.ts',
      'local/org/metadata/rules/views/filter-rules.ts',
      'local/org/metadata/rules/views/view-rules.ts',
      'local/org/metadata/rules/security/user-permission-rules.ts',
    ],
    person:
      'Deploy a list view with each of the codes, and permission sets with single permissions.',
  },
  {
    id: 'price-book-entry-keys',
    statement:
      '`PricebookEntry` takes a custom external id field, and an upsert by it; permission sets give objects rights on it and on order products; fields of a person account are granted by those of Contact',
    places: ['config/recipes'],
    person: 'Use the recipes for standard orders and person accounts in a sandbox.',
  },
  {
    id: 'deletions',
    statement:
      'A deleted field leaves layouts and permission sets by itself, and list views, pages, reports, flows and custom metadata records keep it from being deleted; an active flow is refused with _insufficient access rights on cross-reference id_; an inactive one is deleted by its name without a version',
    places: ['local/org/metadata/delete'],
    person: 'Delete a field of each kind by `sf project delete source` in a scratch org.',
  },
  {
    id: 'modify-all-on-products',
    statement:
      'Products refuse _View All_ and _Modify All_ in a deploy, as Help says; a profile of 2026 has both',
    places: ['local/org/metadata/rules/security/permission-set-rules.ts'],
    person: 'Deploy a permission set with Modify All on Product2 into a scratch org.',
  },
];
