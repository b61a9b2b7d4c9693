import { hasPersonAccounts } from '../schema/person-accounts.ts';
import { quoted, type SqlValue } from '../lib/database.ts';
import type { WholeOrg } from '../model/org-view.ts';

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
  const id = org.nextId(object);
  const audit = { CreatedDate: now, LastModifiedDate: now, SystemModstamp: now };
  org.insert(object, new Map(Object.entries({ Id: id, [field]: value, ...audit, ...values })));
  return id;
}

const place = {
  TimeZoneSidKey: 'GMT',
  LocaleSidKey: 'en_US',
  LanguageLocaleKey: 'en_US',
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

/**
 * Gives a new org what every org has: itself, profiles, an administrator, the integration user, a sales rep,
 * the standard price book. An org that has them keeps them.
 */
export function seed(org: WholeOrg, users: OrgUsers): void {
  org.db.transaction(() => {
    ensure(org, 'Organization', ['Name', 'Local Org'], {
      InstanceName: 'LOCAL',
      IsSandbox: 0,
      OrganizationType: 'Developer Edition',
      TimeZoneSidKey: 'GMT',
      LanguageLocaleKey: 'en_US',
      DefaultLocaleSidKey: 'en_US',
    });
    const admin = ensure(org, 'Profile', ['Name', 'System Administrator'], {
      UserType: 'Standard',
    });
    const standard = ensure(org, 'Profile', ['Name', 'Standard User'], { UserType: 'Standard' });
    ensure(org, 'Profile', ['Name', 'Minimum Access - Salesforce'], { UserType: 'Standard' });
    const integration = ensure(org, 'Profile', ['Name', 'Minimum Access - API Only Integrations'], {
      UserType: 'Standard',
    });
    ensure(org, 'User', ['Username', users.adminUsername], {
      ...place,
      FirstName: 'Ada',
      LastName: 'Admin',
      Name: 'Ada Admin',
      Alias: 'aadmin',
      Email: users.adminUsername,
      ProfileId: admin,
    });
    ensure(org, 'User', ['Username', users.integrationUsername], {
      ...place,
      LastName: 'Woo Integration',
      Name: 'Woo Integration',
      Alias: 'woo',
      Email: users.integrationUsername,
      ProfileId: integration,
    });
    ensure(org, 'User', ['Username', users.repUsername], {
      ...place,
      FirstName: 'Rita',
      LastName: 'Rep',
      Name: 'Rita Rep',
      Alias: 'rrep',
      Email: users.repUsername,
      ProfileId: standard,
    });
    if (hasPersonAccounts(org.object('Account'))) seedRecordTypes(org);
    ensure(org, 'Pricebook2', ['Name', 'Standard Price Book'], {
      IsStandard: 1,
      IsActive: 0,
      IsArchived: 0,
      IsDeleted: 0,
    });
  });
}
