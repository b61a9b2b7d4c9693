import { afterEach, beforeEach, expect } from 'vitest';
import { created, upload } from '../files-org.ts';
import { nodes, read, refused, RightsOrg, send, type User } from './graphql-org.ts';
import { statement } from '../statement.ts';

let at: RightsOrg;
let admin: User;
let user: User;

beforeEach(async () => {
  at = await RightsOrg.start({ sharing: { Account: 'Private' } });
  admin = at.admin;
  user = at.integration;
});
afterEach(() => at.close());

const fields = (object: string, inner: string): string =>
  `${object} { edges { node { ${inner} } } }`;

statement(
  '`@optional` leaves out a field that the user may not see; one that the org does not have is refused all the same.',
  async () => {
    user.grant({ objects: { Woo_Order__c: 'read' }, read: ['Woo_Order__c.Total__c'] });
    at.insert('Woo_Order__c', { Name: 'A', Total__c: 5, Code__c: 'secret', OwnerId: user.id });
    const bare = await refused(user, fields('Woo_Order__c', 'Code__c { value }'));
    expect(bare[0]).toContain("Field 'Code__c' in type 'Woo_Order__c' is undefined");
    const hidden = `Code__c @optional { value } Contact__r @optional { Name { value } }
      Order_Items__r(first: 5) @optional { totalCount } Total__c @optional { value }`;
    const { Woo_Order__c, ...others } = await read(
      user,
      `${fields('Woo_Order__c', hidden)} Account @optional { totalCount }`,
    );
    expect(Woo_Order__c).toEqual({ edges: [{ node: { Total__c: { value: 5 } } }] });
    expect(others).toEqual({});
    for (const wrong of ['Cod__c @optional { value }', 'Items @optional { totalCount }']) {
      expect((await refused(user, fields('Woo_Order__c', wrong)))[0]).toContain('FieldUndefined');
    }
    expect(await refused(user, 'Acount @optional { totalCount }')).toHaveLength(1);
    const where = 'Woo_Order__c(where: { Code__c: { eq: "secret" } }) { totalCount }';
    expect((await refused(user, where))[0]).toContain('WrongType');
    // A right that was given counts at once.
    user.grant({ read: ['Woo_Order__c.Code__c'] }, 'More');
    expect(
      nodes((await read(user, fields('Woo_Order__c', 'Code__c { value }')))['Woo_Order__c']),
    ).toEqual([{ Code__c: 'secret' }]);
  },
);

statement(
  'Who may not see a record finds it in no list, group or count, and not as a parent.',
  async () => {
    const read3 = { Account: 'read', Contact: 'read viewAll', Woo_Order__c: 'read' };
    user.grant({ objects: read3, read: ['Contact.AccountId', 'Woo_Order__c.Contact__c'] });
    const secret = at.insert('Account', { Name: 'Secret', OwnerId: admin.id });
    const own = at.insert('Account', { Name: 'Own', OwnerId: user.id });
    for (const AccountId of [secret, own]) {
      at.insert('Contact', {
        Name: `of ${AccountId}`,
        LastName: 'x',
        AccountId,
        OwnerId: admin.id,
      });
    }
    const accounts = await read(user, `Account { totalCount edges { node { Name { value } } } }`);
    expect(accounts['Account']).toEqual({
      totalCount: 1,
      edges: [{ node: { Name: { value: 'Own' } } }],
    });
    const { Contact } = await read(user, fields('Contact', 'Account { Name { value } }'));
    expect(nodes(Contact).map(({ Account }) => Account)).toEqual([null, { Name: 'Own' }]);
    const groups =
      '{ uiapi { aggregate { Account { edges { node { aggregate { Id { count { value } } } } } } } } }';
    expect((await send(user, groups)).data).toEqual({
      uiapi: {
        aggregate: {
          Account: { edges: [{ node: { aggregate: { Id: { count: { value: 1 } } } } }] },
        },
      },
    });
    // The administrator sees both.
    expect((await read(admin, 'Account { totalCount }'))['Account']).toEqual({ totalCount: 2 });
  },
);

statement(
  "Files of a record are its `ContentDocumentLinks`; documents and versions that are asked for by id are found through records that the user sees, in lists only the user's own.",
  async () => {
    user.grant({ objects: { Product2: 'read' } });
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const { id, documentId } = await upload(at, admin, { FirstPublishLocationId: product });
    const hidden = await upload(at, admin);
    const links = `ContentDocumentLinks(first: 20, orderBy: { ContentDocument: { CreatedDate: { order: DESC } } }) {
      edges { node { ShareType { value } ContentDocument { Id Title { value } FileExtension { value } ContentSize { value } LatestPublishedVersionId { value } } } } }`;
    const { Product2 } = await read(user, fields('Product2', links));
    const [shirt] = nodes(Product2);
    expect(nodes(shirt?.['ContentDocumentLinks'])).toEqual([
      {
        ShareType: 'V',
        ContentDocument: {
          Id: documentId,
          Title: 'shirt',
          FileExtension: 'png',
          ContentSize: 12,
          LatestPublishedVersionId: id,
        },
      },
    ]);
    const ids = `["${documentId}", "${hidden.documentId}"]`;
    const byId = await read(
      user,
      `ContentDocument(where: { Id: { in: ${ids} } }) { edges { node { Id } } }
       ContentVersion(where: { ContentDocumentId: { in: ${ids} }, IsLatest: { eq: true } }) { edges { node { Id } } }
       both: ContentVersion(where: { and: [{ IsLatest: { eq: true } }, { ContentDocumentId: { in: ${ids} } }] }) { edges { node { Id } } }`,
    );
    expect(nodes(byId['ContentDocument'])).toEqual([{ Id: documentId }]);
    expect(nodes(byId['ContentVersion'])).toEqual([{ Id: id }]);
    expect(nodes(byId['both'])).toEqual([{ Id: id }]);
    const listed = await read(user, 'ContentDocument { totalCount } ContentVersion { totalCount }');
    expect(listed).toEqual({
      ContentDocument: { totalCount: 0 },
      ContentVersion: { totalCount: 0 },
    });
    const [problem] = await refused(user, 'ContentDocumentLink { totalCount }');
    expect(problem).toContain(
      'DataFetchingException Implementation restriction: ContentDocumentLink',
    );
  },
);
