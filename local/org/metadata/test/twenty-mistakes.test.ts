import { describe, expect, it } from 'vitest';
import type { DeployMessage } from '../deploy/messages.ts';
import { deployFiles, file, type Files } from './packages.ts';
import { edited, orgForProject, packageOf, projectSource, renamed } from './project.ts';

const source = projectSource();
const change = (path: string, search: string, replacement: string): Files =>
  edited(source, path, search, replacement);
const added = (path: string, text: string): Files => ({ ...source, [path]: text });

const link = 'objects/Woo_Sync_Issue__c/fields/Record_Link__c.field-meta.xml';
const formulaOfLink = /<formula>.*<\/formula>/.exec(source[link] ?? '')?.[0] ?? '';
const formula = (text: string): Files => change(link, formulaOfLink, `<formula>${text}</formula>`);

const records = 'customMetadata/Woo_Field_Mapping.';
const total = `${records}Order_Total.md-meta.xml`;
const ruleOnOrders = (condition: string): Files =>
  added(
    'objects/Woo_Order__c/validationRules/Planted.validationRule-meta.xml',
    file(
      'ValidationRule',
      `<fullName>Planted</fullName>
<active>true</active>
<errorConditionFormula>${condition}</errorConditionFormula>
<errorMessage>Planted.</errorMessage>`,
    ),
  );

interface Mistake {
  readonly what: string;
  /** The project with the mistake in it. */
  readonly source: Files;
  /** `type fullName` of the component in which it is. */
  readonly component: string;
  readonly fileName: string;
  /** The text at which the failure points in that file; its first occurrence. */
  readonly place: string;
  readonly problem: string;
}

const issue = 'objects/Woo_Sync_Issue__c.object';
const inLink = { component: 'CustomField Woo_Sync_Issue__c.Record_Link__c', fileName: issue };

const mistakes: readonly Mistake[] = [
  {
    what: 'a formula reads a field by its label',
    source: formula('&quot;/&quot; &amp; Record_ID'),
    ...inLink,
    place: '<formula>',
    problem: 'Field Record_ID does not exist. Check spelling.',
  },
  {
    what: 'a formula of type Text counts',
    source: formula('LEN(Record_Id__c)'),
    ...inLink,
    place: '<formula>',
    problem: 'Formula result is data type (Number), incompatible with expected data type (Text).',
  },
  {
    what: 'a formula calls a function of another language',
    source: formula('IF(ISEMPTY(Record_Id__c), &quot;&quot;, Record_Id__c)'),
    ...inLink,
    place: '<formula>',
    problem: 'Unknown function ISEMPTY. Check spelling.',
  },
  {
    what: 'a formula loses a parenthesis',
    source: change(link, '&quot;_self&quot;))', '&quot;_self&quot;)'),
    ...inLink,
    place: '<formula>',
    problem: "Syntax error. Missing ')'",
  },
  {
    what: 'a formula joins a picklist to text',
    source: formula('Kind__c &amp; &quot;: &quot; &amp; Record_Id__c'),
    ...inLink,
    place: '<formula>',
    problem:
      'Field Kind__c is a picklist field. Picklist fields are only supported in certain functions.',
  },
  {
    what: 'refunds cannot be moved to another order, though an upsert names the order each time',
    source: change(
      'objects/Woo_Refund__c/fields/Order__c.field-meta.xml',
      '    <reparentableMasterDetail>true</reparentableMasterDetail>\n',
      '',
    ),
    component: 'CustomField Woo_Refund__c.Order__c',
    fileName: 'objects/Woo_Refund__c.object',
    place: '<fields>\n    <fullName>Order__c<',
    problem:
      "Must specify 'reparentableMasterDetail' for Woo_Refund__c.Order__c: Woo_Refund__c has an " +
      'external id, and an upsert that names the parent of a record that is there fails unless ' +
      'it is true. Write true, or false where the parent is never sent again.',
  },
  {
    what: 'a picklist of a custom metadata type is open',
    source: change(
      'objects/Woo_Store__mdt/fields/Route__c.field-meta.xml',
      '<restricted>true</restricted>',
      '<restricted>false</restricted>',
    ),
    component: 'CustomField Woo_Store__mdt.Route__c',
    fileName: 'objects/Woo_Store__mdt.object',
    place: '<valueSet>\n        <restricted>false<',
    problem: 'Non-strict picklists are not supported on this object',
  },
  {
    what: 'a mapping record has a value that its picklist does not have',
    source: change(total, '>to_salesforce<', '>to_sf<'),
    component: 'CustomMetadata Woo_Field_Mapping.Order_Total',
    fileName: `${records}Order_Total.md`,
    place: '<values>\n        <field>Direction__c',
    problem: 'bad value for restricted picklist field: to_sf (Direction__c)',
  },
  {
    what: 'a mapping record belongs to a mapping that is not there',
    source: change(total, '>Order<', '>Orders<'),
    component: 'CustomMetadata Woo_Field_Mapping.Order_Total',
    fileName: `${records}Order_Total.md`,
    place: '<values>\n        <field>Mapping__c',
    problem: 'In field: Mapping__c - no CustomMetadata named Woo_Mapping.Orders found',
  },
  {
    what: 'a mapping record writes a checkbox as text',
    source: change(
      'customMetadata/Woo_Mapping.Refund.md-meta.xml',
      '<value xsi:type="xsd:boolean">true</value>',
      '<value xsi:type="xsd:string">yes</value>',
    ),
    component: 'CustomMetadata Woo_Mapping.Refund',
    fileName: 'customMetadata/Woo_Mapping.Refund.md',
    place: '<values>\n        <field>Active__c',
    problem: 'Active__c: the value needs xsi:type="xsd:boolean", not xsd:string',
  },
  {
    what: 'a mapping record has a name that is too long',
    source: renamed(
      source,
      total,
      `${records}Order_Total_With_Everything_That_Belongs_To.md-meta.xml`,
    ),
    component: 'CustomMetadata Woo_Field_Mapping.Order_Total_With_Everything_That_Belongs_To',
    fileName: `${records}Order_Total_With_Everything_That_Belongs_To.md`,
    place: '<CustomMetadata',
    problem:
      "The name 'Order_Total_With_Everything_That_Belongs_To' has 43 characters; at most 40 are allowed.",
  },
  {
    what: 'a permission set grants the field that joins a line to its order',
    source: change(
      'permissionsets/Woo_Sales.permissionset-meta.xml',
      '<field>Woo_Order_Item__c.SKU__c</field>',
      '<field>Woo_Order_Item__c.Order__c</field>',
    ),
    component: 'PermissionSet Woo_Sales',
    fileName: 'permissionsets/Woo_Sales.permissionset',
    place:
      '<fieldPermissions>\n        <editable>false</editable>\n        <field>Woo_Order_Item__c.Order__c',
    problem: 'You cannot deploy to a required field: Woo_Order_Item__c.Order__c',
  },
  {
    what: 'a permission set lets people edit a formula',
    source: change(
      'permissionsets/Woo_Admin.permissionset-meta.xml',
      '<editable>false</editable>\n        <field>Woo_Sync_Issue__c.Record_Link__c<',
      '<editable>true</editable>\n        <field>Woo_Sync_Issue__c.Record_Link__c<',
    ),
    component: 'PermissionSet Woo_Admin',
    fileName: 'permissionsets/Woo_Admin.permissionset',
    place:
      '<fieldPermissions>\n        <editable>true</editable>\n        <field>Woo_Sync_Issue__c.Record_Link__c<',
    problem:
      "Field Woo_Sync_Issue__c.Record_Link__c is calculated or numbered by the org and can't be editable",
  },
  {
    what: 'a permission set names a custom permission as its label does',
    source: change(
      'permissionsets/Woo_Bypass.permissionset-meta.xml',
      '<name>Woo_Sync_Bypass</name>',
      '<name>Woo_Bypass</name>',
    ),
    component: 'PermissionSet Woo_Bypass',
    fileName: 'permissionsets/Woo_Bypass.permissionset',
    place: '<customPermissions>',
    problem: 'In field: name - no CustomPermission named Woo_Bypass found',
  },
  {
    what: 'the app shows the plural of a tab',
    source: change(
      'applications/WooCommerce.app-meta.xml',
      '<tabs>Woo_Order__c</tabs>',
      '<tabs>Woo_Orders__c</tabs>',
    ),
    component: 'CustomApplication WooCommerce',
    fileName: 'applications/WooCommerce.app',
    place: '<tabs>Woo_Orders__c',
    problem: 'In field: tabs - no CustomTab named Woo_Orders__c found',
  },
  {
    what: 'a tab is named after no object',
    source: added(
      'tabs/Woo_Refunds__c.tab-meta.xml',
      source['tabs/Woo_Refund__c.tab-meta.xml'] ?? '',
    ),
    component: 'CustomTab Woo_Refunds__c',
    fileName: 'tabs/Woo_Refunds__c.tab',
    place: '<customObject>',
    problem: 'In field: customObject - no CustomObject named Woo_Refunds__c found',
  },
  {
    what: 'a list view compares money with a word',
    source: change(
      'objects/Woo_Order__c/listViews/With_Refunds.listView-meta.xml',
      '<value>0</value>',
      '<value>nothing</value>',
    ),
    component: 'ListView Woo_Order__c.With_Refunds',
    fileName: 'objects/Woo_Order__c.object',
    place: '<filters>\n        <field>Refunded_Total__c',
    problem: "Invalid filter value 'nothing' for the field Refunded_Total__c of type double",
  },
  {
    what: 'a list view has a column by its API name where the platform has a code',
    source: change(
      'objects/Woo_Refund__c/listViews/All_Woo_Refunds.listView-meta.xml',
      '<columns>NAME</columns>',
      '<columns>Name</columns>',
    ),
    component: 'ListView Woo_Refund__c.All_Woo_Refunds',
    fileName: 'objects/Woo_Refund__c.object',
    place: '<columns>Name<',
    problem: 'Could not resolve list view column: Name',
  },
  {
    what: 'two lookups give the product the same list',
    source: change(
      'objects/Woo_Order_Item__c/fields/Product__c.field-meta.xml',
      '<relationshipName>Woo_Order_Items<',
      '<relationshipName>Woo_Variations<',
    ),
    component: 'CustomField Woo_Order_Item__c.Product__c',
    fileName: 'objects/Woo_Order_Item__c.object',
    place: '<relationshipName>Woo_Variations',
    problem: 'There is already a Child Relationship named Woo_Variations on Product2.',
  },
  {
    what: 'a validation rule asks for a status that no formula sees as text',
    source: ruleOnOrders('AND(Status__c = &quot;refunded&quot;, Refunded_Total__c = 0)'),
    component: 'ValidationRule Woo_Order__c.Planted',
    fileName: 'objects/Woo_Order__c.object',
    place: '<errorConditionFormula>',
    problem:
      'Field Status__c is a picklist field. Picklist fields are only supported in certain functions.',
  },
  {
    what: 'a record type offers a value that the picklist does not have',
    source: added(
      'objects/Woo_Order_Item__c/recordTypes/Planted.recordType-meta.xml',
      file(
        'RecordType',
        `<fullName>Planted</fullName>
<active>true</active>
<label>Planted</label>
<picklistValues>
<picklist>Type__c</picklist>
<values><fullName>gift</fullName><default>false</default></values>
</picklistValues>`,
      ),
    ),
    component: 'RecordType Woo_Order_Item__c.Planted',
    fileName: 'objects/Woo_Order_Item__c.object',
    place: '<picklistValues>',
    problem: 'Picklist value: gift in picklist: Type__c not found',
  },
  {
    what: 'two values of a picklist have one label',
    source: change(
      'objects/Product2/fields/Woo_Type__c.field-meta.xml',
      '<label>Variation</label>',
      '<label>Variable</label>',
    ),
    component: 'CustomField Product2.Woo_Type__c',
    fileName: 'objects/Product2.object',
    place: '<value>\n                <fullName>variation<',
    problem: 'Duplicate label: Variable',
  },
  {
    what: 'a required lookup would be emptied',
    source: change(
      'objects/Product2/fields/Woo_Parent_Product__c.field-meta.xml',
      '<required>false</required>',
      '<required>true</required>',
    ),
    component: 'CustomField Product2.Woo_Parent_Product__c',
    fileName: 'objects/Product2.object',
    place: '<required>true</required>',
    problem:
      'field integrity exception: unknown (must specify either cascade delete or restrict delete ' +
      'for required lookup foreign key)',
  },
  {
    what: 'a formula is typed with the quotes of a word processor',
    source: formula('IF(ISBLANK(Record_Id__c), “none”, Record_Id__c)'),
    ...inLink,
    place: '<formula>',
    problem: "Syntax error. Found '“'",
  },
  {
    what: 'a layout shows the lines of products as those of orders',
    source: change(
      'layouts/Woo_Order__c-Woo Order Layout.layout-meta.xml',
      '<relatedList>Woo_Order_Item__c.Order__c</relatedList>',
      '<relatedList>Woo_Order_Item__c.Product__c</relatedList>',
    ),
    component: 'Layout Woo_Order__c-Woo Order Layout',
    fileName: 'layouts/Woo_Order__c-Woo Order Layout.layout',
    place: '<relatedLists>',
    problem: 'Cannot find related list:Woo_Order_Item__c.Product__c',
  },
  {
    what: 'a tab shows the page of a record',
    source: change(
      'tabs/Woo_Sales.tab-meta.xml',
      '<flexiPage>Woo_Sales</flexiPage>',
      '<flexiPage>Woo_Order_Record_Page</flexiPage>',
    ),
    component: 'CustomTab Woo_Sales',
    fileName: 'tabs/Woo_Sales.tab',
    place: '<flexiPage>',
    problem:
      'The page Woo_Order_Record_Page of the type RecordPage is not one that a tab can show; an AppPage is',
  },
  {
    what: 'a path that waits asks for the record as it was',
    source: change(
      'flows/Woo_Service_Watch.flow-meta.xml',
      '{!Read_Again.Store__c} &amp;',
      '{!$Record__Prior.Store__c} &amp;',
    ),
    component: 'Flow Woo_Service_Watch',
    fileName: 'flows/Woo_Service_Watch.flow',
    place: '<recordCreates>',
    problem:
      "Open_Attention: $Record__Prior can't be used in a scheduled path, which runs when the save is over",
  },
];

const nameOf = ({ componentType, fullName }: DeployMessage): string =>
  `${componentType} ${fullName}`;

const lineOf = (text: string, part: string): number =>
  text.slice(0, text.indexOf(part)).split('\n').length;

/** Whether the failure comes of another: it names a component that failed, or a part of it failed. */
const followsFrom = (failure: DeployMessage, failures: readonly DeployMessage[]): boolean =>
  failures.some((other) => {
    const short = other.fullName.slice(other.fullName.lastIndexOf('.') + 1);
    const isPart = other.fullName.startsWith(`${failure.fullName}.`);
    // A formula goes by the name of the relationship.
    const names = [short, short.replace(/__c$/, '__r.')];
    const isNamed = names.some((name) => failure.problem?.includes(name) === true);
    // A report on a master and its details ends with the field that joins them.
    const isJoined =
      other.componentType === 'CustomField' &&
      failure.problem?.includes('invalid report type') === true;
    // Words of an object name the labels of the values of its fields.
    const isTranslated =
      failure.componentType === 'CustomObjectTranslation' &&
      other.fullName.startsWith(`${failure.fullName.split('-')[0] ?? ''}.`);
    const follows = isPart || isNamed || isJoined || isTranslated;
    return nameOf(other) !== nameOf(failure) && follows;
  });

describe('a mistake in the metadata of this project', () => {
  it('is planted in twenty and more ways', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(20);
    expect(new Set(mistakes.map(({ what }) => what)).size).toBe(mistakes.length);
  });

  it.each(mistakes)('$what', (mistake) => {
    const org = orgForProject();
    const files = packageOf(mistake.source);
    const result = deployFiles(org, files, { rollbackOnError: false });
    const { componentFailures: failures, componentSuccesses: successes } = result.details;
    const planted = failures.filter((one) => nameOf(one) === mistake.component);
    const text = files[mistake.fileName] ?? '';
    expect(text).toContain(mistake.place);
    expect(planted).toMatchObject([
      {
        fileName: mistake.fileName,
        lineNumber: lineOf(text, mistake.place),
        problem: mistake.problem,
        problemType: 'Error',
        success: false,
      },
    ]);
    const others = failures.filter((one) => nameOf(one) !== mistake.component);
    expect(others.filter((one) => !followsFrom(one, failures)).map(nameOf)).toEqual([]);
    const kept = new Set(org.components().map(({ type, fullName }) => `${type} ${fullName}`));
    const neighbours = successes.filter((one) => one.componentType !== '');
    expect(result.status).toBe('SucceededPartial');
    expect(neighbours.length).toBeGreaterThan(250);
    expect(neighbours.filter((one) => !kept.has(nameOf(one)))).toEqual([]);
    expect(kept.has(mistake.component)).toBe(false);
  });
});
