import { globSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../lib/sf.ts';
import { CONTENT, strays } from './content.ts';

const base = `${CONTENT}/main/default`;
const files = (pattern: string): readonly string[] => globSync(pattern, { cwd: root });

describe('the content of the package', () => {
  it('refers to nothing that is outside of it', () => {
    expect(strays(root)).toEqual([]);
  });

  it('has objects, code, pages and permission sets, and nothing that is the admin’s', () => {
    for (const folder of ['objects', 'classes', 'lwc', 'flexipages', 'permissionsets']) {
      expect(files(`${base}/${folder}/*`), folder).not.toEqual([]);
    }
    const admins = '{customMetadata,externalCredentials,namedCredentials,workflows,sharingRules}';
    expect(files(`${CONTENT}/**/${admins}/*`)).toEqual([]);
    const named = files(`${CONTENT}/**/*.xml`).filter((path) =>
      /<externalCredentialPrincipal>|<integrationUser>|\.invalid\b/.test(
        readFileSync(join(root, path), 'utf8'),
      ),
    );
    expect(named).toEqual([]);
  });

  it('has no flow that sends an outbound message', () => {
    const sending = files('{force-app,config/org}/**/*.flow-meta.xml').filter((path) =>
      readFileSync(join(root, path), 'utf8').includes('>outboundMessage<'),
    );
    expect(sending).toHaveLength(5);
    expect(sending.filter((path) => path.startsWith(CONTENT))).toEqual([]);
  });
});

describe('a reference that is planted', () => {
  let copy: string;

  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'woo-salesforce-content-'));
    cpSync(join(root, CONTENT), join(copy, CONTENT), { recursive: true });
  });

  afterAll(() => {
    rmSync(copy, { recursive: true, force: true });
  });

  it.each([
    ['permissionsets/Woo_Sales.permissionset-meta.xml', '<label>', 'Woo_Store_Keys'],
    ['flexipages/Woo_Home.flexipage-meta.xml', '<masterLabel>', 'Woo_Product_Created'],
    ['classes/WooGateway.cls', 'class', 'Woo_Outlet'],
    ['lwc/wooPager/wooPager.js', 'export', 'Woo_Variants__r'],
  ])('in %s is found', (path, search, name) => {
    const file = join(copy, base, path);
    const text = readFileSync(file, 'utf8');
    expect(text).toContain(search);
    writeFileSync(file, text.replace(search, `${search} ${name} `));
    expect(strays(copy)).toEqual([{ file: `${base}/${path}`, name }]);
    writeFileSync(file, text);
  });
});
