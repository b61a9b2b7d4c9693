import { afterAll, beforeAll, expect, it } from 'vitest';

import { deployFiles, file } from '../../metadata/test/packages.ts';
import { HttpOrg, root, type Reply } from './http-org.ts';
import { statement } from './statement.ts';

let http: HttpOrg;
beforeAll(async () => {
  http = await HttpOrg.start();
});
afterAll(() => http.close());

async function rows(soql: string): Promise<readonly Record<string, unknown>[]> {
  const { body } = await http.rest('GET', `/query?${new URLSearchParams({ q: soql }).toString()}`);
  return (body as { records: Record<string, unknown>[] }).records;
}

const idOf = async (object: string, condition: string): Promise<string> =>
  String((await rows(`SELECT Id FROM ${object} WHERE ${condition}`))[0]?.['Id']);

const apiOnly = () => idOf('Profile', "Name = 'Minimum Access - API Only Integrations'");
const psl = () => idOf('PermissionSetLicense', "DeveloperName = 'SalesforceAPIIntegrationPsl'");

let count = 0;
async function newUser(more: Record<string, unknown> = {}): Promise<Reply> {
  count += 1;
  return http.rest('POST', '/sobjects/User', {
    Username: `sync${count}@example.com`,
    LastName: 'Sync',
    Alias: 'sync',
    Email: 'a@example.com',
    ProfileId: await apiOnly(),
    EmailEncodingKey: 'UTF-8',
    TimeZoneSidKey: 'GMT',
    LocaleSidKey: 'en_US',
    LanguageLocaleKey: 'en_US',
    ...more,
  });
}

const made = async (more: Record<string, unknown> = {}): Promise<string> =>
  ((await newUser(more)).body as { id: string }).id;

const assign = (AssigneeId: string, PermissionSetLicenseId: string): Promise<Reply> =>
  http.rest('POST', '/sobjects/PermissionSetLicenseAssign', { AssigneeId, PermissionSetLicenseId });

const refusal = (statusCode: string, message: string | RegExp) => ({
  status: 400,
  body: [
    expect.objectContaining({
      errorCode: statusCode,
      message: (typeof message === 'string' ? message : expect.stringMatching(message)) as unknown,
    }),
  ],
});

const used = async (object: string, condition: string): Promise<readonly number[]> =>
  (await rows(`SELECT TotalLicenses, UsedLicenses FROM ${object} WHERE ${condition}`)).flatMap(
    (row) => [Number(row['TotalLicenses']), Number(row['UsedLicenses'])],
  );

statement(
  'Users are made and changed as data by who may manage users, and deleted by nobody; they have a profile, which has a licence.',
  async () => {
    const id = await made({ FirstName: 'Woo' });
    expect(
      await rows(
        `SELECT Name, IsActive, Profile.PermissionsApiUserOnly, Profile.UserLicense.Name FROM User WHERE Id = '${id}'`,
      ),
    ).toMatchObject([
      {
        Name: 'Woo Sync',
        IsActive: true,
        Profile: { PermissionsApiUserOnly: true, UserLicense: { Name: 'Salesforce Integration' } },
      },
    ]);
    expect((await http.rest('PATCH', `/sobjects/User/${id}`, { IsActive: false })).status).toBe(
      204,
    );
    expect(await http.rest('DELETE', `/sobjects/User/${id}`)).toMatchObject(
      refusal('INVALID_TYPE_FOR_OPERATION', 'entity type User does not support delete'),
    );
    const rep = { authorization: `Bearer ${http.org.repToken}` };
    expect((await http.rest('POST', '/sobjects/User', {}, rep)).body).toMatchObject([
      { errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' },
    ]);
  },
);

statement(
  'A user has a user name in the form of an e-mail address, an e-mail address, a last name, an alias, a profile, and the keys of time zone, locale, language and e-mail encoding.',
  async () => {
    expect(await http.rest('POST', '/sobjects/User', {})).toMatchObject(
      refusal(
        'REQUIRED_FIELD_MISSING',
        'Required fields are missing: [Username, LastName, Email, Alias, TimeZoneSidKey, LocaleSidKey, EmailEncodingKey, LanguageLocaleKey, ProfileId]',
      ),
    );
    expect(await newUser({ Username: 'sync' })).toMatchObject(
      refusal('INVALID_EMAIL_ADDRESS', 'Username: invalid email address: sync'),
    );
    expect(await newUser({ Alias: 'synchroniser' })).toMatchObject(
      refusal('STRING_TOO_LONG', /^Alias: data value too large/),
    );
  },
);

statement(
  'A user name is taken once, whatever its case: `DUPLICATE_USERNAME`; `username_taken` of `POST /local/faults` takes one as another org would.',
  async () => {
    await made({ Username: 'once@example.com' });
    const taken = refusal('DUPLICATE_USERNAME', /in this or another Salesforce organization/);
    expect(await newUser({ Username: 'ONCE@example.com' })).toMatchObject(taken);
    await http.ask('POST', '/local/faults', {
      kind: 'username_taken',
      username: 'far@example.com',
    });
    expect(await newUser({ Username: 'far@example.com' })).toMatchObject(taken);
    expect((await newUser({ Username: 'far@example.com' })).status).toBe(201);
  },
);

statement.group(
  '`UserLicense` and `PermissionSetLicense` count what is in use; where none is left, a user or an assignment is refused with `LICENSE_LIMIT_EXCEEDED`. A user who is not active has none.',
  () => {
    it('counts users', async () => {
      const name = "Name = 'Salesforce Integration'";
      const [total = 0, before = 0] = await used('UserLicense', name);
      const ids: string[] = [];
      for (let n = before; n < total; n += 1) ids.push(await made());
      expect(await used('UserLicense', name)).toEqual([total, total]);
      expect(await newUser()).toMatchObject(
        refusal('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded'),
      );
      const [first = ''] = ids;
      const change = (IsActive: boolean): Promise<Reply> =>
        http.rest('PATCH', `/sobjects/User/${first}`, { IsActive });
      await change(false);
      expect((await newUser()).status).toBe(201);
      expect(await change(true)).toMatchObject(
        refusal('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded'),
      );
    });

    it('counts assignments', async () => {
      const name = "DeveloperName = 'SalesforceAPIIntegrationPsl'";
      const [total = 0, before = 0] = await used('PermissionSetLicense', name);
      const users = await rows("SELECT Id FROM User WHERE Alias = 'sync' AND IsActive = true");
      const id = await psl();
      const first = await assign(String(users[0]?.['Id']), id);
      expect(first.status).toBe(201);
      expect(await used('PermissionSetLicense', name)).toEqual([total, before + 1]);
      http.org.data.db.run('UPDATE PermissionSetLicense SET TotalLicenses = ?', before + 1);
      expect(await assign(String(users[1]?.['Id']), id)).toMatchObject(
        refusal('LICENSE_LIMIT_EXCEEDED', 'License Limit Exceeded'),
      );
      const { id: assignment } = first.body as { id: string };
      await http.rest('DELETE', `/sobjects/PermissionSetLicenseAssign/${assignment}`);
      expect(await used('PermissionSetLicense', name)).toEqual([before + 1, before]);
    });
  },
);

statement(
  'The permission set licence _Salesforce API Integration_ is for users with the licence _Salesforce Integration_, each once; without it they get no permission set that gives rights on objects.',
  async () => {
    const admin = await idOf('User', `Username = '${http.org.adminUsername}'`);
    expect(await assign(admin, await psl())).toMatchObject(
      refusal('FIELD_INTEGRITY_EXCEPTION', /The user license doesn't match/),
    );
    const inner =
      '<label>Reader</label><objectPermissions><allowCreate>false</allowCreate><allowDelete>false</allowDelete><allowEdit>false</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Account</object><viewAllRecords>false</viewAllRecords></objectPermissions>';
    deployFiles(http.org.data, {
      'permissionsets/Reader.permissionset': file('PermissionSet', inner),
    });
    const PermissionSetId = await idOf('PermissionSet', "Name = 'Reader'");
    http.org.data.db.run('UPDATE UserLicense SET TotalLicenses = 50');
    http.org.data.db.run('UPDATE PermissionSetLicense SET TotalLicenses = 50');
    const AssigneeId = await made();
    const give = (): Promise<Reply> =>
      http.rest('POST', '/sobjects/PermissionSetAssignment', { AssigneeId, PermissionSetId });
    expect(await give()).toMatchObject(
      refusal(
        'FIELD_INTEGRITY_EXCEPTION',
        "Can't assign permission set Reader to user Sync. The user license doesn't allow the permission: Read Accounts",
      ),
    );
    expect((await assign(AssigneeId, await psl())).status).toBe(201);
    expect((await assign(AssigneeId, await psl())).body).toMatchObject([
      { errorCode: 'DUPLICATE_VALUE' },
    ]);
    expect((await give()).status).toBe(201);
  },
);

statement(
  'Each profile owns a permission set, which its users are assigned and which changes with their profile: who asks for assignments by a permission finds what profiles give too. It is neither assigned nor taken by itself; the code of that refusal is made up here.',
  async () => {
    const sets = async (condition: string) =>
      (
        await rows(
          `SELECT PermissionSet.Profile.Name FROM PermissionSetAssignment WHERE PermissionSet.IsOwnedByProfile = TRUE AND ${condition}`,
        )
      ).map(({ PermissionSet }) => (PermissionSet as { Profile: { Name: string } }).Profile.Name);
    const admin = `AssigneeId = '${await idOf('User', `Username = '${http.org.adminUsername}'`)}'`;
    const customizes = 'PermissionSet.PermissionsCustomizeApplication = TRUE';
    expect(await sets(`${admin} AND ${customizes}`)).toEqual(['System Administrator']);
    expect(await sets(`Assignee.Username = '${http.org.repUsername}'`)).toEqual(['Standard User']);
    const id = await made();
    const ofUser = `AssigneeId = '${id}'`;
    expect(await sets(ofUser)).toEqual(['Minimum Access - API Only Integrations']);
    const ProfileId = await idOf('Profile', "Name = 'Standard User'");
    expect((await http.rest('PATCH', `/sobjects/User/${id}`, { ProfileId })).status).toBe(204);
    expect(await sets(ofUser)).toEqual(['Standard User']);
    expect(await sets(`${ofUser} AND ${customizes}`)).toEqual([]);
    const ofAdmins = "IsOwnedByProfile = TRUE AND Profile.Name = 'System Administrator'";
    const PermissionSetId = await idOf('PermissionSet', ofAdmins);
    const given = { AssigneeId: id, PermissionSetId };
    const owned = refusal('FIELD_INTEGRITY_EXCEPTION', /is owned by a profile/);
    const object = '/sobjects/PermissionSetAssignment';
    expect(await http.rest('POST', object, given)).toMatchObject(owned);
    const held = await idOf('PermissionSetAssignment', ofUser);
    expect(await http.rest('DELETE', `${object}/${held}`)).toMatchObject(owned);
    expect(await sets(ofUser)).toEqual(['Standard User']);
  },
);

statement(
  '`UserPermissionAccess` has one row, with the permissions of who asks: a field such as `PermissionsAuthorApex` for each that means something here.',
  async () => {
    const soql = 'SELECT PermissionsAuthorApex, PermissionsApiEnabled FROM UserPermissionAccess';
    const path = `${root}/query?${new URLSearchParams({ q: soql }).toString()}`;
    const asked = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` };
      return (await http.ask('GET', path, undefined, headers)).body;
    };
    const row = (author: boolean) => ({
      totalSize: 1,
      done: true,
      records: [{ PermissionsAuthorApex: author, PermissionsApiEnabled: true }],
    });
    expect(await asked(http.org.adminToken)).toMatchObject(row(true));
    expect(await asked(http.org.repToken)).toMatchObject(row(false));
    const unknown = 'SELECT PermissionsBakeCakes FROM UserPermissionAccess';
    const answer = await http.rest(
      'GET',
      `/query?${new URLSearchParams({ q: unknown }).toString()}`,
    );
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'INVALID_FIELD' }] });
  },
);
