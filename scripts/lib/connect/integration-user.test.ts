import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import { AdminSession } from '../install/admin-session.ts';
import { defaultUsername, lookForUser, makeUser } from './integration-user.ts';

const org = createOrg();
let session: AdminSession;
beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
});
afterAll(() => org.close());

const { db } = org.data;
const problems = async (username: string): Promise<string> =>
  (await lookForUser(session, username)).problems.join('\n');
const users = (): number => Number(db.get('SELECT count(*) AS n FROM User')?.['n']);

/** Does the work with another value of a column, and puts back the one before. */
async function having(table: string, column: string, value: number | string, work: () => unknown) {
  const before = db.get(`SELECT ${column} AS was FROM ${table}`)?.['was'] ?? null;
  db.run(`UPDATE ${table} SET ${column} = ?`, value);
  await work();
  db.run(`UPDATE ${table} SET ${column} = ?`, before);
}

describe('the user of the sync', () => {
  it('is made with licence, profile and permission set licence, and found again', async () => {
    const found = await lookForUser(session, 'woo@example.com');
    expect(found).toMatchObject({ userId: null, needsLicense: true, problems: [] });
    const id = await makeUser(session, found, 'admin@example.com');
    const again = await lookForUser(session, 'WOO@example.com');
    expect(again).toMatchObject({ userId: id, needsLicense: false, problems: [] });
    const count = users();
    expect(await makeUser(session, again, 'admin@example.com')).toBe(id);
    expect(users()).toBe(count);
  });

  it('gets the permission set licence that a run before could not give', async () => {
    const id = await makeUser(session, await lookForUser(session, 'half@example.com'), 'a@b.co');
    db.run('UPDATE PermissionSetLicenseAssign SET IsDeleted = 1 WHERE AssigneeId = ?', id);
    const found = await lookForUser(session, 'half@example.com');
    expect(found).toMatchObject({ userId: id, needsLicense: true, problems: [] });
    await makeUser(session, found, 'a@b.co');
    expect(await lookForUser(session, 'half@example.com')).toMatchObject({ needsLicense: false });
  });

  it('is found under the name of a profile in another language', async () => {
    const name = 'UPDATE Profile SET Name = ? WHERE Name = ?';
    db.run(name, '最小アクセス', 'Minimum Access - API Only Integrations');
    expect(await problems('new@example.com')).toBe('');
    db.run(name, 'Minimum Access - API Only Integrations', '最小アクセス');
  });
});

describe('what stands in the way is said before anything is made:', () => {
  it('no licence is left, or the org has none', async () => {
    await having('UserLicense', 'TotalLicenses', 0, async () => {
      expect(await problems('new@example.com')).toContain(
        'No licence Salesforce Integration is left: ',
      );
    });
    db.run("UPDATE UserLicense SET Name = 'X' WHERE Name = 'Salesforce Integration'");
    expect(await problems('new@example.com')).toContain('has no licence Salesforce Integration');
    db.run("UPDATE UserLicense SET Name = 'Salesforce Integration' WHERE Name = 'X'");
  });

  it('no permission set licence is left, or the org has none', async () => {
    await having('PermissionSetLicense', 'TotalLicenses', 0, async () => {
      expect(await problems('new@example.com')).toContain('No permission set licence');
    });
    await having('PermissionSetLicense', 'DeveloperName', 'Other', async () => {
      expect(await problems('new@example.com')).toContain('The org has no permission set licence');
    });
  });

  it('the profile is missing', async () => {
    const license = "(SELECT Id FROM UserLicense WHERE Name = 'Salesforce Integration')";
    db.run(`UPDATE Profile SET UserLicenseId = NULL WHERE UserLicenseId = ${license}`);
    expect(await problems('new@example.com')).toContain('The org has no profile "Minimum Access');
    const name = "Name = 'Minimum Access - API Only Integrations'";
    db.run(`UPDATE Profile SET UserLicenseId = ${license} WHERE ${name}`);
  });

  it('the user is the one who installs, somebody’s own, or not active', async () => {
    expect(await problems(org.adminUsername)).toContain('is the user who installs');
    expect(await problems(org.repUsername)).toContain('has the licence Salesforce and a profile');
    db.run('UPDATE User SET IsActive = 0 WHERE Username = ?', org.integrationUsername);
    expect(await problems(org.integrationUsername)).toContain('is not active');
    const count = users();
    const found = await lookForUser(session, org.repUsername);
    await expect(makeUser(session, found, 'a@b.co')).rejects.toThrow("somebody's own");
    expect(users()).toBe(count);
  });

  it('another licence does where the profile only lets the API in', async () => {
    const rep = `Id = (SELECT ProfileId FROM User WHERE Username = '${org.repUsername}')`;
    db.run(`UPDATE Profile SET PermissionsApiUserOnly = 1 WHERE ${rep}`);
    expect(await lookForUser(session, org.repUsername)).toMatchObject({
      needsLicense: false,
      problems: [],
    });
    db.run(`UPDATE Profile SET PermissionsApiUserOnly = 0 WHERE ${rep}`);
  });
});

describe('what the org only says when the user is made', () => {
  it('is that another org has the user name', async () => {
    const found = await lookForUser(session, 'far@example.com');
    const body = { kind: 'username_taken', username: 'far@example.com' };
    await session.request('POST', '/local/faults', body);
    await expect(makeUser(session, found, 'a@b.co')).rejects.toThrow('is taken in another org');
  });

  it('is that the last licence went meanwhile, or that users may not be made', async () => {
    const found = await lookForUser(session, 'late@example.com');
    await having('UserLicense', 'TotalLicenses', 0, async () => {
      await expect(makeUser(session, found, 'a@b.co')).rejects.toThrow('is left. Deactivate');
    });
    const asRep = new AdminSession(session.instanceUrl, org.repUsername, org.repToken);
    await expect(makeUser(asRep, found, 'a@b.co')).rejects.toThrow('The org did not make the user');
  });
});

it.each([
  ['https://acme.my.salesforce.com', 'woo-sync@acme.my.salesforce.com'],
  ['http://127.0.0.1:8090', 'woo-sync@127.0.0.1.example'],
])('a user name that no other org has at %s: %s', (url, username) => {
  expect(defaultUsername(url)).toBe(username);
});
