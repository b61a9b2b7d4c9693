import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { bytesOf, created, image, upload } from '../../test/contract/files-org.ts';
import { RightsOrg } from '../../test/contract/rights-org.ts';

let at: RightsOrg;

beforeAll(async () => {
  at = await RightsOrg.start({ features: { translations: true } }, (org) => {
    expect(failuresOf(deployFiles(org, packageOf(projectSource())))).toEqual([]);
  });
});
afterAll(() => at.close());
beforeEach(() => {
  at.org.data.db.run('DELETE FROM PermissionSetAssignment');
});

it('Woo_Integration finds and reads the files of products by their ids, and no others', async () => {
  const product = await created(at.admin, 'Product2', { Name: 'Shirt' });
  const linked = await upload(at, at.admin, { FirstPublishLocationId: product });
  const other = await upload(at, at.admin);
  const ids = `'${linked.documentId}', '${other.documentId}'`;
  const soql =
    'SELECT Id, ContentDocumentId, Title, PathOnClient, FileType, FileExtension, ContentSize, Checksum, ' +
    `VersionNumber, IsLatest FROM ContentVersion WHERE ContentDocumentId IN (${ids}) AND IsLatest = true`;
  const user = at.integration;
  expect(await user.values(soql)).toEqual([]);
  user.assign('Woo_Integration');
  expect(await user.values(soql)).toEqual([linked.id]);
  expect((await bytesOf(at, user, linked.id)).bytes.equals(image)).toBe(true);
  expect((await bytesOf(at, user, other.id)).status).toBe(404);
});
