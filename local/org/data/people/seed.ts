import { randomInt } from 'node:crypto';
import { hasPersonAccounts } from '../../schema/person-accounts.ts';
import { quoted, type SqlValue } from '../../lib/database.ts';
import { makeId } from '../../model/ids.ts';
import type { WholeOrg } from '../../model/org-view.ts';
import { assignProfileSet } from './profile-sets.ts';
import { countLicenses, INTEGRATION_LICENSE, INTEGRATION_PSL } from './licenses.ts';

/** The people of a new org. */
export interface OrgUsers {
  readonly adminUsername: string;
  readonly integrationUsername: string;
  /** A sales rep, who has no permission set yet. */
  readonly repUsername: string;
}

type Values = Readonly<Record<string, SqlValue>>;

function ensure(
  org: WholeOrg,
  objectName: string,
  match: readonly [string, string],
  values: Values,
): string {
  const object = org.object(objectName);
  if (!object) throw new Error(`The org has no ${objectName}; it is made with the org.`);
  const [field, value] = match;
  const found = org.db.get(
    `SELECT Id FROM ${quoted(object.name)} WHERE ${quoted(field)} = ?`,
    value,
  );
  if (found) return String(found['Id']);
  const now = org.now();
  const id = String(values['Id'] ?? org.nextId(object));
  const audit = { CreatedDate: now, LastModifiedDate: now, SystemModstamp: now };
  org.insert(object, new Map(Object.entries({ Id: id, [field]: value, ...audit, ...values })));
  return id;
}

const place = {
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
  EmailEncodingKey: 'UTF-8',
  IsActive: 1,
  UserType: 'Standard',
};

function seedRecordTypes(org: WholeOrg): void {
  const account = { SobjectType: 'Account', IsActive: 1 };
  ensure(org, 'RecordType', ['DeveloperName', 'Business_Account'], {
    ...account,
    Name: 'Business Account',
    IsPersonType: 0,
  });
  ensure(org, 'RecordType', ['DeveloperName', 'PersonAccount'], {
    ...account,
    Name: 'Person Account',
    IsPersonType: 1,
  });
}

/** Of the picklist *Status* of leads, which cannot be changed here. */
function seedLeadStatuses(org: WholeOrg): void {
  const status = org.object('Lead')?.fields.find(({ name }) => name === 'Status');
  for (const [at, { value }] of (status?.picklistValues ?? []).entries()) {
    ensure(org, 'LeadStatus', ['MasterLabel', value], {
      ApiName: value,
      SortOrder: at + 1,
      IsDefault: value === status?.defaultValue ? 1 : 0,
      IsConverted: value === 'Closed - Converted' ? 1 : 0,
    });
  }
}

/** Licences and how many the org has, and the profiles of each with the permission set that it owns. */
function seedLicenses(org: WholeOrg): void {
  const status = { Status: 'Active', UsedLicenses: 0 };
  const license = (Name: string, TotalLicenses: number): string =>
    ensure(org, 'UserLicense', ['Name', Name], { ...status, MasterLabel: Name, TotalLicenses });
  const full = license('Salesforce', 10);
  const integration = license(INTEGRATION_LICENSE, 5);
  ensure(org, 'PermissionSetLicense', ['DeveloperName', INTEGRATION_PSL], {
    ...status,
    MasterLabel: 'Salesforce API Integration',
    TotalLicenses: 5,
  });
  for (const [name, rights] of profiles) {
    const values = { UserType: 'Standard', PermissionsApiUserOnly: rights === 'api' ? 1 : 0 };
    const id = ensure(org, 'Profile', ['Name', name], values);
    // An org in a file that is older than licences has profiles without.
    org.db.run(
      'UPDATE Profile SET UserLicenseId = ?, PermissionsApiUserOnly = ? WHERE Id = ?',
      rights === 'api' ? integration : full,
      values.PermissionsApiUserOnly,
      id,
    );
    const key = id.slice(0, 15);
    const set = ensure(org, 'PermissionSet', ['ProfileId', id], {
      Name: `X${key}`,
      Label: key,
      Type: 'Profile',
      IsOwnedByProfile: 1,
      IsCustom: 0,
      PermissionsCustomizeApplication: rights === 'all' ? 1 : 0,
      HasActivationRequired: 0,
    });
    // An org in a file may be older than the column.
    org.db.run(
      'UPDATE PermissionSet SET PermissionsViewSetup = ? WHERE Id = ?',
      withSetup.has(name) ? 1 : 0,
      set,
    );
  }
}

function seedPermissionSetLicense(org: WholeOrg, userId: string): void {
  const license = org.db.get('SELECT Id FROM PermissionSetLicense')?.['Id'] ?? null;
  ensure(org, 'PermissionSetLicenseAssign', ['AssigneeId', userId], {
    PermissionSetLicenseId: license,
    IsDeleted: 0,
  });
}

/** The one row in which each user reads what it may do itself. */
function seedPermissionAccess(org: WholeOrg): void {
  const object = org.object('UserPermissionAccess');
  if (object && org.db.get('SELECT Id FROM UserPermissionAccess') === undefined)
    org.insert(object, new Map([['Id', org.nextId(object)]]));
}

/** `all` may customize the application, `api` has the licence of integration users. */
const profiles = [
  ['System Administrator', 'all'],
  ['Standard User', 'full'],
  ['Minimum Access - Salesforce', 'full'],
  ['Minimum Access - API Only Integrations', 'api'],
] as const;

/** Those that give *View Setup and Configuration*. */
const withSetup = new Set<string>(['System Administrator', 'Standard User']);

const profileId = (org: WholeOrg, name: (typeof profiles)[number][0]): string =>
  ensure(org, 'Profile', ['Name', name], {});

/** No two orgs have the same one, by which a state of the service tells its org from others. */
const organizationId = (): string => makeId('00D', randomInt(2 ** 47));

/** @returns what the user names of an org end in, which has its administrator first; undefined where it has none */
export function keptUserDomain(org: WholeOrg): string | undefined {
  const first = org.db.get('SELECT Username FROM User ORDER BY Id LIMIT 1')?.['Username'];
  return /^admin@(.+)$/.exec(String(first))?.[1];
}

/**
 * Gives a new org what every org has: itself, profiles, an administrator, the integration user, a sales rep,
 * the standard price book. An org that has them keeps them.
 */
export function seed(org: WholeOrg, users: OrgUsers): void {
  org.db.transaction(() => {
    ensure(org, 'Organization', ['Name', 'Local Org'], {
      Id: organizationId(),
      InstanceName: 'LOCAL',
      IsSandbox: 0,
      OrganizationType: 'Developer Edition',
      TimeZoneSidKey: 'GMT',
      LanguageLocaleKey: 'en_US',
      DefaultLocaleSidKey: 'en_US',
    });
    seedLicenses(org);
    ensure(org, 'User', ['Username', users.adminUsername], {
      ...place,
      FirstName: 'Ada',
      LastName: 'Admin',
      Name: 'Ada Admin',
      Alias: 'aadmin',
      Email: users.adminUsername,
      ProfileId: profileId(org, 'System Administrator'),
    });
    const integration = ensure(org, 'User', ['Username', users.integrationUsername], {
      ...place,
      LastName: 'Woo Integration',
      Name: 'Woo Integration',
      Alias: 'woo',
      Email: users.integrationUsername,
      ProfileId: profileId(org, 'Minimum Access - API Only Integrations'),
    });
    seedPermissionSetLicense(org, integration);
    ensure(org, 'User', ['Username', users.repUsername], {
      ...place,
      FirstName: 'Rita',
      LastName: 'Rep',
      Name: 'Rita Rep',
      Alias: 'rrep',
      Email: users.repUsername,
      ProfileId: profileId(org, 'Standard User'),
    });
    countLicenses(org);
    for (const { Id } of org.db.all('SELECT Id FROM User')) assignProfileSet(org, String(Id));
    seedPermissionAccess(org);
    if (hasPersonAccounts(org.object('Account'))) seedRecordTypes(org);
    seedLeadStatuses(org);
    ensure(org, 'Pricebook2', ['Name', 'Standard Price Book'], {
      IsStandard: 1,
      IsActive: 0,
      IsArchived: 0,
      IsDeleted: 0,
    });
  });
}
