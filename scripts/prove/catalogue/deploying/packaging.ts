import type { Assumption } from '../../model/assumption.ts';

/** What an unlocked package does; nobody here has a Dev Hub. */
export const PACKAGING: readonly Assumption[] = [
  {
    id: 'package-is-built',
    statement:
      'A Dev Hub builds `force-app` by itself, without a definition file, and its Apex tests cover three quarters of its classes, so that the version can be promoted',
    places: ['sfdx-project.json', 'scripts/package'],
    person: 'Run `npm run package -- --promote` with a Dev Hub.',
  },
  {
    id: 'permission-set-of-package-tests',
    statement:
      '`apexTestAccess` takes a permission set that is in the package itself, by its name: the tests of a package version run with `Woo_Admin`',
    places: ['sfdx-project.json'],
    person:
      'Build a version with a Dev Hub. Where the permission set is not found, take `apexTestAccess` out: the tests pass without it.',
  },
  {
    id: 'package-with-account-engagement',
    statement:
      'A package with details of accounts is not built where the orgs of the Dev Hub have the profile _B2BMA Integration User_, and is built by a hub without Account Engagement',
    places: ['docs/package.md', 'force-app/main/default/objects/Woo_Account_Currency__c'],
    source: 'forcedotcom/cli, issue 439',
  },
  {
    id: 'dev-hub-is-told',
    statement: 'An org that answers a query of `ScratchOrgInfo` is a Dev Hub',
    places: ['scripts/package/dev-hub.ts'],
    source: 'The Salesforce CLI tells it so: `determineIfDevHubOrg` of @salesforce/core',
  },
  {
    id: 'package-upgrade-overwrites',
    statement:
      'A new version of the package overwrites components that have the same names, whatever was changed in the org',
    places: ['docs/package.md'],
    source: 'Salesforce DX Developer Guide, _Upgrade a Version of an Unlocked Package_',
  },
  {
    id: 'package-upgrade-and-sharing',
    statement:
      'That holds for the sharing model of an object too: orders, issues and commands that an admin opened are Private after an upgrade of the package',
    places: ['docs/package.md'],
    person:
      'Open orders in Setup › Sharing Settings of a sandbox, upgrade the package there, and look again.',
  },
  {
    id: 'package-over-a-deploy',
    statement:
      'The package installs over the same components that were deployed before, which are its own from then on',
    places: ['docs/package.md'],
    person:
      'Deploy the project into a sandbox, install the package, and look at Setup › Installed Packages.',
  },
  {
    id: 'deploy-over-the-package',
    statement:
      'What comes after the package is deployed beside it and stays the admin’s: an upgrade of the package neither changes nor deletes it, and a permission set group or a flow of the admin may name what the package has',
    places: ['docs/package.md', 'config/org'],
    person: 'Install two versions one after the other, and look at credentials, records and flows.',
  },
  {
    id: 'package-flow-in-production',
    statement:
      'An installed package brings its flow `Woo_Product_Images` in active, in production too, and installs without running Apex tests',
    places: ['docs/package.md'],
    person: 'Install the package into production, and look at Setup › Flows.',
  },
  {
    id: 'grant-is-taken-by-a-deploy',
    statement:
      'A deploy of a permission set that no longer names the principal of a credential takes that grant from its users',
    places: ['scripts/lib/install/store-access.ts', 'local/org/access/grants.ts'],
    person:
      'In a sandbox with a version before `Woo_Store_Keys` deploy `force-app` alone, and run `npx --no -- woo-salesforce check`.',
  },
  {
    id: 'permission-sets-by-group',
    statement:
      'Who has a permission set by a permission set group has no row of `PermissionSetAssignment` that names the set: so an upgrade gives these users no `Woo_Store_Keys`, and says that the group needs it',
    places: ['scripts/lib/install/store-access.ts', 'scripts/lib/install/outbound.ts'],
    person:
      'Assign a group with Woo_Integration to a user, and ask `SELECT PermissionSet.Name FROM PermissionSetAssignment` for that user.',
  },
  {
    id: 'namespace-of-an-org',
    statement: '`Organization.NamespacePrefix` tells whether the org has a namespace of its own',
    places: ['scripts/lib/install/package-checks.ts'],
    source:
      'Trailblazer Community, _No such column NamespacePrefix on entity Organization_: from API version 36 on',
  },
];
