import { expect, it } from 'vitest';
import { problems } from './problems.ts';
import { file } from './packages.ts';

const component = {
  'lwc/tile/tile.js':
    "import { LightningElement } from 'lwc';\nexport default class Tile extends LightningElement {}\n",
  'lwc/tile/tile.html': '<template></template>\n',
  'lwc/tile/tile.js-meta.xml': file(
    'LightningComponentBundle',
    '<apiVersion>66.0</apiVersion><isExposed>true</isExposed><targets><target>lightning__HomePage</target></targets>',
  ),
};

it.each([
  [
    'a component that no tab can show',
    {
      ...component,
      'tabs/Tile.tab': file(
        'CustomTab',
        '<label>T</label><lwcComponent>tile</lwcComponent><motif>Custom1: Heart</motif>',
      ),
    },
    'CustomTab Tile: The component tile is not one that a tab can show: it has no target lightning__Tab',
  ],
  [
    'a group that sees a list view',
    {
      'objects/Box__c.object': file(
        'CustomObject',
        '<listViews><fullName>All</fullName><filterScope>Everything</filterScope><label>All</label><sharedTo><group>Nope</group></sharedTo></listViews>',
      ),
    },
    'ListView Box__c.All: In field: sharedTo - no Group named Nope found',
  ],
  [
    'a button of a layout',
    {
      'layouts/Box__c-Box Layout.layout': file('Layout', '<customButtons>Nope</customButtons>'),
    },
    'Layout Box__c-Box Layout: In field: customButtons - no WebLink named Box__c.Nope found',
  ],
  [
    'a package that a class is bound to',
    {
      'classes/Sample.cls': 'public class Sample {}',
      'classes/Sample.cls-meta.xml': file(
        'ApexClass',
        '<apiVersion>66.0</apiVersion><packageVersions><majorNumber>1</majorNumber><minorNumber>0</minorNumber><namespace>nope</namespace></packageVersions><status>Active</status>',
      ),
    },
    'ApexClass Sample: In field: namespace - no InstalledPackage named nope found',
  ],
  [
    'somebody who is in a queue',
    {
      'queues/Q.queue': file(
        'Queue',
        '<doesSendEmailToMembers>false</doesSendEmailToMembers><name>Q</name><queueMembers><roles><role>CEO</role></roles><users><user>nobody@example.com</user></users></queueMembers>',
      ),
    },
    'Queue Q: In field: queueMembers - no User named nobody@example.com found',
  ],
  [
    'an object that the local org lacks, of a queue',
    {
      'queues/Q.queue': file(
        'Queue',
        '<doesSendEmailToMembers>false</doesSendEmailToMembers><name>Q</name><queueSobject><sobjectType>Case</sobjectType></queueSobject>',
      ),
    },
    'Queue Q: The local org does not have the standard object Case.',
  ],
  [
    'a master that sums up what only looks up to it',
    {
      'objects/Box__c.object': file(
        'CustomObject',
        '<fields><fullName>Sum__c</fullName><label>S</label><summaryForeignKey>Contact.AccountId</summaryForeignKey><summaryOperation>count</summaryOperation><type>Summary</type></fields>',
      ),
    },
    'CustomField Box__c.Sum__c: summaryForeignKey must be a master-detail relationship to Box__c: Contact.AccountId',
  ],
])('is refused by name: %s', (_what, files, problem) => {
  expect(problems(files).map((one) => one.replace(/^\S* ?[^:]*:\d+:\d+ /, ''))).toContain(problem);
});
