import { strToU8, zipSync } from 'fflate';
import type { OrgUser } from '../api/sessions.ts';
import type { DeployResult } from '../metadata/deploy/result.ts';
import type { Jobs } from '../metadata/deploy/jobs.ts';
import { escapeXml } from '../metadata/xml/write-xml.ts';
import type { DeployedRecord } from './runtime/run/host.ts';

/** `Metadata.DeployCallback`, with what it was made with. */
export type DeployCallback = (result: DeployResult) => void;

const namespaces = [
  'xmlns="http://soap.sforce.com/2006/04/metadata"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
].join(' ');

const options = {
  allowMissingFiles: false,
  checkOnly: false,
  ignoreWarnings: false,
  purgeOnDelete: false,
  rollbackOnError: true,
  runTests: [],
  singlePackage: true,
  testLevel: 'NoTestRun',
};

function valueElement(value: DeployedRecord['values'][number]['value']): string {
  if (value === null || value === '') return '<value xsi:nil="true"/>';
  const type = { number: 'double', boolean: 'boolean', string: 'string' }[
    typeof value as 'number' | 'boolean' | 'string'
  ];
  return `<value xsi:type="xsd:${type}">${escapeXml(String(value))}</value>`;
}

function recordFile({ label, values }: DeployedRecord): string {
  const fields = values.map(
    ({ field, value }) =>
      `<values><field>${escapeXml(field)}</field>${valueElement(value)}</values>`,
  );
  const name = label === null ? '' : `<label>${escapeXml(label)}</label>`;
  return `<CustomMetadata ${namespaces}>${name}<protected>false</protected>${fields.join('')}</CustomMetadata>`;
}

function manifest(records: readonly DeployedRecord[]): string {
  const members = records.map(({ fullName }) => `<members>${escapeXml(fullName)}</members>`);
  return `<Package ${namespaces}><types>${members.join('')}<name>CustomMetadata</name></types><version>66.0</version></Package>`;
}

function zipOf(records: readonly DeployedRecord[]): Uint8Array {
  const files = records.map(
    (one) => [`customMetadata/${one.fullName}.md`, strToU8(recordFile(one))] as const,
  );
  return zipSync({ 'package.xml': strToU8(manifest(records)), ...Object.fromEntries(files) });
}

/** A deploy that was not begun: code meets it as a System.AsyncException. */
export class DeployRefusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DeployRefusal';
  }
}

/** `Metadata.Operations`: deploys as the user whose code runs, after the code has ended; creates and updates, never deletes. */
export class MetadataOperations {
  private readonly jobs: Pick<Jobs, 'enqueue'>;

  constructor(jobs: Pick<Jobs, 'enqueue'>) {
    this.jobs = jobs;
  }

  /**
   * @returns the id of the deploy
   * @throws DeployRefusal for a container that is empty or has a name twice
   */
  enqueueDeployment(
    records: readonly DeployedRecord[],
    by: OrgUser,
    callback: DeployCallback,
  ): string {
    const names = new Set(records.map(({ fullName }) => fullName.toLowerCase()));
    if (names.size === 0) {
      throw new DeployRefusal('The deploy container has no components.');
    }
    if (names.size < records.length) {
      throw new DeployRefusal('The deploy container has a name twice.');
    }
    return this.jobs.enqueue({ by, zip: zipOf(records), options }, callback);
  }
}
