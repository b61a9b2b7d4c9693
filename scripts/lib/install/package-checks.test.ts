import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrg } from '../../../local/org/org.ts';
import { deployFiles, failuresOf, file } from '../../../local/org/metadata/test/packages.ts';
import { AdminSession } from './admin-session.ts';
import { mustBeInstalled, mustHaveNoNamespace } from './package-checks.ts';

const org = createOrg();
let session: AdminSession;

beforeAll(async () => {
  session = new AdminSession(await org.listen(0), org.adminUsername, org.adminToken);
});

afterAll(() => org.close());

describe('an org for the package', () => {
  it('has no namespace of its own', async () => {
    await mustHaveNoNamespace(session);
    org.data.db.run('UPDATE Organization SET NamespacePrefix = ?', 'acme');
    await expect(mustHaveNoNamespace(session)).rejects.toThrow(
      /namespace acme: .*\/services\/apexrest\/acme\/woo.*Nothing was changed/,
    );
    org.data.db.run('UPDATE Organization SET NamespacePrefix = NULL');
  });

  it('has the package before what comes after it', async () => {
    await expect(mustBeInstalled(session)).rejects.toThrow('The package is not in the org');
    const type = '<label>Woo Mapping</label><pluralLabel>Woo Mappings</pluralLabel>';
    const files = { 'objects/Woo_Mapping__mdt.object': file('CustomObject', type) };
    expect(failuresOf(deployFiles(org.data, files))).toEqual([]);
    await mustBeInstalled(session);
  });
});
