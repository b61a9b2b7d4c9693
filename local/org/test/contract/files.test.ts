import { afterEach, beforeEach, expect } from 'vitest';
import {
  bytesAt,
  bytesOf,
  bytesPart,
  created,
  fileRecord,
  jsonPart,
  md5,
  multipart,
  image,
  send,
  upload,
} from './files-org.ts';
import { root } from './http-org.ts';
import { outcome, RightsOrg, type User } from './rights-org.ts';
import { statement } from './statement.ts';

let at: RightsOrg;
let admin: User;

beforeEach(async () => {
  at = await RightsOrg.start({ now: () => new Date('2026-03-01T10:00:00Z') });
  admin = at.admin;
});
afterEach(() => at.close());

async function rows(soql: string, path = '/query'): Promise<readonly Record<string, unknown>[]> {
  const reply = await admin.rest('GET', `${path}?q=${encodeURIComponent(soql)}`);
  const { records } = reply.body as { records?: readonly Record<string, unknown>[] };
  if (!records) throw new Error(JSON.stringify(reply.body));
  return records.map((record) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'attributes')),
  );
}

const versionFields =
  'Title, PathOnClient, FileType, FileExtension, ContentSize, Checksum, VersionNumber, IsLatest';

statement(
  '`POST sobjects/ContentVersion` with `PathOnClient` and `VersionData` in base64 creates a file: its version (068…) and its document (069…), with title, type, extension, size, MD5 checksum and number of the version.',
  async () => {
    const { id, documentId } = await upload(at, admin);
    expect([id.slice(0, 3), documentId.slice(0, 3)]).toEqual(['068', '069']);
    const soql = `SELECT ${versionFields} FROM ContentVersion WHERE ContentDocumentId IN ('${documentId}') AND IsLatest = true`;
    expect(await rows(soql)).toEqual([
      {
        Title: 'shirt',
        PathOnClient: 'folder/shirt.png',
        FileType: 'PNG',
        FileExtension: 'png',
        ContentSize: image.length,
        Checksum: md5(image),
        VersionNumber: '1',
        IsLatest: true,
      },
    ]);
    const document =
      'LatestPublishedVersionId, Title, FileType, FileExtension, ContentSize, OwnerId';
    expect(await rows(`SELECT ${document} FROM ContentDocument`)).toEqual([
      {
        LatestPublishedVersionId: id,
        Title: 'shirt',
        FileType: 'PNG',
        FileExtension: 'png',
        ContentSize: image.length,
        OwnerId: admin.id,
      },
    ]);
  },
);

statement(
  'A new file can be a multipart message: one part is JSON, the other has the bytes and is named `VersionData`, in whichever order; without a JSON part it is refused with 400 `INVALID_MULTIPART_REQUEST`.',
  async () => {
    const record = { PathOnClient: 'shirt.png', Title: 'A shirt' };
    const json = jsonPart('entity_content', record);
    const documented = await send(at, admin, multipart([json, bytesPart()]));
    const turned = await send(
      at,
      admin,
      multipart([bytesPart(), jsonPart('ContentVersion', record)]),
    );
    for (const { status, body } of [documented, turned]) {
      expect(status).toBe(201);
      const { id } = body as { id: string };
      expect(at.value('ContentVersion', id, 'Title')).toBe('A shirt');
      expect((await bytesOf(at, admin, id)).bytes.equals(image)).toBe(true);
    }
    const plain = { ...json, headers: json.headers.slice(0, 1) };
    const refused = [
      multipart([bytesPart()]),
      multipart([plain, bytesPart()]),
      multipart([json]),
      multipart([json, bytesPart(), bytesPart()]),
      multipart([json, bytesPart()]).subarray(0, -20),
    ];
    for (const body of refused) {
      expect(outcome(await send(at, admin, body))).toBe('400 INVALID_MULTIPART_REQUEST');
    }
    const without = await send(at, admin, multipart([json, bytesPart()]), 'multipart/form-data');
    expect(outcome(without)).toBe('400 INVALID_MULTIPART_REQUEST');
  },
);

statement(
  'A new file without `PathOnClient` or `VersionData` is refused with `REQUIRED_FIELD_MISSING`, one whose `VersionData` is no base64 with `INVALID_TYPE_ON_FIELD_IN_RECORD`.',
  async () => {
    const post = (record: object) => admin.rest('POST', '/sobjects/ContentVersion', record);
    expect((await post({ Title: 'x' })).body).toEqual([
      {
        errorCode: 'REQUIRED_FIELD_MISSING',
        message: 'Required fields are missing: [PathOnClient, VersionData]',
        fields: ['PathOnClient', 'VersionData'],
      },
    ]);
    const bad = '400 INVALID_TYPE_ON_FIELD_IN_RECORD';
    expect(outcome(await post(fileRecord({ VersionData: 'data:image/png;base64,AAAA' })))).toBe(
      bad,
    );
    expect(outcome(await post(fileRecord({ VersionData: 'AAAAA' })))).toBe(bad);
    expect(await rows('SELECT Id FROM ContentDocument')).toEqual([]);
  },
);

statement(
  'A call with a file is refused with 413 beyond 50 MB of JSON, which is 37.5 MB of bytes, and beyond 100 MB of a multipart message, of which a real org takes 2 GB.',
  async () => {
    const megabyte = 1024 * 1024;
    const large = Buffer.alloc(7 * megabyte, 'A').toString();
    const sevenMegabytes = await created(
      admin,
      'ContentVersion',
      fileRecord({ VersionData: large }),
    );
    expect(at.value('ContentVersion', sevenMegabytes, 'ContentSize')).toBe((7 * megabyte * 3) / 4);
    const json = Buffer.alloc(50 * megabyte + 1, ' ');
    expect(outcome(await send(at, admin, json, 'application/json'))).toBe('413 REQUEST_TOO_LARGE');
    const form = Buffer.alloc(100 * megabyte + 1, ' ');
    expect(outcome(await send(at, admin, form))).toBe('413 REQUEST_TOO_LARGE');
  },
);

statement(
  'With `ContentDocumentId` the file is a new version of that document, which follows it: `LatestPublishedVersionId`, title, type and size; earlier versions stay, and `IsLatest` is false.',
  async () => {
    const first = await upload(at, admin);
    const bytes = Buffer.from('GIF89a, and more of it');
    const second = await upload(at, admin, {
      ContentDocumentId: first.documentId,
      PathOnClient: 'C:\\shirts\\Summer shirt.GIF',
      VersionData: bytes.toString('base64'),
    });
    expect(second.documentId).toBe(first.documentId);
    const soql = 'SELECT Id, VersionNumber, IsLatest, Checksum FROM ContentVersion ORDER BY Id';
    expect(await rows(soql)).toEqual([
      { Id: first.id, VersionNumber: '1', IsLatest: false, Checksum: md5(image) },
      { Id: second.id, VersionNumber: '2', IsLatest: true, Checksum: md5(bytes) },
    ]);
    const document = 'LatestPublishedVersionId, Title, FileType, FileExtension, ContentSize';
    expect(await rows(`SELECT ${document} FROM ContentDocument`)).toEqual([
      {
        LatestPublishedVersionId: second.id,
        Title: 'Summer shirt',
        FileType: 'GIF',
        FileExtension: 'GIF',
        ContentSize: bytes.length,
      },
    ]);
    expect((await bytesOf(at, admin, first.id)).bytes.equals(image)).toBe(true);
    const both = { ContentDocumentId: first.documentId, FirstPublishLocationId: admin.id };
    const refused = await admin.rest('POST', '/sobjects/ContentVersion', fileRecord(both));
    expect(outcome(refused)).toBe('400 FIELD_INTEGRITY_EXCEPTION');
  },
);

statement(
  '`FirstPublishLocationId` links a new file to that record as `V`; its owner is linked as `I`, and that link stays.',
  async () => {
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const { documentId } = await upload(at, admin, { FirstPublishLocationId: product });
    const soql = `SELECT LinkedEntityId, ShareType, Visibility FROM ContentDocumentLink WHERE ContentDocumentId = '${documentId}' ORDER BY ShareType`;
    expect(await rows(soql)).toEqual([
      { LinkedEntityId: product, ShareType: 'V', Visibility: 'AllUsers' },
      { LinkedEntityId: admin.id, ShareType: 'I', Visibility: 'AllUsers' },
    ]);
    const own = `SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '${admin.id}'`;
    const [link] = await rows(own);
    const refused = await admin.rest(
      'DELETE',
      `/sobjects/ContentDocumentLink/${String(link?.['Id'])}`,
    );
    expect(outcome(refused)).toBe('400 FIELD_INTEGRITY_EXCEPTION');
    const nowhere = fileRecord({ FirstPublishLocationId: at.permissionSet('Everything') });
    const wrong = await admin.rest('POST', '/sobjects/ContentVersion', nowhere);
    expect(outcome(wrong)).toBe('400 FIELD_INTEGRITY_EXCEPTION');
  },
);

statement(
  'Title and description of a document and of its latest version change together; bytes never change.',
  async () => {
    const { id, documentId } = await upload(at, admin);
    const change = (object: string, record: string, body: object) =>
      admin.rest('PATCH', `/sobjects/${object}/${record}`, body);
    expect((await change('ContentDocument', documentId, { Title: 'One' })).status).toBe(204);
    expect(at.value('ContentVersion', id, 'Title')).toBe('One');
    const described = { Title: 'Two', Description: 'A shirt' };
    expect((await change('ContentVersion', id, described)).status).toBe(204);
    expect(at.value('ContentDocument', documentId, 'Title')).toBe('Two');
    expect(at.value('ContentDocument', documentId, 'Description')).toBe('A shirt');
    const bytes = await change('ContentVersion', id, { VersionData: 'AAAA' });
    expect(outcome(bytes)).toBe('400 INVALID_FIELD_FOR_INSERT_UPDATE');
    const untitled = '400 REQUIRED_FIELD_MISSING';
    expect(outcome(await change('ContentVersion', id, { Title: null }))).toBe(untitled);
    expect(outcome(await change('ContentDocument', documentId, { Title: '' }))).toBe(untitled);
    const given = await change('ContentDocument', documentId, { OwnerId: at.integration.id });
    expect(outcome(given)).toBe('400 NOT_EMULATED');
  },
);

statement(
  'A document is not created by itself, and a version not deleted: `CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY`, `INSUFFICIENT_ACCESS_OR_READONLY`. A document that is deleted takes its versions and links along.',
  async () => {
    const alone = await admin.rest('POST', '/sobjects/ContentDocument', { Title: 'x' });
    expect(outcome(alone)).toBe('400 CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY');
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const { id, documentId } = await upload(at, admin, { FirstPublishLocationId: product });
    const version = await admin.rest('DELETE', `/sobjects/ContentVersion/${id}`);
    expect(outcome(version)).toBe('403 INSUFFICIENT_ACCESS_OR_READONLY');
    const able = async (object: string): Promise<unknown> => {
      const { createable, updateable, deletable } = await admin.describe(object);
      return { createable, updateable, deletable };
    };
    expect(await able('ContentDocument')).toEqual({
      createable: false,
      updateable: true,
      deletable: true,
    });
    expect(await able('ContentVersion')).toEqual({
      createable: true,
      updateable: true,
      deletable: false,
    });
    const links = `SELECT Id FROM ContentDocumentLink WHERE LinkedEntityId = '${product}'`;
    expect(await rows(links)).toHaveLength(1);
    const gone = await admin.rest('DELETE', `/sobjects/ContentDocument/${documentId}`);
    expect(gone.status).toBe(204);
    expect(await rows(links)).toEqual([]);
    expect(await rows(`SELECT Id FROM ContentVersion WHERE Id = '${id}'`)).toEqual([]);
    const all = `SELECT IsDeleted FROM ContentVersion WHERE Id = '${id}'`;
    expect(await rows(all, '/queryAll')).toEqual([{ IsDeleted: true }]);
    expect((await bytesOf(at, admin, id)).status).toBe(404);
  },
);

statement(
  '`GET sobjects/ContentVersion/{id}/VersionData` gives the bytes as they were sent, for one API call; where there is no such file it is answered with 404 `NOT_FOUND`, in a composite call it is refused.',
  async () => {
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 7) % 256));
    const { id } = await upload(at, admin, { VersionData: bytes.toString('base64') });
    at.org.requestLog.reset();
    const got = await bytesOf(at, admin, id);
    expect([got.status, got.type, got.bytes.equals(bytes)]).toEqual([
      200,
      'application/octetstream',
      true,
    ]);
    const { billed, byKind } = at.org.requestLog.totals();
    expect([billed, byKind]).toEqual([1, { blob: 1 }]);
    const address = `/sobjects/ContentVersion/${id.slice(0, 15)}/VersionData`;
    expect((await bytesAt(at, admin, `${root}${address}`)).status).toBe(200);
    const unknown = await admin.rest(
      'GET',
      '/sobjects/ContentVersion/068Lo0000000099AAA/VersionData',
    );
    expect(outcome(unknown)).toBe('404 NOT_FOUND');
    const { body } = await admin.rest('POST', '/composite', {
      compositeRequest: [{ method: 'GET', url: `${root}${address}`, referenceId: 'bytes' }],
    });
    const [sub] = (body as { compositeResponse: { httpStatusCode: number }[] }).compositeResponse;
    expect(sub?.httpStatusCode).toBe(400);
  },
);

statement('In records, `VersionData` is the address of the bytes.', async () => {
  const { id, documentId } = await upload(at, admin);
  const address = `${root}/sobjects/ContentVersion/${id}/VersionData`;
  expect(await rows('SELECT VersionData FROM ContentVersion')).toEqual([{ VersionData: address }]);
  const { body } = await admin.rest('GET', `/sobjects/ContentVersion/${id}?fields=VersionData`);
  expect(body).toMatchObject({ VersionData: address });
  const path = `SELECT LatestPublishedVersion.VersionData FROM ContentDocument WHERE Id = '${documentId}'`;
  expect(await rows(path)).toMatchObject([{ LatestPublishedVersion: { VersionData: address } }]);
  expect((await bytesAt(at, admin, address)).bytes.equals(image)).toBe(true);
});

statement(
  'A link has a document, a record or a user, and a `ShareType`: `V`, `C` or `I`, for a user not `I`; a second link of the same two is refused with `DUPLICATE_VALUE`.',
  async () => {
    const product = await created(admin, 'Product2', { Name: 'Shirt' });
    const { documentId } = await upload(at, admin);
    const link = (LinkedEntityId: string, more: object = { ShareType: 'V' }) =>
      admin.rest('POST', '/sobjects/ContentDocumentLink', {
        ContentDocumentId: documentId,
        LinkedEntityId,
        ...more,
      });
    expect(outcome(await link(product, {}))).toBe('400 REQUIRED_FIELD_MISSING');
    const restricted = '400 INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST';
    expect(outcome(await link(product, { ShareType: 'Viewer' }))).toBe(restricted);
    const visible = { ShareType: 'V', Visibility: 'Everyone' };
    expect(outcome(await link(product, visible))).toBe(restricted);
    const user = at.integration.id;
    expect(outcome(await link(user, { ShareType: 'I' }))).toBe('400 FIELD_INTEGRITY_EXCEPTION');
    expect(outcome(await link(documentId))).toBe('400 FIELD_INTEGRITY_EXCEPTION');
    expect((await link(user, { ShareType: 'C' })).status).toBe(201);
    const first = await link(product);
    expect(first.status).toBe(201);
    const second = await link(product, { ShareType: 'I' });
    expect(second.body).toEqual([
      {
        errorCode: 'DUPLICATE_VALUE',
        message: `Document with ID: ${documentId} is already linked with the entity with ID: ${product}`,
        fields: ['LinkedEntityId'],
      },
    ]);
    const { id } = first.body as { id: string };
    expect((await admin.rest('DELETE', `/sobjects/ContentDocumentLink/${id}`)).status).toBe(204);
    expect((await link(product, { ShareType: 'I' })).status).toBe(201);
  },
);

statement('Deleting a record deletes its links, not its files.', async () => {
  const product = await created(admin, 'Product2', { Name: 'Shirt' });
  const { id, documentId } = await upload(at, admin, { FirstPublishLocationId: product });
  expect((await admin.rest('DELETE', `/sobjects/Product2/${product}`)).status).toBe(204);
  const links = `SELECT LinkedEntityId FROM ContentDocumentLink WHERE ContentDocumentId = '${documentId}'`;
  expect(await rows(links)).toEqual([{ LinkedEntityId: admin.id }]);
  expect((await bytesOf(at, admin, id)).bytes.equals(image)).toBe(true);
});
