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
      .filter((type) => type !== 'ReportFolder')
      .map((name) => ({
        name,
        members: org.data.components().flatMap((one) => {
          const isOf = one.type === name || (name === 'Report' && one.type === 'ReportFolder');
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

statement('A retrieve after an edit gives the edit, and keeps what is special in XML.', () => {
  const basics = orgWithBasics();
  const odd = record(
    'Odd',
    value('Needed__c', 'string', 'a &lt;b&gt; &amp; &quot;c&quot; é'),
    value('Minutes__c', 'double', '5.0'),
    '<values><field>Colour__c</field><value xsi:nil="true"/></values>',
  );
  const name = 'customMetadata/Rule.Odd.md';
  expect(
    failuresOf(deployFiles(basics, { [name]: record('Odd', value('Needed__c', 'string', 'x')) })),
  ).toEqual([]);
  expect(failuresOf(deployFiles(basics, { [name]: odd }))).toEqual([]);
  const retrieves = new Retrieves(basics, () => new Date(0));
  const id = retrieves.start({
    by: { id: '005', name: 'A' },
    asked: [{ type: 'CustomMetadata', member: 'Rule.Odd' }],
    version: '66.0',
    singlePackage: false,
  });
  const zip = unzipSync(Buffer.from(retrieves.find(id)?.zipFile ?? '', 'base64'));
  expect(Object.keys(zip)).toEqual([`unpackaged/${name}`, 'unpackaged/package.xml']);
  const given = strFromU8(zip[`unpackaged/${name}`] ?? new Uint8Array());
  expect(given).toContain('<value xsi:type="xsd:string">a &lt;b&gt; &amp; &quot;c&quot; é</value>');
  expect(given).toContain('<value xsi:type="xsd:double">5.0</value>');
  expect(given).toContain('xsi:nil="true"');
  expect(deployFiles(basics, { [name]: given }).details.componentSuccesses).toContainEqual(
    expect.objectContaining({ fullName: 'Rule.Odd', changed: false }),
  );
});
