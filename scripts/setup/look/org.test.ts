import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createOrg } from '../../../local/org/org.ts';
import { AdminSession } from '../../lib/install/admin-session.ts';
import { lookAtOrg } from './org.ts';

const ADMIN = 'admin@example.com';
const ORG = 'https://acme.my.salesforce.com';

const rows = (...records: readonly object[]) => ({
  status: 200,
  body: { totalSize: records.length, records },
});
const refused = (status: number, errorCode: string) => ({
  status,
  body: [{ errorCode, message: 'No.' }],
});

const RIGHTS = {
  PermissionsApiEnabled: true,
  PermissionsModifyMetadata: true,
  PermissionsCustomizeApplication: true,
  PermissionsAuthorApex: true,
  PermissionsManageUsers: true,
  PermissionsAssignPermissionSets: true,
};
const STORE = {
  URL__c: 'https://shop.example.com',
  Route__c: 'named_credential',
  Service_URL__c: 'https://woo-sync.invalid',
};

/** What a new org of the Enterprise Edition answers, by the object of the query. */
const NEW_ORG: Readonly<Record<string, { status: number; body: unknown }>> = {
  Organization: rows({ OrganizationType: 'Enterprise Edition', NamespacePrefix: null }),
  UserPermissionAccess: rows(RIGHTS),
  RecordType: refused(400, 'INVALID_FIELD'),
  Woo_Store__mdt: refused(400, 'INVALID_TYPE'),
  '/services/data': { status: 200, body: [{ version: '65.0' }, { version: '67.0' }] },
};

/** @param lacks a field that this org does not have */
function orgWith(over: Partial<typeof NEW_ORG> = {}, lacks?: string) {
  const answers = { ...NEW_ORG, ...over };
  return {
    instanceUrl: ORG,
    username: ADMIN,
    request: (_method: string, path: string) => {
      const { pathname, searchParams } = new URL(path, ORG);
      const soql = searchParams.get('q') ?? '';
      const [, object = pathname] = / FROM (\w+)/.exec(soql) ?? [];
      const isRefused = lacks !== undefined && soql.includes(lacks);
      const answer = isRefused ? refused(400, 'INVALID_FIELD') : answers[object];
      if (answer === undefined) throw new Error(`The org was asked for ${path}.`);
      return Promise.resolve({ headers: new Headers(), ...answer });
    },
  };
}

const DESCRIBE = '/services/data/v66.0/sobjects/Woo_Mapping__mdt/describe';

const missingIn = async (over: Partial<typeof NEW_ORG>) => (await lookAtOrg(orgWith(over))).missing;

describe('an org', () => {
  it('that is new lacks nothing', async () => {
    expect(await lookAtOrg(orgWith())).toEqual({
      missing: [],
      notes: [],
      store: null,
      hasPersons: false,
    });
  });

  it('with Person Accounts says so', async () => {
    const RecordType = { status: 200, body: { totalSize: 1, records: [] } };
    expect(await lookAtOrg(orgWith({ RecordType }))).toMatchObject({ hasPersons: true });
  });

  it('that does not tell rights is not taken for one that has none', async () => {
    expect(await missingIn({ UserPermissionAccess: refused(400, 'INVALID_TYPE') })).toEqual([]);
  });

  it('with a namespace, where no name would be as the service knows it', async () => {
    const Organization = rows({ OrganizationType: 'Developer Edition', NamespacePrefix: 'acme' });
    expect(await missingIn({ Organization })).toEqual([
      expect.stringContaining('/services/apexrest/acme/woo'),
    ]);
  });

  it('without the package that is to be there', async () => {
    const lacking = orgWith({ [DESCRIBE]: refused(404, 'NOT_FOUND') });
    expect((await lookAtOrg(lacking, true)).missing).toEqual([
      'The package is not in the org: install it first (docs/package.md), or leave --packaged out.',
    ]);
    const having = orgWith({ [DESCRIBE]: { status: 200, body: {} }, Woo_Store__mdt: rows() });
    expect(await lookAtOrg(having, true)).toMatchObject({ missing: [], store: null });
  });

  it('whose session is over', async () => {
    expect(await missingIn({ Organization: refused(401, 'INVALID_SESSION_ID') })).toEqual([
      `The Salesforce CLI's session of ${ADMIN} is over, or may not use the API (INVALID_SESSION_ID: No.): sign in again with npx sf org login web --instance-url ${ORG}.`,
    ]);
  });

  it('lacks all that it lacks at once', async () => {
    const missing = await missingIn({
      Organization: rows({ OrganizationType: 'Professional Edition', NamespacePrefix: null }),
      UserPermissionAccess: rows({
        ...RIGHTS,
        PermissionsAuthorApex: false,
        PermissionsManageUsers: false,
      }),
      '/services/data': { status: 200, body: [{ version: '64.0' }] },
    });
    expect(missing).toEqual([
      expect.stringContaining("newest version of the org's API is 64, and this project needs 66"),
      expect.stringContaining('is a Professional Edition, which runs no Apex'),
      `${ADMIN} lacks "Author Apex", "Manage Users": sign in as a System Administrator, or have these rights given.`,
    ]);
  });
});

describe('an org that was set up before', () => {
  it('tells its store', async () => {
    const { store, missing } = await lookAtOrg(orgWith({ Woo_Store__mdt: rows(STORE) }));
    expect(store).toEqual({ url: STORE.URL__c, serviceUrl: STORE.Service_URL__c });
    expect(missing).toEqual([]);
  });

  it('with an earlier version tells its store, and not where its service is', async () => {
    const { Service_URL__c: _lacking, ...earlier } = STORE;
    const org = orgWith({ Woo_Store__mdt: rows(earlier) }, 'Service_URL__c');
    expect(await lookAtOrg(org)).toMatchObject({
      missing: [],
      store: { url: STORE.URL__c, serviceUrl: null },
    });
  });

  it('for the direct route is left to its admin', async () => {
    const direct = rows({ ...STORE, Route__c: 'direct' });
    expect(await missingIn({ Woo_Store__mdt: direct })).toEqual([
      expect.stringContaining('on the direct route'),
    ]);
  });

  it('for other stores alone is left to its admin', async () => {
    const others = { status: 200, body: { totalSize: 1, records: [] } };
    expect(await missingIn({ Woo_Store__mdt: others })).toEqual([
      expect.stringContaining('none with the key main'),
    ]);
  });
});

describe('the rights of who signs in, in an org of its own', () => {
  const org = createOrg();
  let url: string;

  beforeAll(async () => {
    url = await org.listen(0);
  });

  afterAll(() => org.close());

  const missing = async (username: string, token: string) =>
    (await lookAtOrg(new AdminSession(url, username, token))).missing;

  it('are all there for an administrator', async () => {
    expect(await missing(org.adminUsername, org.adminToken)).toEqual([]);
  });

  it('are named where a user lacks them', async () => {
    expect(await missing(org.repUsername, org.repToken)).toEqual([
      expect.stringContaining(`${org.repUsername} lacks "Modify Metadata`),
    ]);
  });
});
