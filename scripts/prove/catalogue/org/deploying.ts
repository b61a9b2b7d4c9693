import type { Assumption } from '../../model/assumption.ts';

const COMPARED = 'compared file by file in November 2026';

/** What deployed repositories show; what is left is seen by deploying. */
export const DEPLOYING: readonly Assumption[] = [
  {
    id: 'deploys-as-it-is',
    statement:
      'The metadata deploys as it is: sharing model Private on orders with sharing rules that open them, field and entity relationships in custom metadata records, outbound message, flow and permission set in one package, an endpoint on a host that does not exist (`woo-sync.invalid`)',
    places: ['force-app', 'config/org'],
    person: 'Run `npm run setup-org`: a deploy is all or nothing.',
  },
  {
    id: 'relationships-to-own-fields',
    statement:
      'A relationship field to `EntityParticle` may name own fields that are deployed in the same package',
    places: [
      'force-app/main/default/objects/Woo_Field_Mapping__mdt/fields/Salesforce_Field__c.field-meta.xml',
    ],
    source: `easy-spaces-lwc, apex-rollup, NebulaLogger and NPSP have the same in git, ${COMPARED}`,
  },
  {
    id: 'layouts-of-custom-metadata',
    statement:
      'Layouts of custom metadata types may list their namespace and protection fields; tabs take numbered motifs',
    places: ['force-app/main/default/layouts', 'force-app/main/default/tabs'],
    source: `NPSP, PMM, apex-rollup and NebulaLogger, ${COMPARED}`,
  },
  {
    id: 'long-text-in-list-views',
    statement: 'Long text columns are allowed in list views',
    places: ['force-app/main/default/objects'],
    source: `NebulaLogger and PMM have them, ${COMPARED}`,
  },
  {
    id: 'other-workflows-stay',
    statement:
      'Deploying `Workflow` for Product2 leaves other workflow components of the object alone',
    places: ['config/org/main/outbound'],
    person: 'Make a workflow alert on Product2 in a sandbox, deploy, and look whether it is there.',
  },
  {
    id: 'flows-in-production',
    statement:
      'A production org takes flows in inactive unless _Deploy processes and flows as active_ is on, an earlier version stays active, and `WooFlowsTest` counts as coverage of all six',
    places: [
      'force-app/main/default/classes/WooFlowsTest.cls',
      'scripts/lib/install/production.ts',
    ],
    person: 'After a deploy into production look at Setup › Flows, and at the result of the tests.',
  },
  {
    id: 'developer-edition',
    statement:
      '`Organization.IsSandbox` is true in sandboxes and scratch orgs; a Developer Edition org needs no tests and activates flows as they are deployed',
    places: ['scripts/lib/install/production.ts'],
    person:
      'Deploy into a scratch org and into a Developer Edition org, and look at Setup › Flows.',
  },
  {
    id: 'sharing-rule-by-owner',
    statement:
      'A sharing rule by owner, from and to all internal users, opens records of the integration user, and deploys in one package with its private object',
    places: ['config/org/main/default/sharingRules'],
    person: 'As a sales rep with Woo_Sales, open an order that the sync has made.',
  },
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
    id: 'files-of-a-retrieve',
    statement:
      'Files of a retrieve, as others have them in git: records of custom metadata with all fields by name, `xsi:nil` for empty ones; `&quot;` and `&apos;` in texts; empty texts as `<x></x>`, in flows and records `<x/>`',
    places: ['local/org/metadata/xml/write-xml.ts', 'local/org/metadata/retrieve/record-file.ts'],
    person: 'Run `sf project retrieve start` after a deploy, and `git diff`.',
  },
  {
    id: 'left-out-values',
    statement:
      'A value that the file of a custom metadata record leaves out is emptied by a deploy; others saw it stay, so our files name all fields',
    places: ['config/org/main/default/customMetadata'],
    person: 'Deploy a record without one of its values, and look at it in Setup.',
  },
  {
    id: 'new-checkbox',
    statement:
      'A checkbox whose default is checked, new on a custom metadata type (`Active__c`), is checked or unchecked in all records that were there, and not in some of them. The local org leaves it unchecked; while no field mapping is active, the sidecar counts all as active',
    places: [
      'force-app/main/default/objects/Woo_Field_Mapping__mdt/fields/Active__c.field-meta.xml',
      'sidecar/src/salesforce/mapping-source.ts',
    ],
    person:
      'Deploy a version without `Active__c` to a sandbox, upgrade it, and run `npx woo-salesforce check`: it has no hint that rows are off.',
  },
  {
    id: 'retrieve-of-a-checkbox',
    statement:
      'A retrieve of a custom metadata record names each checkbox of its type, one that is unchecked or new too, and none that the type lacks: by that an upgrade knows a type that had no `Active__c`, and leaves alone what an admin has unchecked since',
    places: ['scripts/lib/install/upgrade/active-checkbox.ts'],
    person:
      'In a sandbox with a version before `Active__c` run `npm run deploy -- --upgrade`, uncheck Active of a field mapping, and run it again: that one stays unchecked, and all others are checked.',
  },
  {
    id: 'quick-deploy',
    statement:
      'A validation without tests (`--dry-run`) can be deployed quickly, as here; documented are only those whose tests have passed',
    places: ['local/org/metadata/deploy/jobs.ts'],
    person: 'Run `sf project deploy start --dry-run`, then `sf project deploy quick` with its id.',
  },
  {
    id: 'address-of-named-credential',
    statement:
      'An address that the CLI puts into the named credential while it deploys takes the place of an earlier one, and the secret of the principal stays',
    places: ['sfdx-project.json', 'config/org'],
    person: 'Deploy with another WOO_STORE_URL, and look whether the store still answers.',
  },
  {
    id: 'grant-of-a-second-store',
    statement:
      'A permission set beside `Woo_Integration` that only grants a principal is enough for one more store, since `UserExternalCredential` is read by the first',
    places: ['config/second-store'],
    source:
      'Help, _Enable User External Credentials_: any user performing an authenticated callout needs access to the object, and to the principal',
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
  {
    id: 'duplicate-assignment',
    statement:
      '`sf org assign permset` says `Duplicate PermissionSetAssignment` of a set that the user has',
    places: ['scripts/lib/install/install.ts'],
    person: 'Run `sf org assign permset --name Woo_Admin` twice.',
  },
];
