import { afterAll, beforeAll, expect } from 'vitest';
import { createOrg, type Org } from '../../org.ts';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { packageOf, projectSource } from '../../metadata/test/project.ts';
import { parseXml } from '../../metadata/xml/parse-xml.ts';
import { writeRoot } from '../../metadata/xml/write-xml.ts';
import { SfSandbox } from '../../metadata/test/sf-cli.ts';
import { statement } from './statement.ts';

/** A loaded machine takes long to start the CLI. */
const slow = 240_000;
const project = packageOf(projectSource());
let org: Org;
let sf: SfSandbox;

beforeAll(async () => {
  org = createOrg({ features: { translations: true } });
  const url = await org.listen(0);
  sf = await SfSandbox.create();
  const login = ['org', 'login', 'access-token', '--instance-url', url, '--no-prompt'];
  const { exitCode } = await sf.run([...login, '--alias', 'local'], {
    SF_ACCESS_TOKEN: org.adminToken,
  });
  expect(exitCode).toBe(0);
  expect(failuresOf(deployFiles(org.data, project))).toEqual([]);
});

afterAll(async () => {
  await org.close();
  await sf.remove();
});

statement(
  '`sf apex get test` and `sf apex run test` are refused at once, as are all who ask for events by `/cometd`.',
  async () => {
    // The CLI throws what the handshake is refused with, past its --json.
    await expect(
      sf.run(['apex', 'get', 'test', '--test-run-id', '7070000000000000AA']),
    ).rejects.toThrow('NOT_EMULATED: the local org has no Apex runtime');
    const run = await sf.run(['apex', 'run', 'test', '--class-names', 'WooGatewayTest']);
    expect([run.exitCode, run.message]).toEqual([1, expect.stringContaining('does not emulate')]);
  },
  slow,
);

statement(
  '`sf project retrieve start` brings what was edited in the org into the source, and leaves the rest as it was: records of custom metadata, objects and flows.',
  async () => {
    const record = 'customMetadata/Woo_Store.Main_Store.md';
    const label = '<label>Shop of the admin</label>';
    const edited = (project[record] ?? '').replace(/<label>[^<]*<\/label>/, label);
    expect(failuresOf(deployFiles(org.data, { [record]: edited }))).toEqual([]);

    const base = 'main/default';
    const paths = [
      `config/org/main/store/${record}-meta.xml`,
      `force-app/${base}/objects/Woo_Command__c/Woo_Command__c.object-meta.xml`,
      `force-app/${base}/objects/Woo_Command__c/fields/State__c.field-meta.xml`,
      `force-app/${base}/flows/Woo_Product_Images.flow-meta.xml`,
    ].map((path) => join(sf.project, path));
    const read = async () =>
      Promise.all(paths.map(async (path) => writeRoot(parseXml(await readFile(path, 'utf8')))));
    const before = await read();
    // What the retrieve does not bring back stays spoilt.
    const last = paths.at(-1) ?? '';
    const flow = await readFile(last, 'utf8');
    await writeFile(last, flow.replace(/<status>\w+/, '<status>Draft'));

    const { exitCode, message } = await sf.run([
      ...['project', 'retrieve', 'start', '-m', 'CustomMetadata:Woo_Store.Main_Store'],
      ...['-m', 'CustomObject:Woo_Command__c', '-m', 'Flow:Woo_Product_Images'],
    ]);
    expect([exitCode, message]).toEqual([0, undefined]);
    const [store = '', ...others] = before;
    expect(await read()).toEqual([store.replace(/<label>[^<]*<\/label>/, label), ...others]);
  },
  slow,
);

statement(
  '`sf project delete source` and `--post-destructive-changes` delete what they name.',
  async () => {
    const has = (type: string, fullName: string): boolean =>
      org.data.components().some((one) => one.type === type && one.fullName === fullName);
    const kept = 'CustomMetadata:Woo_Mapping.Order';
    const refused = await sf.run(['project', 'delete', 'source', '-m', kept, '--no-prompt']);
    expect(refused.exitCode).toBe(1);
    expect(JSON.stringify(refused.result)).toContain('referenced elsewhere in salesforce.com');
    expect(has('CustomMetadata', 'Woo_Mapping.Order')).toBe(true);

    const [report = '', next = ''] = org.data
      .components()
      .filter((one) => one.type === 'Report')
      .map((one) => one.fullName);
    const deleted = await sf.run([
      ...['project', 'delete', 'source', '-m', `Report:${report}`, '--no-prompt'],
    ]);
    expect([deleted.exitCode, deleted.message]).toEqual([0, undefined]);
    expect([has('Report', report), has('Report', next)]).toEqual([false, true]);

    const list = (types: string): string =>
      `<Package xmlns="http://soap.sforce.com/2006/04/metadata">${types}<version>66.0</version></Package>`;
    const gone = `<types><members>${next}</members><name>Report</name></types>`;
    await writeFile(join(sf.project, 'none.xml'), list(''));
    await writeFile(join(sf.project, 'gone.xml'), list(gone));
    const post = await sf.run([
      ...['project', 'deploy', 'start', '--manifest', 'none.xml'],
      ...['--post-destructive-changes', 'gone.xml'],
    ]);
    expect([post.exitCode, post.message]).toEqual([0, undefined]);
    expect(has('Report', next)).toBe(false);
  },
  slow,
);
