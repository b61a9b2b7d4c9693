import { page } from '../../../metadata/test/lightning.ts';
import { expect, it } from 'vitest';
import {
  detailOf,
  field,
  file,
  metadataType,
  object,
  record,
  text,
  value,
} from '../../../metadata/test/packages.ts';
import {
  expectEach,
  fieldGrant,
  inBox,
  objectGrant,
  ofSet,
  problemsOf,
  rightsOn,
} from './deploy-org.ts';
import { statement } from '../statement.ts';

const ofType = (inner: string): readonly string[] =>
  problemsOf({ 'objects/Rule__mdt.object': metadataType('Rule', field('X__c', inner)) }).map(
    (one) => one.replace(/^Rule__mdt\.X__c: /, ''),
  );

statement(
  'A custom metadata type has no currency, formula, lookup or multi-select field, and no picklist that takes other values.',
  () => {
    const open =
      '<type>Picklist</type><valueSet><valueSetDefinition><sorted>false</sorted><value><fullName>a</fullName><default>false</default><label>A</label></value></valueSetDefinition></valueSet>';
    const digits = '<precision>18</precision><scale>2</scale>';
    expectEach(ofType, {
      [`${digits}<type>Currency</type>`]: "A custom metadata type can't have a Currency field",
      [`<formula>1</formula>${digits}<type>Number</type>`]:
        "A custom metadata type can't have a formula field",
      '<referenceTo>Account</referenceTo><relationshipName>Xs</relationshipName><type>Lookup</type>':
        "A custom metadata type can't have a Lookup field",
      [open]: 'Non-strict picklists are not supported on this object',
      [open.replace('<valueSet>', '<valueSet><restricted>true</restricted>')]: [],
    });
  },
);

const relation = (to: string, more = ''): string =>
  `${more}<referenceTo>${to}</referenceTo><relationshipName>Xs</relationshipName><type>MetadataRelationship</type>`;

statement('An org has at most 200 custom metadata types.', () => {
  const types = Array.from({ length: 199 }, (_, n) => [
    `objects/T${n}__mdt.object`,
    metadataType(`T${n}`, ''),
  ]);
  // Group__mdt and Rule__mdt are there already.
  expect(problemsOf(Object.fromEntries(types) as Record<string, string>)).toEqual([
    'T198__mdt: An org has at most 200 custom metadata types',
  ]);
});

statement(
  'Only custom metadata types have MetadataRelationship fields, to another type, an object or a field; one to a field has a controlling field that leads to its object.',
  () => {
    const element = 'metadataRelationshipControllingField';
    const controlling = (name: string): string => `<${element}>Rule__mdt.${name}</${element}>`;
    expectEach(ofType, {
      [relation('Group__mdt')]: [],
      [relation('Account')]:
        "referenceTo value of 'Account' does not resolve to a valid sObject type",
      [relation('Rule__mdt')]: "A custom metadata type can't have a relationship to itself",
      [relation('FieldDefinition')]:
        `Must specify '${element}' for a relationship to FieldDefinition`,
      [relation('FieldDefinition', controlling('Colour__c'))]:
        `In field: ${element} - no CustomField named Rule__mdt.Colour__c found`,
      [relation('FieldDefinition', controlling('Object__c'))]: [],
    });
    expect(inBox(field('X__c', relation('EntityDefinition')))).toEqual([
      'Box__c.X__c: Only custom metadata types can have MetadataRelationship fields',
    ]);
  },
);

const needed = value('Needed__c', 'string', 'n');
const ofRecord = (...values: readonly string[]): readonly string[] =>
  problemsOf({ 'customMetadata/Rule.A.md': record('A', needed, ...values) }).map((one) =>
    one.replace(/^Rule\.A: /, ''),
  );

statement(
  'A custom metadata record has a type and fields that are there, each once, a name of at most 40 characters without two underscores in a row, and a label of at most 40.',
  () => {
    expect(problemsOf({ 'customMetadata/Nope.A.md': record('A') })).toEqual([
      'Nope.A: In field: fullName - no CustomObject named Nope__mdt found',
    ]);
    expectEach((values) => ofRecord(values), {
      [value('Nope__c', 'string', 'x')]:
        'In field: field - no CustomField named Rule__mdt.Nope__c found',
      [needed]: 'Duplicate value for field: Needed__c',
    });
    const named = (name: string, label = 'A'): readonly string[] =>
      problemsOf({ [`customMetadata/Group.${name}.md`]: record(label) });
    expect(named('n'.repeat(41))[0]).toContain('has 41 characters; at most 40 are allowed.');
    expect(named('A__B')[0]).toContain('not contain two consecutive underscores.');
    expect(named('A', 'l'.repeat(41))[0]).toContain('label, maximum length is: 40 (it has 41)');
  },
);

statement(
  'The values of a custom metadata record have the `xsi:type`, format, length, digits and restricted picklist value of their field; required ones are there.',
  () => {
    expectEach((values) => ofRecord(values), {
      [value('On__c', 'string', 'true')]:
        'On__c: the value needs xsi:type="xsd:boolean", not xsd:string',
      [value('Minutes__c', 'double', 'ten')]: "Minutes__c: 'ten' is not a number",
      [value('Minutes__c', 'double', '12345')]:
        'Minutes__c: value outside of valid range on numeric field: 12345',
      [value('Minutes__c', 'double', '1.5')]: 'Minutes__c: 1.5 has more than 0 decimal places',
      [value('Colour__c', 'string', 'blue')]:
        'bad value for restricted picklist field: blue (Colour__c)',
    });
    const long = 'n'.repeat(41);
    const files = (inner: string) => ({ 'customMetadata/Rule.A.md': record('A', inner) });
    expect(problemsOf(files(value('Needed__c', 'string', long)))).toEqual([
      `Rule.A: Needed__c: data value too large: ${long} (max length=40)`,
    ]);
    expect(problemsOf(files(''))).toEqual(['Rule.A: Required fields are missing: [Needed__c]']);
  },
);

const named = (name: string, content: string): string => value(name, 'string', content);

statement(
  'A relationship of a custom metadata record leads to an object, a field of the object that the record names, or a record in the org or in this deploy.',
  () => {
    expectEach((values) => ofRecord(values), {
      [named('Object__c', 'Nope__c')]: 'In field: Object__c - no CustomObject named Nope__c found',
      [named('Field__c', 'Code__c')]: 'Field__c: the record names no object for the field Code__c',
      [named('Object__c', 'Box__c') + named('Field__c', 'Nope__c')]:
        'In field: Field__c - no CustomField named Box__c.Nope__c found',
      [named('Object__c', 'Box__c') + named('Field__c', 'Code__c')]: [],
      [named('Group__c', 'Nope')]: 'In field: Group__c - no CustomMetadata named Group.Nope found',
    });
    const both = {
      'customMetadata/Rule.A.md': record('A', needed, named('Group__c', 'B')),
      'customMetadata/Group.B.md': record('B'),
    };
    expect(problemsOf(both)).toEqual([]);
  },
);

statement(
  '`FieldDefinition` knows an address only as a whole, `EntityParticle` knows its parts.',
  () => {
    const field = (name: string, part: string): string =>
      named('Object__c', 'Account') + named(name, part);
    expectEach((values) => ofRecord(values), {
      [field('Field__c', 'BillingCity')]:
        'In field: Field__c - no CustomField named Account.BillingCity found',
      [field('Field__c', 'BillingAddress')]: [],
      [field('Particle__c', 'BillingCity')]: [],
    });
  },
);

const access = (list: string, element: string, name: string): string =>
  list === 'applicationVisibilities'
    ? `<${list}><${element}>${name}</${element}><visible>true</visible></${list}>`
    : `<${list}><enabled>true</enabled><${element}>${name}</${element}></${list}>`;

statement(
  'What a permission set names exists: objects, fields, tabs, apps, classes, pages, flows, principals, custom permissions, metadata types, record types and user permissions.',
  () => {
    const none = (element: string, type: string, name = 'Nope'): string =>
      `In field: ${element} - no ${type} named ${name} found`;
    expectEach(ofSet, {
      [objectGrant('Nope__c', 'allowRead')]: none('object', 'CustomObject', 'Nope__c'),
      [fieldGrant('Box__c.Nope__c')]: none('field', 'CustomField', 'Box__c.Nope__c'),
      '<tabSettings><tab>Nope</tab><visibility>Visible</visibility></tabSettings>': none(
        'tab',
        'CustomTab',
      ),
      [access('applicationVisibilities', 'application', 'Nope')]: none(
        'application',
        'CustomApplication',
      ),
      [access('classAccesses', 'apexClass', 'Nope')]: none('apexClass', 'ApexClass'),
      [access('pageAccesses', 'apexPage', 'Nope')]: none('apexPage', 'ApexPage'),
      [access('flowAccesses', 'flow', 'Nope')]: none('flow', 'Flow'),
      [access('externalCredentialPrincipalAccesses', 'externalCredentialPrincipal', 'A-B')]: none(
        'externalCredentialPrincipal',
        'ExternalCredential',
        'A-B',
      ),
      [access('customPermissions', 'name', 'Nope')]: none('name', 'CustomPermission'),
      [access('customMetadataTypeAccesses', 'name', 'Nope__mdt')]: none(
        'name',
        'CustomObject',
        'Nope__mdt',
      ),
      '<recordTypeVisibilities><recordType>Box__c.Nope</recordType><visible>true</visible></recordTypeVisibilities>':
        none('recordType', 'RecordType', 'Box__c.Nope'),
      [access('userPermissions', 'name', 'ApiEnable')]: 'Unknown user permission: ApiEnable',
    });
  },
);

statement(
  'A permission set grants no required, master-detail or name field and no part of an address; the whole address can be granted.',
  () => {
    const required = (name: string): string => `You cannot deploy to a required field: ${name}`;
    expectEach((name) => ofSet(fieldGrant(name)), {
      'Box__c.Must__c': required('Box__c.Must__c'),
      'Item__c.Parent__c': required('Item__c.Parent__c'),
      'Box__c.Name': required('Box__c.Name'),
      'Contact.LastName': required('Contact.LastName'),
      'Contact.MailingCity': 'In field: field - no CustomField named Contact.MailingCity found',
      'Contact.MailingAddress': [],
    });
  },
);

statement(
  'A permission set lets nobody edit a formula or an automatic number, nor a field without reading it.',
  () => {
    const files = (grant: string) => ({
      'objects/Box__c.object': object(
        'Box',
        field('Twice__c', '<formula>Code__c + Code__c</formula><type>Text</type>') +
          field('No__c', '<displayFormat>{0}</displayFormat><type>AutoNumber</type>'),
      ),
      'permissionsets/P.permissionset': file('PermissionSet', `${grant}<label>P</label>`),
    });
    const fixed = (name: string): string =>
      `P: Field ${name} is calculated or numbered by the org and can't be editable`;
    expect(problemsOf(files(fieldGrant('Box__c.Twice__c')))).toEqual([fixed('Box__c.Twice__c')]);
    expect(problemsOf(files(fieldGrant('Box__c.No__c')))).toEqual([fixed('Box__c.No__c')]);
    expect(problemsOf(files(fieldGrant('Box__c.Twice__c', false)))).toEqual([]);
    const unread = fieldGrant('Box__c.Code__c').replace('<readable>true', '<readable>false');
    expect(problemsOf(files(unread))).toEqual([
      "P: Field Box__c.Code__c can't be editable without being readable",
    ]);
  },
);

const mayUser = (...names: readonly string[]): string =>
  names.map((name) => access('userPermissions', 'name', name)).join('');
const depends = (right: string, ...needed: readonly string[]): string =>
  `Permission ${right} depends on permission(s): ${needed.join(', ')}`;

statement.group(
  'Rights bring the rights they need: on the object, on the master of a detail, on other objects, and of user permissions those that permission sets of real orgs are known to hold together.',
  () => {
    it('on the object itself', () => {
      expectEach(ofSet, {
        [rightsOn('Box__c', 'E')]: depends('Edit Box__c', 'Read Box__c'),
        [rightsOn('Box__c', 'C')]: depends('Create Box__c', 'Read Box__c'),
        [rightsOn('Box__c', 'RD')]: depends('Delete Box__c', 'Edit Box__c'),
        [rightsOn('Box__c', 'V')]: depends('Read All Box__c', 'Read Box__c'),
        [rightsOn('Box__c', 'RVM')]: depends('Edit All Box__c', 'Edit Box__c', 'Delete Box__c'),
        [rightsOn('Box__c', 'REDVM')]: [],
      });
    });

    it('of a detail: to see all of a custom master is not needed', () => {
      expectEach(ofSet, {
        [rightsOn('Item__c', 'R')]: depends('Read Item__c', 'Read Box__c'),
        [rightsOn('Item__c', 'RV') + rightsOn('Box__c', 'R')]: [],
        [rightsOn('Item__c', 'REDVM') + rightsOn('Box__c', 'R')]: [],
      });
    });

    it('of a detail of a standard object: to see all of that is', () => {
      const detail = (inner: string): readonly string[] =>
        problemsOf({
          'objects/Plan__c.object': object(
            'Plan',
            detailOf('Account', 'Plans'),
            'ControlledByParent',
          ),
          'permissionsets/P.permissionset': file('PermissionSet', `<label>P</label>\n${inner}`),
        }).map((one) => one.replace(/^P: /, ''));
      expectEach(detail, {
        [rightsOn('Plan__c', 'R')]: depends('Read Plan__c', 'Read Account'),
        [rightsOn('Plan__c', 'R') + rightsOn('Account', 'R')]: [],
        [rightsOn('Plan__c', 'RV') + rightsOn('Account', 'R')]: depends(
          'Read All Plan__c',
          'Read All Account',
        ),
        [rightsOn('Plan__c', 'REDVM') + rightsOn('Account', 'RED')]: [
          depends('Read All Plan__c', 'Read All Account'),
          depends('Edit All Plan__c', 'Read All Account'),
        ],
        [rightsOn('Plan__c', 'REDVM') + rightsOn('Account', 'RV')]: [],
      });
    });

    it('of standard objects on others: price books need products; contacts, opportunities and orders no accounts', () => {
      expectEach(ofSet, {
        [rightsOn('Pricebook2', 'R')]: depends('Read Pricebook2', 'Read Product2'),
        [rightsOn('Pricebook2', 'R') + rightsOn('Product2', 'R')]: [],
        [rightsOn('Contact', 'RV')]: [],
        [rightsOn('Opportunity', 'REV')]: [],
        [rightsOn('Order', 'CREDVM')]: [],
        [rightsOn('Order', 'RV') + rightsOn('Account', 'R')]: [],
        [rightsOn('Lead', 'R') + rightsOn('Campaign', 'R')]: [],
      });
    });

    it('of user permissions, on each other and on objects', () => {
      const objects = rightsOn('Account', 'CRE') + rightsOn('Contact', 'CRE');
      expectEach(ofSet, {
        [mayUser('QueryAllFiles')]: depends('Query All Files', 'View All Data'),
        [mayUser('EmailSingle')]: depends('Send Email', 'Edit Tasks'),
        [mayUser('ConvertLeads') + objects + rightsOn('Lead', 'RE')]: depends(
          'Convert Leads',
          'Edit Tasks',
        ),
        [mayUser('ConvertLeads', 'EditTask') + rightsOn('Lead', 'RE') + rightsOn('Contact', 'CRE')]:
          depends('Convert Leads', 'Create Account', 'Read Account', 'Edit Account'),
        [mayUser('ConvertLeads', 'EditTask') + objects + rightsOn('Lead', 'RE')]: [],
        [mayUser('EnableNotifications')]: [],
      });
    });
  },
);

statement(
  'A permission set gives rights on objects that have some: order products and entries of price books have none of their own, nor have they fields that a permission set names beside those that real ones do.',
  () => {
    const none = (name: string): string => `In field: object - no CustomObject named ${name} found`;
    const noField = (name: string): string =>
      `In field: field - no CustomField named ${name} found`;
    expectEach(ofSet, {
      [rightsOn('OrderItem', 'CRED')]: none('OrderItem'),
      [rightsOn('PricebookEntry', 'R')]: none('PricebookEntry'),
      [rightsOn('UserExternalCredential', 'R')]: [],
      [fieldGrant('OrderItem.Description')]: [],
      [fieldGrant('Order.Pricebook2Id')]: noField('Order.Pricebook2Id'),
      [fieldGrant('Order.EndDate')]: noField('Order.EndDate'),
      [fieldGrant('Order.PoNumber') + fieldGrant('Order.BillingAddress')]: [],
      [fieldGrant('PricebookEntry.IsActive')]: noField('PricebookEntry.IsActive'),
    });
  },
);

statement('Nothing stands twice in a permission set; its licence is `Salesforce` or none.', () => {
  expect(ofSet('<license>Salesforce</license>')).toEqual([]);
  expectEach(ofSet, {
    [fieldGrant('Box__c.Code__c') + fieldGrant('box__c.code__c')]:
      'Duplicate fieldPermissions: box__c.code__c',
    [access('customPermissions', 'name', 'Skip').repeat(2)]: 'Duplicate customPermissions: Skip',
    '<license>Nope</license>': 'In field: license - no UserLicense named Nope found',
  });
});

statement(
  'A tab shows one thing that exists, of pages those for apps alone, and has a motif; the tabs of an app exist, each once.',
  () => {
    const ofTab = (inner: string, name = 'Box__c'): readonly string[] =>
      problemsOf({ [`tabs/${name}.tab`]: file('CustomTab', inner) });
    const motif = '<motif>Custom63: Chip</motif>';
    expect(ofTab(`<customObject>true</customObject>${motif}`, 'Nope__c')).toEqual([
      'Nope__c: In field: customObject - no CustomObject named Nope__c found',
    ]);
    expectEach((inner) => ofTab(inner), {
      [`<customObject>true</customObject>${motif}`]: [],
      '<customObject>true</customObject>': 'Box__c: Required field is missing: motif',
      [`<label>B</label>${motif}`]:
        'Box__c: A tab shows one thing: customObject true, or a flexiPage, lwcComponent, page or url',
      [`<label>B</label>${motif}<page>Nope</page>`]:
        'Box__c: In field: page - no ApexPage named Nope found',
    });
    const paged = (type: string, template: string, about = ''): readonly string[] =>
      problemsOf({
        'flexipages/P.flexipage': page('', { object: about, template, type }),
        'tabs/P.tab': file('CustomTab', `<flexiPage>P</flexiPage><label>P</label>${motif}`),
      });
    expect(paged('AppPage', 'flexipage:defaultAppHomeTemplate')).toEqual([]);
    expect(paged('RecordPage', 'flexipage:recordHomeTemplateDesktop', 'Box__c')).toEqual([
      'P: The page P of the type RecordPage is not one that a tab can show; an AppPage is',
    ]);
    const ofApp = (inner: string): readonly string[] =>
      problemsOf({ 'applications/A.app': file('CustomApplication', `<label>A</label>${inner}`) });
    expectEach(ofApp, {
      '<tabs>Nope__c</tabs>': 'A: In field: tabs - no CustomTab named Nope__c found',
      '<tabs>standard-Account</tabs><tabs>standard-Account</tabs>':
        'A: Duplicate tab: standard-Account',
    });
  },
);

const view = (inner: string, scope = 'Everything'): string =>
  `<listViews><fullName>V</fullName>${inner.replace(/<filters>[^]*/, '')}<filterScope>${scope}</filterScope>${/<filters>[^]*/.exec(inner)?.[0] ?? ''}<label>V</label></listViews>`;
const column = (name: string): string => `<columns>${name}</columns>`;

statement(
  'The columns of a list view, 15 at most and each once, are own fields or the codes that the object has; records without an owner have no view of own ones, and the view of a queue names one that is there.',
  () => {
    const unknown = (name: string): string =>
      `Box__c.V: Could not resolve list view column: ${name}`;
    expectEach((inner) => inBox(view(inner)), {
      [column('NAME') + column('Code__c') + column('OWNER.ALIAS')]: [],
      [column('Name')]: unknown('Name'),
      [column('Nope__c')]: unknown('Nope__c'),
      [column('CREATEDDATE')]: unknown('CREATEDDATE'),
      [column('NAME').repeat(2)]: 'Box__c.V: Duplicate column: NAME',
    });
    const onAccount = (name: string): readonly string[] =>
      problemsOf({ 'objects/Account.object': file('CustomObject', view(column(name))) });
    expect(onAccount('ACCOUNT.PHONE1')).toEqual([]);
    expect(onAccount('ACCOUNT.PHONE_NUMBER')).toEqual([
      'Account.V: Could not resolve list view column: ACCOUNT.PHONE_NUMBER',
    ]);
    const onItem = file('CustomObject', view(column('NAME'), 'Mine'));
    expect(problemsOf({ 'objects/Item__c.object': onItem })).toContain(
      "Item__c.V: The records of Item__c have no owner: filterScope can't be Mine",
    );
    const ofQueue = view(column('NAME'), 'Queue');
    const named = ofQueue.replace('</listViews>', '<queue>Web_Leads</queue></listViews>');
    expectEach(inBox, {
      [ofQueue]: 'Box__c.V: Required field is missing: queue',
      [named]: 'Box__c.V: In field: queue - no Queue named Web_Leads found',
    });
  },
);

statement(
  'The filters of a list view, 10 at most, have operations and values that suit their field, and `booleanFilter` joins each of them.',
  () => {
    const fields =
      field('Sum__c', '<precision>18</precision><scale>2</scale><type>Number</type>') +
      field('Done__c', '<defaultValue>false</defaultValue><type>Checkbox</type>') +
      field('Short__c', '<type>TextArea</type>') +
      field(
        'Long__c',
        '<length>1000</length><type>LongTextArea</type><visibleLines>3</visibleLines>',
      );
    const filter = (name: string, operation: string, content: string): string =>
      `<filters><field>${name}</field><operation>${operation}</operation><value>${content}</value></filters>`;
    const found = (inner: string): readonly string[] =>
      inBox(fields + view(inner)).map((one) => one.replace(/^Box__c\.V: /, ''));
    const logic = (text: string): string =>
      `<booleanFilter>${text}</booleanFilter>${filter('Sum__c', 'equals', '1')}${filter('Done__c', 'equals', '1')}`;
    expectEach(found, {
      [filter('Nope__c', 'equals', '1')]: 'Could not resolve list view column: Nope__c',
      [filter('Sum__c', 'greaterThan', 'much')]:
        "Invalid filter value 'much' for the field Sum__c of type double",
      [filter('Done__c', 'equals', 'true')]:
        "Invalid filter value 'true' for the field Done__c of type boolean",
      [filter('Sum__c', 'contains', '1')]:
        "The operation contains can't be used on the field Sum__c",
      [filter('Short__c', 'contains', 'a')]: [],
      [filter('Long__c', 'contains', 'a')]:
        "The long text area Long__c can't be used in the filters of a list view",
      [logic('1 OR 2')]: [],
      [logic('1 OR 3')]: 'The booleanFilter 1 OR 3 must use each of the 2 filters',
      [logic('1 OR (2')]: 'The booleanFilter 1 OR (2 must use each of the 2 filters',
    });
  },
);

statement(
  'The fields of a compact layout, 1 to 10 and each once, exist and are no text areas or multi-select picklists.',
  () => {
    const layout = (...names: readonly string[]): readonly string[] =>
      inBox(
        `${field('Note__c', '<type>TextArea</type>')}<compactLayouts><fullName>C</fullName>${names.map((one) => `<fields>${one}</fields>`).join('')}<label>C</label></compactLayouts>`,
      ).map((one) => one.replace(/^Box__c\.C: /, ''));
    expect(layout('Name', 'Code__c')).toEqual([]);
    expect(layout()).toEqual(['Required field is missing: fields']);
    expect(layout('Name', 'Name')).toEqual(['Duplicate field: Name']);
    expect(layout('Nope__c')).toEqual([
      'In field: fields - no CustomField named Box__c.Nope__c found',
    ]);
    expect(layout('Note__c')).toEqual([
      "The field Note__c can't be in a compact layout: text areas and multi-select picklists are not supported there",
    ]);
  },
);

statement('A custom permission that needs another names one that exists.', () => {
  const needs = (name: string): readonly string[] =>
    problemsOf({
      'customPermissions/P.customPermission': file(
        'CustomPermission',
        `<isLicensed>false</isLicensed><label>P</label><requiredPermission><customPermission>${name}</customPermission><dependency>true</dependency></requiredPermission>`,
      ),
    });
  expect(needs('Skip')).toEqual([]);
  expect(needs('Nope')).toEqual([
    'P: In field: customPermission - no CustomPermission named Nope found',
  ]);
});

statement(
  'Objects that end in `__e`, `__b` or `__x`, and custom settings, are not emulated.',
  () => {
    const kinds = ['New__e', 'New__b', 'New__x'].map((name) =>
      problemsOf({ [`objects/${name}.object`]: object('N') }),
    );
    expect(kinds.map(([first]) => first)).toEqual([
      'New__e: The local org does not emulate objects that end in __e: New__e.',
      'New__b: The local org does not emulate objects that end in __b: New__b.',
      'New__x: The local org does not emulate objects that end in __x: New__x.',
    ]);
    expect(inBox('<customSettingsType>List</customSettingsType>')).toEqual([
      'Box__c: The local org does not emulate objects with customSettingsType.',
    ]);
    expect(inBox(text('X__c'))).toEqual([]);
  },
);
