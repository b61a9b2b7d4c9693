import { createRecords, updateRecords, type SaveResult } from '../../write/batch.ts';
import { createOrgData, type OrgData } from '../../data/org-data.ts';
import { seed } from '../../data/people/seed.ts';
import {
  deployFiles,
  failuresOf,
  field,
  file,
  object,
  text,
  type Files,
} from '../../metadata/test/packages.ts';
import { recordsOf } from '../../rest/flow-records.ts';
import { serveFlows } from '../system-records.ts';
import { workflow } from './flows.ts';

const parcel = object(
  'Parcel',
  [
    text('Code__c'),
    text('Must__c', '<required>true</required>'),
    text('Note__c'),
    field('Count__c', '<precision>6</precision><scale>0</scale><type>Number</type>'),
    field('Day__c', '<type>Date</type>'),
    field('Moment__c', '<type>DateTime</type>'),
    field('Done__c', '<defaultValue>false</defaultValue><type>Checkbox</type>'),
    field('Share__c', '<precision>5</precision><scale>2</scale><type>Percent</type>'),
    field(
      'Long__c',
      '<length>1000</length><type>LongTextArea</type><visibleLines>3</visibleLines>',
    ),
    field('Twice__c', '<formula>Code__c &amp; Code__c</formula><type>Text</type>'),
    field(
      'Account__c',
      '<referenceTo>Account</referenceTo><relationshipName>Parcels</relationshipName><type>Lookup</type>',
    ),
    field(
      'Size__c',
      '<type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted><value><fullName>big</fullName><default>false</default><label>Big</label></value><value><fullName>small</fullName><default>false</default><label>Small</label></value></valueSetDefinition></valueSet>',
    ),
    `<validationRules><fullName>R</fullName><active>true</active><errorConditionFormula>Code__c = "bad"</errorConditionFormula><errorMessage>Bad!</errorMessage></validationRules>`,
  ].join(''),
);

/** Parcel__c with a validation rule, two outbound messages, and a custom permission. */
const parcelFiles: Files = {
  'objects/Parcel__c.object': parcel,
  'workflows/Parcel__c.workflow': workflow({ Note: {}, Other: {} }),
  'workflows/Account.workflow': workflow({ Note: {} }),
  'customPermissions/Quiet.customPermission': file(
    'CustomPermission',
    '<isLicensed>false</isLicensed><label>Quiet</label>',
  ),
  'permissionsets/Quiet.permissionset': file(
    'PermissionSet',
    '<customPermissions><enabled>true</enabled><name>Quiet</name></customPermissions><label>Quiet</label>',
  ),
};

/** The data side of an org with Parcel__c, without HTTP and without anyone's rights. */
export class FlowOrg {
  readonly data: OrgData = createOrgData({ now: () => new Date('2026-03-01T10:00:00Z') });
  readonly userId: string;

  constructor() {
    serveFlows(this.data, (userId) => recordsOf(this.data, { userId }));
    seed(this.data, {
      adminUsername: 'a@example.com',
      integrationUsername: 'b@example.com',
      repUsername: 'rep@example.com',
    });
    this.userId = String(this.data.db.get('SELECT Id FROM User')?.['Id']);
    this.deploy(parcelFiles);
  }

  deploy(files: Files): void {
    const result = deployFiles(this.data, files);
    if (!result.success) throw new Error(failuresOf(result).join('\n'));
  }

  /** What is wrong with a flow of the name F in a dry run, as `line: problem`. */
  problems(flow: string, name = 'F'): readonly string[] {
    const result = deployFiles(this.data, { [`flows/${name}.flow`]: flow }, { checkOnly: true });
    return result.details.componentFailures.map(
      (one) => `${one.lineNumber ?? 0}: ${one.problem ?? ''}`,
    );
  }

  create(...records: readonly object[]): readonly SaveResult[] {
    const given = records.map((one) => ({
      type: 'Parcel__c',
      record: { Name: 'P', Must__c: 'm', ...one },
    }));
    return createRecords(this.data, { userId: this.userId }, given, false);
  }

  /** @returns the id of the new record */
  created(record: object): string {
    const [result] = this.create(record);
    if (!result?.success) throw new Error(JSON.stringify(result?.errors));
    return result.id;
  }

  update(id: string, record: object): SaveResult | undefined {
    const given = [{ type: 'Parcel__c', record: { ...record, Id: id } }];
    return updateRecords(this.data, { userId: this.userId }, given, false)[0];
  }

  value(id: string, name: string): unknown {
    const object = this.data.objectOfId(id);
    return object && this.data.row(object, id)?.[name];
  }

  /** Messages that wait, as `message record`. */
  queued(): readonly string[] {
    return this.data.db
      .all('SELECT message, record FROM "-outbound" ORDER BY number')
      .map((row) => `${String(row['message'])} ${String(row['record'])}`);
  }
}
