import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Org } from '../../local/org/org.ts';
import { field, file } from '../../local/org/metadata/test/packages.ts';
import { filesOf } from '../../local/org/metadata/retrieve/files.ts';
import { type AskedName, select } from '../../local/org/metadata/retrieve/asked.ts';
import { root } from '../../scripts/lib/sf.ts';
import { flag, record, type File } from './metadata.ts';

const REFERENCE = 'Our_Reference__c';

const shipped = (path: string): string =>
  readFileSync(join(root, 'force-app/main/default', `${path}-meta.xml`), 'utf8');

/** One of our files as an admin clones it. @throws Error where it does not hold what is replaced */
function cloned(path: string, to: string, ...edits: readonly (readonly [string, string])[]): File {
  const text = edits.reduce((all, [search, replacement]) => {
    if (!all.includes(search)) throw new Error(`${path} does not hold ${search}`);
    return all.replace(search, replacement);
  }, shipped(path));
  return [to, text];
}

/** A field and a list view of theirs on an object of ours. */
function ownParts(): File {
  const reference = field(REFERENCE, '<length>40</length><type>Text</type>');
  const view =
    '<listViews><fullName>Our_Orders</fullName><columns>NAME</columns><filterScope>Everything</filterScope><label>Our orders</label></listViews>';
  return cloned('objects/Woo_Order__c/Woo_Order__c.object', 'objects/Woo_Order__c.object', [
    '<label>',
    `${reference}${view}<label>`,
  ]);
}

const rights = `
<fieldPermissions><editable>false</editable><field>Woo_Order__c.${REFERENCE}</field><readable>true</readable></fieldPermissions>
<label>Our pages</label>
<tabSettings><tab>Our_Board</tab><visibility>Visible</visibility></tabSettings>`;

const recipient = `
<label>Our desk</label>
<protected>false</protected>
<values><field>Kind__c</field><value xsi:type="xsd:string">User</value></values>
<values><field>Recipient__c</field><value xsi:type="xsd:string">admin@local-org.example</value></values>`;

/** What an admin makes beside ours, in our folders and on our objects, in an order in which an org takes it. */
export const ownComponents = (): readonly File[] => [
  ownParts(),
  cloned('flexipages/Woo_Sales.flexipage', 'flexipages/Our_Board.flexipage', [
    '<masterLabel>Woo Sales',
    '<masterLabel>Our Board',
  ]),
  cloned('flexipages/Woo_Order_Record_Page.flexipage', 'flexipages/Our_Order_Page.flexipage', [
    '<masterLabel>Woo Order',
    '<masterLabel>Our Order',
  ]),
  cloned('tabs/Woo_Sales.tab', 'tabs/Our_Board.tab', ['>Woo_Sales<', '>Our_Board<']),
  cloned(
    'applications/WooCommerce.app',
    'applications/Our_App.app',
    ['<label>WooCommerce', '<label>Our App'],
    ['<tabs>Woo_Sync', '<tabs>Our_Board'],
  ),
  cloned(
    'reports/Woo_Sales/Woo_Daily_Refunds.report',
    'reports/Woo_Sales/Our_Daily_Refunds.report',
    ['<name>Daily', '<name>Our Daily'],
  ),
  ['permissionsets/Our_Pages.permissionset', file('PermissionSet', rights)],
  ['customMetadata/Woo_Recipient.Our_Desk.md', file('CustomMetadata', recipient)],
  [
    'customMetadata/Woo_Mapping.Our_Refund.md',
    record('Woo_Mapping.Refund', flag('Active__c', false), [/<label>/, '<label>Our '])[1],
  ],
];

/** The files of components as a retrieve gives them. */
export const filesNamed = (
  { data }: Org,
  ...asked: readonly AskedName[]
): ReadonlyMap<string, string> => filesOf(select(data, asked).components, data.schema());

/** The files of all that is named `Our`. @param without types that are left out */
export function ownFiles(org: Org, ...without: readonly string[]): ReadonlyMap<string, string> {
  const own = org.data
    .components()
    .filter(({ type, fullName }) => /\bOur[ _]/.test(fullName) && !without.includes(type));
  return filesNamed(org, ...own.map(({ type, fullName }) => ({ type, member: fullName })));
}
