import { unzipSync, strFromU8 } from 'fflate';
import { Connection } from 'jsforce';
import { afterAll, beforeAll, expect } from 'vitest';
import type { OrgData } from '../../data/org-data.ts';
import { createOrg, type Org } from '../../org.ts';
import {
  deployFiles,
  deployZip,
  failuresOf,
  orgWithBasics,
  record,
  value,
} from '../../metadata/test/packages.ts';
import { orgForProject, packageOf, projectSource } from '../../metadata/test/project.ts';
import { Retrieves } from '../../metadata/retrieve/retrieves.ts';
import { statement } from './statement.ts';

let org: Org;
let connection: Connection;

interface Retrieved {
  readonly zipFile: string;
  readonly success: boolean;
  readonly messages?: readonly { readonly problem: string }[];
  readonly fileProperties: readonly { readonly fileName: string; readonly type: string }[];
}

async function retrieve(types: readonly { name: string; members: readonly string[] }[]) {
  const locator = connection.metadata.retrieve({
    apiVersion: 66,
    singlePackage: true,
    unpackaged: { types: types as never, version: '66.0' } as never,
  });
  const result = (await locator.complete()) as unknown as Retrieved;
  const zip = Buffer.from(result.zipFile, 'base64');
  const files = Object.entries(unzipSync(zip)).map(([path, bytes]) => [path, strFromU8(bytes)]);
  return { ...result, zip, files: Object.fromEntries(files) as Record<string, string> };
}

const componentsOf = (data: OrgData): readonly unknown[] =>
  data
    .components()
    .map(({ type, fullName, body }) => ({ type, fullName, body }))
    .toSorted((a, b) => (`${a.type}:${a.fullName}` < `${b.type}:${b.fullName}` ? -1 : 1));

beforeAll(async () => {
  org = createOrg({ features: { translations: true } });
  const url = await org.listen(0);
  connection = new Connection({ instanceUrl: url, accessToken: org.adminToken, version: '66.0' });
  const deployed = deployFiles(org.data, packageOf(projectSource()));
  expect(failuresOf(deployed)).toEqual([]);
});
afterAll(() => org.close());

statement(
  'What a retrieve gives back can be deployed as it is, and makes of a new org the same: all types that are taken, as the Metadata API names their files.',
  async () => {
    const types = [...new Set(org.data.components().map((one) => one.type))]
      .filter((type) => !type.endsWith('Folder'))
      .map((name) => ({
        name,
        members: org.data.components().flatMap((one) => {
          const isOf = [name, `${name}Folder`].includes(one.type);
          return isOf ? [one.fullName] : [];
        }),
      }));
    const { zip, messages, files, fileProperties } = await retrieve(types);
    expect(messages ?? []).toEqual([]);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining([
        'package.xml',
        'objects/Woo_Order__c.object',
        'flows/Woo_Product_Images.flow',
        'customMetadata/Woo_Store.Main_Store.md',
        'classes/WooGateway.cls-meta.xml',
        'reports/Woo_Reports-meta.xml',
      ]),
    );
    expect(fileProperties).toHaveLength(org.data.components().length);
    const copy = orgForProject();
    expect(failuresOf(deployZip(copy, zip))).toEqual([]);
    expect(componentsOf(copy)).toEqual(componentsOf(org.data));
  },
);

statement(
  'A retrieve gives what package.xml names: `*` all of a type, an object with all that is in its file, a field without the rest; names that lead nowhere are told beside the zip.',
  async () => {
    const all = await retrieve([{ name: 'Flow', members: ['*'] }]);
    const flows = org.data.components().filter((one) => one.type === 'Flow');
    expect(Object.keys(all.files)).toHaveLength(flows.length + 1);
    const object = await retrieve([{ name: 'CustomObject', members: ['Woo_Order__c'] }]);
    expect(Object.keys(object.files).toSorted()).toEqual([
      'objects/Woo_Order__c.object',
      'package.xml',
    ]);
    expect(object.files['objects/Woo_Order__c.object']).toMatch(/<sharingModel>[^]*<fields>/);
    const field = await retrieve([{ name: 'CustomField', members: ['Woo_Order__c.Total__c'] }]);
    const source = field.files['objects/Woo_Order__c.object'] ?? '';
    expect(source.match(/<fullName>\w+<\/fullName>/g)).toEqual(['<fullName>Total__c</fullName>']);
    expect(source).not.toContain('<sharingModel>');
    const none = await retrieve([
      { name: 'Flow', members: ['Nope'] },
      { name: 'Group', members: ['Nope'] },
    ]);
    expect(none.success).toBe(true);
    expect((none.messages ?? []).map((one) => one.problem)).toEqual([
      "Entity of type 'Flow' named 'Nope' cannot be found",
      expect.stringContaining('does not emulate the metadata type Group'),
    ]);
  },
);

/** The file of a custom metadata record, as a retrieve gives it. */
function recordOf(data: OrgData, fullName: string): string {
  const retrieves = new Retrieves(data, () => new Date(0));
  const id = retrieves.start({
    by: { id: '005', name: 'A' },
    asked: [{ type: 'CustomMetadata', member: fullName }],
    version: '66.0',
    singlePackage: false,
  });
  const zip = unzipSync(Buffer.from(retrieves.find(id)?.zipFile ?? '', 'base64'));
  const path = `unpackaged/customMetadata/${fullName}.md`;
  expect(Object.keys(zip)).toEqual([path, 'unpackaged/package.xml']);
  return strFromU8(zip[path] ?? new Uint8Array());
}

statement('A retrieve after an edit gives the edit, and keeps what is special in XML.', () => {
  const basics = orgWithBasics();
  const name = 'customMetadata/Rule.Odd.md';
  const edits = ['x', `a &lt;b&gt; &amp; &quot;c&quot; d&apos;s é`];
  for (const text of edits) {
    const files = { [name]: record('Odd', value('Needed__c', 'string', text)) };
    expect(failuresOf(deployFiles(basics, files))).toEqual([]);
  }
  const given = recordOf(basics, 'Rule.Odd');
  expect(given).toContain(`<value xsi:type="xsd:string">${edits[1] ?? ''}</value>`);
  expect(failuresOf(deployFiles(basics, { [name]: given }))).toEqual([]);
  expect(recordOf(basics, 'Rule.Odd')).toBe(given);
  expect(deployFiles(basics, { [name]: given }).details.componentSuccesses).toContainEqual(
    expect.objectContaining({ fullName: 'Rule.Odd', changed: false }),
  );
});

statement(
  'A record of custom metadata is given with all fields that its type has, by name: empty ones as `xsi:nil`, checkboxes as `false`, whole numbers as `1.0`.',
  () => {
    const basics = orgWithBasics();
    const values = [
      value('Needed__c', 'string', 'x'),
      value('Minutes__c', 'double', '5'),
      value('Colour__c', 'string', ''),
    ];
    const files = { 'customMetadata/Rule.Odd.md': record('Odd', ...values) };
    expect(failuresOf(deployFiles(basics, files))).toEqual([]);
    const pairs = recordOf(basics, 'Rule.Odd').matchAll(
      /<field>(\w+)<\/field>\n {8}<value (.*)\n/g,
    );
    const nil = 'xsi:nil="true"/>';
    expect([...pairs].map(([, field, rest]) => [field, rest])).toEqual([
      ['Colour__c', nil],
      ['Field__c', nil],
      ['Group__c', nil],
      ['Minutes__c', 'xsi:type="xsd:double">5.0</value>'],
      ['Needed__c', 'xsi:type="xsd:string">x</value>'],
      ['Object__c', nil],
      ['On__c', 'xsi:type="xsd:boolean">false</value>'],
      ['Particle__c', nil],
    ]);
  },
);
