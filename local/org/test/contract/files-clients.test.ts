import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { SfSandbox } from '../../metadata/test/sf-cli.ts';
import { md5, image } from './files-org.ts';
import { HttpOrg } from './http-org.ts';
import { statement } from './statement.ts';

interface Version {
  readonly Id: string;
  readonly ContentDocumentId: string;
}

let org: HttpOrg;

beforeAll(async () => {
  org = await HttpOrg.start();
});
afterAll(() => org.close());

const bytesOf = (id: string): Promise<Buffer> =>
  buffer(org.conn.sobject('ContentVersion').record(id).blob('VersionData'));

statement.group(
  '`sf data create file` and `sf data query`, and `create` and `blob` of jsforce, work with files.',
  () => {
    const record = {
      Title: 'Shirt',
      PathOnClient: 'shirt.png',
      VersionData: image.toString('base64'),
    };

    it('creates a file as JSON, finds it and reads its bytes', async () => {
      const result = await org.conn.sobject('ContentVersion').create({ ...record });
      const id = String(result.id);
      expect(
        await org.conn.sobject('ContentVersion').findOne({ Id: id }, ['Checksum']),
      ).toMatchObject({
        Checksum: md5(image),
      });
      expect((await bytesOf(id)).equals(image)).toBe(true);
    });

    it('creates a file as a multipart message, the bytes first', async () => {
      const file = { contentType: 'image/png', filename: 'shirt.png' };
      const options = { multipartFileFields: { VersionData: file } };
      const result = await org.conn.sobject('ContentVersion').create({ ...record }, options);
      expect((await bytesOf(String(result.id))).equals(image)).toBe(true);
    });

    it('and the CLI creates a file, links it and queries it', async () => {
      const sandbox = await SfSandbox.create();
      try {
        const login = ['org', 'login', 'access-token', '--no-prompt', '--alias', 'local'];
        const signIn = [...login, '--instance-url', org.url];
        const signedIn = await sandbox.run(signIn, { SF_ACCESS_TOKEN: org.org.adminToken });
        expect(signedIn.status).toBe(0);
        const product = await org.create('Product2', { Name: 'Shirt' });
        const path = join(sandbox.project, 'cli.png');
        await writeFile(path, image);
        const create = ['data', 'create', 'file', '--file', path, '--parent-id', product];
        const made = await sandbox.run(create);
        expect(made.result).toMatchObject({ Title: 'cli', FileExtension: 'png' });
        const { Id, ContentDocumentId } = made.result as Version;
        expect((await bytesOf(Id)).equals(image)).toBe(true);
        const soql = `SELECT ContentDocumentId FROM ContentDocumentLink WHERE LinkedEntityId = '${product}'`;
        const asked = await sandbox.run(['data', 'query', '--query', soql]);
        expect(asked.result).toMatchObject({ records: [{ ContentDocumentId }] });
      } finally {
        await sandbox.remove();
      }
    });
  },
);
