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
    refusals: [{ types: ['CustomMetadata'], says: /field|relationship/i }],
    statement:
      'A relationship field to `EntityParticle` may name own fields that are deployed in the same package',
    places: [
      'force-app/main/default/objects/Woo_Field_Mapping__mdt/fields/Salesforce_Field__c.field-meta.xml',
    ],
    source: `easy-spaces-lwc, apex-rollup, NebulaLogger and NPSP have the same in git, ${COMPARED}`,
  },
  {
    id: 'layouts-of-custom-metadata',
    refusals: [{ types: ['Layout'] }, { types: ['CustomTab'], says: /motif/i }],
    statement:
      'Layouts of custom metadata types may list their namespace and protection fields; tabs take numbered motifs',
    places: ['force-app/main/default/layouts', 'force-app/main/default/tabs'],
    source: `NPSP, PMM, apex-rollup and NebulaLogger, ${COMPARED}`,
  },
  {
    id: 'descriptions-in-setup',
    refusals: [
      {
        types: ['CustomNotificationType', 'ExternalCredential', 'NamedCredential'],
        says: /description/i,
      },
    ],
    statement:
      'Types of custom notifications, external and named credentials take a `description`, as the WSDL of version 66.0 says; next to no public repository has one',
    places: [
      'force-app/main/default/notificationtypes',
      'config/org/main/default/externalCredentials',
      'config/org/main/default/namedCredentials',
      'scripts/lib/checks/unprecedented.ts',
    ],
    person:
      'Run `npm run prove -- --deploy-only` on an org; one of an earlier release may refuse them.',
  },
  {
    id: 'long-text-in-list-views',
    refusals: [{ types: ['ListView'], says: /long text/i }],
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
    id: 'activations-at-an-upgrade',
    statement:
      'A deploy of our app, and of an object of ours, puts its pages in place of one that an admin has activated as the default of that app or, for that object, of the org; fields of ours on Contact, Account and Product2 leave activations of those alone',
    places: ['docs/upgrade.md', 'local/org/metadata/deploy'],
    person:
      'In a sandbox activate pages of your own as org default of Woo Order and of Account, and as app default of WooCommerce for Contact; run `npm run deploy -- --upgrade`, and look which pages show.',
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
    id: 'coverage-of-each-class',
    refusals: [{ types: ['ApexClass'], says: /code coverage/i }],
    statement:
      'In a deploy with `RunSpecifiedTests` the named tests cover at least three quarters of each class by Salesforce’s own count of lines, and those of others are not counted',
    places: [
      'scripts/lib/install/production.ts',
      'force-app/main/default/staticresources/Woo_Gateway_Cases.json',
    ],
    person:
      'Deploy into a sandbox with `--test-level RunSpecifiedTests` and the three tests, and read the coverage of each class.',
  },
  {
    id: 'users-of-apex-tests',
    statement:
      'An Apex test inserts a user with a profile that is found by a permission, whatever licences are left, and `System.runAs` runs as that user, who has the row of `PermissionSetAssignment` of the profile’s own permission set at once',
    places: ['force-app/main/default/classes/WooMappingsTest.cls'],
    person:
      'In a sandbox run WooMappingsTest as a user with Author Apex and without Customize Application, and look whether WooMappingSaves is covered.',
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
    refusals: [{ types: ['SharingRules', 'SharingOwnerRule'] }],
    statement:
      'A sharing rule by owner, from and to all internal users, opens records of the integration user, and deploys in one package with its private object',
    places: ['config/org/main/default/sharingRules'],
    person: 'As a sales rep with Woo_Sales, open an order that the sync has made.',
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
    id: 'duplicate-assignment',
    statement:
      '`sf org assign permset` says `Duplicate PermissionSetAssignment` of a set that the user has',
    places: ['scripts/lib/install/install.ts'],
    person: 'Run `sf org assign permset --name Woo_Admin` twice.',
  },
];
