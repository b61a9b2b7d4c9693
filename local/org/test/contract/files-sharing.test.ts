import { afterEach, beforeEach, expect } from 'vitest';
import { bytesOf, created, fileRecord, upload } from './files-org.ts';
import { outcome, RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

let at: RightsOrg;
let admin: User;
let user: User;

beforeEach(async () => {
  at = await RightsOrg.start({ sharing: { Account: 'Private' } });
  admin = at.admin;
  user = at.integration;
});
afterEach(() => at.close());

const link = (LinkedEntityId: string, ContentDocumentId: string, ShareType = 'V') =>
  created(admin, 'ContentDocumentLink', { LinkedEntityId, ContentDocumentId, ShareType });

statement(
  'A query of `ContentDocumentLink` that has no condition by `Id`, `ContentDocumentId` or `LinkedEntityId`, with `=` or `IN`, is refused with `MALFORMED_QUERY`, and so is a semi-join inside which it stands.',
  async () => {
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const { documentId } = await upload(at, admin, { FirstPublishLocationId: product });
    const ask = async (where: string): Promise<string> =>
      outcome(await admin.query(`SELECT Id FROM ContentDocumentLink ${where}`));
    const byProduct = `LinkedEntityId = '${product}'`;
    const good = [
      `WHERE ${byProduct}`,
      `WHERE ContentDocumentLink.LinkedEntityId IN ('${product}')`,
      `WHERE ShareType = 'V' AND (ContentDocumentId = '${documentId}')`,
      `link WHERE link.LinkedEntityId = '${product}'`,
      `WHERE ${byProduct} AND (ShareType = 'V' OR ShareType = 'I')`,
      `WHERE LinkedEntityId IN (SELECT Id FROM Product2 WHERE Name = 'Shirt')`,
    ];
    expect(await Promise.all(good.map(ask))).toEqual(good.map(() => '200'));
    const bad = [
      '',
      `WHERE ShareType = 'V'`,
      `WHERE LinkedEntityId != '${product}'`,
      `WHERE NOT ${byProduct}`,
      `WHERE ${byProduct} OR ShareType = 'V'`,
      `WHERE (${byProduct} OR ShareType = 'V') AND ShareType = 'I'`,
      `WHERE ContentDocumentId IN (SELECT Id FROM ContentDocument)`,
    ];
    expect(await Promise.all(bad.map(ask))).toEqual(bad.map(() => '400 MALFORMED_QUERY'));
    const { body } = await admin.query('SELECT Id FROM ContentDocumentLink');
    expect((body as [{ message: string }])[0].message).toBe(
      "Implementation restriction: ContentDocumentLink requires a filter by a single Id on ContentDocumentId or LinkedEntityId using the equals operator or multiple Id's using the IN operator.",
    );
    const inside = await admin.query(
      `SELECT Id FROM ContentVersion WHERE ContentDocumentId IN (SELECT ContentDocumentId FROM ContentDocumentLink WHERE ${byProduct})`,
    );
    expect(outcome(inside)).toBe('400 MALFORMED_QUERY');
  },
);

statement(
  'Children of a record are reached by `ContentDocumentLinks`, versions of a document by `ContentVersions`; paths through `LinkedEntity` are not emulated.',
  async () => {
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const { id, documentId } = await upload(at, admin, { FirstPublishLocationId: product });
    const records = async (soql: string): Promise<unknown> =>
      ((await admin.query(soql)).body as { records: unknown }).records;
    const links =
      'SELECT Id, (SELECT ContentDocument.Title, ContentDocument.LatestPublishedVersionId FROM ContentDocumentLinks) FROM Product2';
    expect(await records(links)).toMatchObject([
      {
        ContentDocumentLinks: {
          records: [{ ContentDocument: { Title: 'shirt', LatestPublishedVersionId: id } }],
        },
      },
    ]);
    const versions = 'SELECT Id, (SELECT VersionNumber FROM ContentVersions) FROM ContentDocument';
    expect(await records(versions)).toMatchObject([
      { ContentVersions: { records: [{ VersionNumber: '1' }] } },
    ]);
    const where = `WHERE ContentDocumentId = '${documentId}'`;
    const path = await admin.query(`SELECT LinkedEntity.Name FROM ContentDocumentLink ${where}`);
    expect(outcome(path)).toBe('501 NOT_EMULATED');
    const linked = (await admin.describe('ContentDocumentLink')).fields;
    const targets = linked.find(({ name }) => name === 'LinkedEntityId')?.['referenceTo'];
    expect(targets).toEqual(expect.arrayContaining(['User', 'Product2', 'Woo_Order__c']));
    const dated = await admin.query(`SELECT CreatedDate FROM ContentDocumentLink ${where}`);
    expect(outcome(dated)).toBe('400 INVALID_FIELD');
  },
);

statement(
  'A user sees its own files and those that are linked to the user; those of records that the user may read only in queries with a condition by id that holds for all rows. Others are in no answer, and their bytes 404.',
  async () => {
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const ofProduct = await upload(at, admin, { FirstPublishLocationId: product });
    const unshared = await upload(at, admin);
    const shared = await upload(at, admin);
    await link(user.id, shared.documentId);
    const own = await upload(at, user);
    const see = (where = '') => user.values(`SELECT Id FROM ContentVersion ${where}`);
    const all = [ofProduct, unshared, shared, own];
    const ids = (name: 'id' | 'documentId') => all.map((one) => `'${one[name]}'`).join(', ');
    expect(await see()).toEqual([shared.id, own.id]);
    expect(await see(`WHERE ContentDocumentId IN (${ids('documentId')})`)).toEqual([
      shared.id,
      own.id,
    ]);
    expect((await bytesOf(at, user, ofProduct.id)).status).toBe(404);

    user.grant({ objects: { Product2: 'read' } });
    const seen = [ofProduct.id, shared.id, own.id];
    expect(await see()).toEqual([shared.id, own.id]);
    const latest = `WHERE ContentDocumentId IN (${ids('documentId')}) AND IsLatest = true`;
    expect(await see(latest)).toEqual(seen);
    expect(await see(`WHERE Id IN (${ids('id')})`)).toEqual(seen);
    expect(await see(`WHERE Id IN (${ids('id')}) OR Title = 'x'`)).toEqual([shared.id, own.id]);
    const documents = `SELECT Id FROM ContentDocument WHERE Id IN (${ids('documentId')})`;
    expect(await user.values(documents)).toHaveLength(3);
    expect(await user.values('SELECT Id FROM ContentDocument')).toHaveLength(2);
    const links = `SELECT LinkedEntityId FROM ContentDocumentLink WHERE LinkedEntityId = '${product}'`;
    expect(await user.values(links)).toEqual([product]);
    const status = async (one: { id: string }) => (await bytesOf(at, user, one.id)).status;
    expect(await Promise.all(all.map(status))).toEqual([200, 404, 200, 200]);
    const account = at.insert('Account', { Name: 'A', OwnerId: admin.id });
    const ofAccount = await upload(at, admin, { FirstPublishLocationId: account });
    user.grant({ objects: { Account: 'read' } }, 'Accounts');
    expect(await status(ofAccount)).toBe(404);
    await link(account, ofProduct.documentId);
    const places = `SELECT LinkedEntityId FROM ContentDocumentLink WHERE ContentDocumentId = '${ofProduct.documentId}'`;
    expect(await user.values(places)).toEqual([admin.id, product]);
    user.grant({ objects: { Account: 'read viewAll' } }, 'All_Accounts');
    expect(await status(ofAccount)).toBe(200);
    const hidden = await user.rest('GET', `/sobjects/ContentDocument/${unshared.documentId}`);
    expect(outcome(hidden)).toBe('404 NOT_FOUND');
  },
);

statement(
  '_Query All Files_ shows all files, also in lists, and all links; _View All Data_ alone does not.',
  async () => {
    const { id } = await upload(at, admin);
    user.grant({ permissions: ['ViewAllData'] });
    expect(await user.values('SELECT Id FROM ContentVersion')).toEqual([]);
    expect((await bytesOf(at, user, id)).status).toBe(404);
    user.grant({ permissions: ['ViewAllData', 'QueryAllFiles'] }, 'Files');
    expect(await user.values('SELECT Id FROM ContentVersion')).toEqual([id]);
    expect(await user.values('SELECT LinkedEntityId FROM ContentDocumentLink')).toEqual([admin.id]);
    expect((await bytesOf(at, user, id)).status).toBe(200);
    const change = await user.rest('PATCH', `/sobjects/ContentVersion/${id}`, { Title: 'x' });
    expect(change.status).toBe(403);
  },
);

/** What the user may do with a file, by the calls that are answered with success. */
async function may(one: { id: string; documentId: string }): Promise<string> {
  const { id, documentId: ContentDocumentId } = one;
  const account = at.insert('Account', { Name: 'A', OwnerId: user.id });
  const shared = { ContentDocumentId, LinkedEntityId: account, ShareType: 'V' };
  const calls = [
    ['change', 'PATCH', `/ContentVersion/${id}`, { Title: 'x' }],
    ['version', 'POST', '/ContentVersion', fileRecord({ ContentDocumentId })],
    ['link', 'POST', '/ContentDocumentLink', shared],
    ['delete', 'DELETE', `/ContentDocument/${ContentDocumentId}`, undefined],
  ] as const;
  const able: string[] = [];
  for (const [name, method, path, body] of calls) {
    if ((await user.rest(method, `/sobjects${path}`, body)).status < 400) able.push(name);
  }
  return able.join(' ');
}

statement(
  'A file is changed, versioned, linked and unlinked by its owner, by users linked as `C`, by who may change a record that it is linked to as `I`, and by who has _Modify All Data_ and sees it; it is deleted by its owner and by the latter.',
  async () => {
    user.grant({ objects: { Product2: 'read', Account: 'read' } });
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const linked = async (id: string, shareType: string) => {
      const file = await upload(at, admin);
      await link(id, file.documentId, shareType);
      return file;
    };
    const most = 'change version link';
    expect(await may(await upload(at, user))).toBe(`${most} delete`);
    expect(await may(await upload(at, admin))).toBe('');
    expect(await may(await linked(user.id, 'V'))).toBe('');
    expect(await may(await linked(user.id, 'C'))).toBe(most);
    expect(await may(await linked(product, 'I'))).toBe('');
    user.grant({ objects: { Product2: 'read edit' } }, 'Editor');
    expect(await may(await linked(product, 'I'))).toBe(most);
    expect(await may(await linked(product, 'V'))).toBe('');
    const file = await upload(at, user, { FirstPublishLocationId: product });
    const soql = `SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '${product}' AND ContentDocumentId = '${file.documentId}'`;
    const [id] = await user.values(soql);
    const gone = await user.rest('DELETE', `/sobjects/ContentDocumentLink/${String(id)}`);
    expect(gone.status).toBe(204);
    user.grant({ permissions: ['ViewAllData', 'ModifyAllData'] }, 'All_Data');
    expect(await may(await upload(at, admin))).toBe('');
    expect(await may(await linked(product, 'V'))).toBe(`${most} delete`);
  },
);
