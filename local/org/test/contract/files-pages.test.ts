import { afterEach, beforeEach, expect } from 'vitest';
import { created, image, upload } from './files-org.ts';
import { RightsOrg, type User } from './rights-org.ts';
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

interface Page {
  readonly status: number;
  readonly type: string | null;
  readonly disposition: string | null;
  readonly bytes: Buffer;
}

async function page(who: User, path: string, method = 'GET'): Promise<Page> {
  const headers = { authorization: `Bearer ${who.token}` };
  const answer = await fetch(`${at.url}/sfc/servlet.shepherd/${path}`, { method, headers });
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    disposition: answer.headers.get('content-disposition'),
    bytes: Buffer.from(await answer.arrayBuffer()),
  };
}

const thumbnail = (who: User, id: string, rendition = 'THUMB120BY90'): Promise<Page> =>
  page(who, `version/renditionDownload?rendition=${rendition}&versionId=${id}`);

statement(
  '`GET /sfc/servlet.shepherd/version/download/{068…}` and `document/download/{069…}` give who is signed in the bytes of a file that it may see, with the content type of the extension and a file name to save it under; other files are answered with 404.',
  async () => {
    const { id, documentId } = await upload(at, admin, { Title: 'Tee "grün"' });
    const disposition = `attachment; filename="Tee _gr_n_.png"; filename*=UTF-8''Tee%20%22gr%C3%BCn%22.png`;
    const shown = { status: 200, type: 'image/png', disposition, bytes: image };
    expect(await page(admin, `version/download/${id.slice(0, 15)}`)).toEqual(shown);
    expect(await page(admin, `document/download/${documentId}`)).toEqual(shown);
    const next = { ContentDocumentId: documentId, PathOnClient: 'b.TXT', VersionData: 'YQ==' };
    await upload(at, admin, next);
    expect(await page(admin, `document/download/${documentId}`)).toMatchObject({
      type: 'text/plain',
      bytes: Buffer.from('a'),
    });
    expect(await page(admin, `version/download/${id}`)).toMatchObject({ bytes: image });
    const strange = await upload(at, admin, { PathOnClient: 'a.xyz' });
    const unknown = await page(admin, `version/download/${strange.id}`);
    expect(unknown.type).toBe('application/octet-stream');
    const absent = [
      `version/download/${documentId}`,
      `document/download/${id}`,
      'version/download/068000000000001AAA',
      'document/download/x',
    ];
    for (const path of absent) expect((await page(admin, path)).status, path).toBe(404);
    for (const path of [`version/download/${id}`, `document/download/${documentId}`]) {
      expect((await page(user, path)).status, path).toBe(404);
    }
    expect((await page(admin, `version/download/${id}/${strange.id}`)).status).toBe(501);
    expect((await page(admin, `version/download/${id}`, 'POST')).status).toBe(501);
  },
);

statement(
  '`GET /sfc/servlet.shepherd/version/renditionDownload` with `versionId` and `rendition` (`THUMB120BY90`, `THUMB240BY180`, `THUMB720BY480`) shows a png, jpg, gif or webp; the local org does not scale images, so a rendition is the original. Other files have none and are answered with 404, other renditions with 501.',
  async () => {
    const types = { png: 'png', JPG: 'jpeg', jpeg: 'jpeg', gif: 'gif', webp: 'webp' };
    for (const [extension, type] of Object.entries(types)) {
      const { id } = await upload(at, admin, { PathOnClient: `a.${extension}` });
      const shown = { status: 200, type: `image/${type}`, disposition: null, bytes: image };
      expect(await thumbnail(admin, id), extension).toEqual(shown);
      expect((await thumbnail(user, id)).status, extension).toBe(404);
    }
    for (const extension of ['pdf', 'svg', 'txt']) {
      const { id } = await upload(at, admin, { PathOnClient: `a.${extension}` });
      expect((await thumbnail(admin, id)).status, extension).toBe(404);
    }
    const { id } = await upload(at, admin);
    for (const rendition of ['THUMB240BY180', 'THUMB720BY480']) {
      expect((await thumbnail(admin, id, rendition)).status).toBe(200);
    }
    expect((await thumbnail(admin, id, 'ORIGINAL_Png')).status).toBe(501);
    expect((await thumbnail(admin, '')).status).toBe(404);
    // A record that shows its files opens them, as in a query by id.
    user.grant({ objects: { Account: 'read' } });
    const account = at.insert('Account', { Name: 'Open', OwnerId: user.id });
    const linked = await upload(at, admin, { FirstPublishLocationId: account });
    expect((await thumbnail(user, linked.id)).status).toBe(200);
  },
);

statement(
  'Downloads and renditions are no API calls, and need no permission to use the API.',
  async () => {
    const { id, documentId } = await upload(at, admin);
    const person = at.person('page@example.com', 'Minimum Access - Salesforce');
    const link = { LinkedEntityId: person.id, ContentDocumentId: documentId, ShareType: 'V' };
    await created(admin, 'ContentDocumentLink', link);
    expect((await person.rest('GET', '/limits')).status).toBe(403);
    expect((await thumbnail(person, id)).status).toBe(200);
    at.org.requestLog.reset();
    await page(admin, `version/download/${id}`);
    await thumbnail(admin, id);
    const nobody = await fetch(`${at.url}/sfc/servlet.shepherd/version/download/${id}`);
    expect(nobody.status).toBe(401);
    const { billed, byKind } = at.org.requestLog.totals();
    expect([billed, byKind]).toEqual([0, { download: 2, refused: 1 }]);
    at.org.requestLog.dailyLimit = 0;
    expect((await thumbnail(admin, id)).status).toBe(200);
  },
);
