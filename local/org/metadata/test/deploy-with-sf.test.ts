import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrg, type Org } from '../../org.ts';
import { SfSandbox } from './sf-cli.ts';

/** The parts of `sf project deploy start --json` that these tests read. */
interface DeployReport {
  readonly status: string;
  readonly success: boolean;
  readonly numberComponentErrors: number;
  readonly files: readonly {
    readonly fullName: string;
    readonly type: string;
    readonly state: string;
    readonly filePath?: string;
    readonly error?: string;
    readonly lineNumber?: number;
    readonly columnNumber?: number;
  }[];
}

let org: Org;
let sf: SfSandbox;

beforeAll(async () => {
  org = createOrg();
  const url = await org.listen(0);
  sf = await SfSandbox.create();
  const login = await sf.run(
    ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt', '--alias', 'local'],
    { SF_ACCESS_TOKEN: org.adminToken },
  );
  expect(login.exitCode).toBe(0);
});

afterAll(async () => {
  await org.close();
  await sf.remove();
});

const deploy = ['project', 'deploy', 'start', '-d', 'force-app', '-d', 'config/org'];
const components = (): number => org.data.components().length;

/** Runs `sf` while a file of the project reads otherwise. */
async function withPlanted<T>(
  path: string,
  search: string,
  replacement: string,
  act: () => Promise<T>,
): Promise<T> {
  const file = join(sf.project, path);
  const before = await readFile(file, 'utf8');
  expect(before).toContain(search);
  await writeFile(file, before.replace(search, replacement));
  try {
    return await act();
  } finally {
    await writeFile(file, before);
  }
}

describe('the real sf CLI and the project', () => {
  it('validates in a dry run and leaves the org as it was', async () => {
    const { exitCode, result } = await sf.run([...deploy, '--dry-run']);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ success: true, checkOnly: true, numberComponentErrors: 0 });
    expect(components()).toBe(0);
    expect(org.data.object('Woo_Order__c')).toBeUndefined();
  });

  it('deploys the content of the package alone, for which nothing has to be filled in', async () => {
    const none = { WOO_STORE_URL: undefined, WOO_SYNC_ENDPOINT: undefined };
    const content = ['project', 'deploy', 'start', '--source-dir', 'force-app'];
    const { exitCode, result } = await sf.run(content, { ...none, WOO_SYNC_USERNAME: undefined });
    const { files } = result as DeployReport;
    expect(exitCode).toBe(0);
    expect(new Set(files.map((one) => one.state))).toEqual(new Set(['Created']));
    expect(files.length).toBeGreaterThan(250);
    const types = new Set(org.data.components().map(({ type }) => type));
    for (const type of ['ApexClass', 'CustomObject', 'FlexiPage', 'PermissionSet'])
      expect(types).toContain(type);
    for (const type of ['CustomMetadata', 'ExternalCredential', 'WorkflowOutboundMessage'])
      expect(types).not.toContain(type);
  });

  it('deploys what comes after it, and what was deployed answers', async () => {
    const { exitCode, result } = await sf.run(['project', 'deploy', 'start', '-d', 'config/org']);
    const report = result as DeployReport;
    expect(exitCode).toBe(0);
    expect(report.success).toBe(true);
    expect(new Set(report.files.map((one) => one.state))).toEqual(new Set(['Created']));
    expect(report.files.length).toBeGreaterThan(90);
    expect(report.files.every((one) => one.filePath?.startsWith(sf.project))).toBe(true);

    const query = await sf.run([
      'data',
      'query',
      '--query',
      "SELECT Mapping__r.DeveloperName, Salesforce_Object__r.QualifiedApiName, Salesforce_Field__r.QualifiedApiName, Mapping__r.External_Id_Field__r.QualifiedApiName FROM Woo_Field_Mapping__mdt WHERE DeveloperName = 'Customer_Account_BillingCity'",
    ]);
    expect(query.result).toMatchObject({
      totalSize: 1,
      records: [
        {
          Mapping__r: {
            DeveloperName: 'Customer_Account',
            External_Id_Field__r: { QualifiedApiName: 'Woo_Key__c' },
          },
          Salesforce_Object__r: { QualifiedApiName: 'Account' },
          Salesforce_Field__r: { QualifiedApiName: 'BillingCity' },
        },
      ],
    });
  });

  it('assigns the permission sets that were deployed', async () => {
    const { exitCode, result } = await sf.run(['org', 'assign', 'permset', '-n', 'Woo_Admin']);
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ failures: [], successes: [{ value: 'Woo_Admin' }] });
  });

  it('changes nothing when all of it is deployed at once, and by REST', async () => {
    const { exitCode, result } = await sf.run(deploy, { SF_ORG_METADATA_REST_DEPLOY: 'true' });
    expect(exitCode).toBe(0);
    const states = (result as DeployReport).files.map((one) => one.state);
    expect(new Set(states)).toEqual(new Set(['Unchanged']));
  });

  it('takes one part of an object of the project alone', async () => {
    const parts = [
      'CustomField:Woo_Order__c.Total__c',
      'ListView:Woo_Order__c.With_Refunds',
      'CompactLayout:Woo_Order__c.Woo_Order_Compact',
    ];
    const { exitCode, result } = await sf.run([
      'project',
      'deploy',
      'start',
      ...parts.flatMap((part) => ['--metadata', part]),
    ]);
    expect(exitCode).toBe(0);
    const deployed = (result as DeployReport).files.map((one) => `${one.type}:${one.fullName}`);
    expect(deployed).toEqual(expect.arrayContaining(parts));
  });

  it('deploys a folder in metadata format', async () => {
    const convert = ['project', 'convert', 'source', '--root-dir', 'force-app', '-d', 'mdapi'];
    const replaced = { SF_APPLY_REPLACEMENTS_ON_CONVERT: 'true' };
    expect((await sf.run(convert, replaced)).exitCode).toBe(0);
    const start = ['project', 'deploy', 'start', '--metadata-dir', 'mdapi'];
    const { exitCode, result } = await sf.run(start);
    expect(exitCode).toBe(0);
    expect((result as DeployReport).success).toBe(true);
  });

  it('lists what Lightning shows', async () => {
    const { exitCode, result } = await sf.run(['org', 'list', 'metadata', '-m', 'FlexiPage']);
    expect(exitCode).toBe(0);
    expect(result).toContainEqual(
      expect.objectContaining({ fullName: 'Woo_Home', fileName: 'flexipages/Woo_Home.flexipage' }),
    );
  });

  it('refuses a component that does not compile with file, line and column', async () => {
    const path = 'force-app/main/default/lwc/wooErrorPanel/wooErrorPanel.html';
    const only = ['project', 'deploy', 'start', '-d', 'force-app/main/default/lwc/wooErrorPanel'];
    const { exitCode, result } = await withPlanted(path, '<template>', '<template nope:x>', () =>
      sf.run(only),
    );
    expect(exitCode).toBe(1);
    const failed = (result as DeployReport).files.filter((one) => one.error !== undefined);
    expect(failed).toEqual([
      expect.objectContaining({
        fullName: 'wooErrorPanel',
        lineNumber: 1,
        error: expect.stringMatching(/LWC\d+: .* \(1:\d+\)$/) as string,
      }),
    ]);
    expect(failed[0]?.filePath).toContain('wooErrorPanel.html');
  });

  it('refuses a misspelt element with file and line', async () => {
    const path = 'force-app/main/default/objects/Woo_Order__c/fields/Total__c.field-meta.xml';
    const { exitCode, result } = await withPlanted(path, 'inlineHelpText>', 'inlineHelpTxt>', () =>
      withPlanted(path, '</inlineHelpText>', '</inlineHelpTxt>', () => sf.run(deploy)),
    );
    expect(exitCode).toBe(1);
    const report = result as DeployReport;
    expect(report.status).toBe('Failed');
    const failed = report.files.filter((one) => one.state === 'Failed');
    expect(failed[0]).toMatchObject({
      fullName: 'Woo_Order__c.Total__c',
      type: 'CustomField',
      filePath: join(sf.project, path),
    });
    expect(failed[0]?.error).toMatch(
      /^Error parsing file: Element inlineHelpTxt invalid at this location in type CustomField \(\d+:\d+\)$/,
    );
    expect(failed[0]?.lineNumber).toBeGreaterThan(1);
  });

  it('refuses an unknown field in a mapping record and keeps the org as it was', async () => {
    const path = 'config/org/main/default/customMetadata/Woo_Field_Mapping.Order_Total.md-meta.xml';
    const before = org.data.components();
    const { exitCode, result } = await withPlanted(path, '>Total__c<', '>Totl__c<', () =>
      sf.run(deploy),
    );
    expect(exitCode).toBe(1);
    const failed = (result as DeployReport).files.filter((one) => one.state === 'Failed');
    expect(failed).toMatchObject([
      {
        fullName: 'Woo_Field_Mapping.Order_Total',
        type: 'CustomMetadata',
        filePath: join(sf.project, path),
        error:
          'In field: Salesforce_Field__c - no CustomField named Woo_Order__c.Totl__c found (29:5)',
        lineNumber: 29,
        columnNumber: 5,
      },
    ]);
    expect(org.data.components()).toEqual(before);
  });
});
