import { countLicenses, INTEGRATION_LICENSE, licenseOfProfile } from '../data/people/licenses.ts';
import { assignProfileSet } from '../data/people/profile-sets.ts';
import { saveError, type SaveError } from '../model/errors.ts';
import { after, before, rowOf, type Change, type ObjectRule } from '../model/object-rule.ts';

const limitExceeded = saveError('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded');

const takenUsername = saveError(
  'DUPLICATE_USERNAME',
  "Duplicate Username. The username already exists in this or another Salesforce organization. Usernames must be unique across all Salesforce organizations. To resolve, use a different username (it doesn't need to match the user's email address).",
  'Username',
);

function usernameRefusal({ org, id, values }: Change): SaveError | undefined {
  const username = values.get('Username');
  if (typeof username !== 'string') return undefined;
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(username)) {
    const message = `Username: invalid email address: ${username}`;
    return saveError('INVALID_EMAIL_ADDRESS', message, 'Username');
  }
  const other = org.db.get('SELECT Id FROM User WHERE Username = ?', username)?.['Id'];
  const isTaken = other !== undefined && other !== id;
  return isTaken || org.faults.takeUsername(username) ? takenUsername : undefined;
}

/** A user who becomes active, or gets a profile of another licence, takes one that must be left. */
function licenseRefusal(change: Change): SaveError | undefined {
  const { org, id } = change;
  const old = before(change);
  if (after(change, old, 'IsActive') !== 1) return undefined;
  const license = licenseOfProfile(org, after(change, old, 'ProfileId'));
  const hadOne = id !== undefined && old['IsActive'] === 1;
  if (hadOne && licenseOfProfile(org, old['ProfileId'])?.['Id'] === license?.['Id']) {
    return undefined;
  }
  countLicenses(org);
  const [total, used] = [Number(license?.['TotalLicenses']), Number(license?.['UsedLicenses'])];
  return used < total ? undefined : limitExceeded;
}

export const userRule: ObjectRule = {
  check: (change) => usernameRefusal(change) ?? licenseRefusal(change),
  saved: ({ org }, id) => {
    countLicenses(org);
    assignProfileSet(org, id);
  },
};

/** The one permission set licence that is emulated is for users with the licence it belongs to. */
function assignRefusal({ org, values }: Change): SaveError | undefined {
  const license = rowOf(org, 'PermissionSetLicense', values.get('PermissionSetLicenseId') ?? null);
  const user = rowOf(org, 'User', values.get('AssigneeId') ?? null);
  if (licenseOfProfile(org, user?.['ProfileId'])?.['Name'] !== INTEGRATION_LICENSE) {
    return saveError(
      'FIELD_INTEGRITY_EXCEPTION',
      `Can't assign permission set license ${String(license?.['MasterLabel'])} to user ${String(user?.['Name'])}. The user license doesn't match.`,
      'PermissionSetLicenseId',
    );
  }
  const [total, used] = [Number(license?.['TotalLicenses']), Number(license?.['UsedLicenses'])];
  return used < total ? undefined : limitExceeded;
}

export const permissionSetLicenseAssignRule: ObjectRule = {
  check: (change) => (change.id === undefined ? assignRefusal(change) : undefined),
  saved: ({ org }) => {
    countLicenses(org);
  },
  deleted: (org) => {
    countLicenses(org);
  },
};
