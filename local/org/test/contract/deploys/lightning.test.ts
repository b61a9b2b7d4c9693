import { expect } from 'vitest';
import { listMetadata } from '../../../metadata/retrieve/describe.ts';
import {
  bundle,
  item,
  LightningOrg,
  page,
  property,
  region,
  script,
  settings,
  targets,
} from '../../../metadata/test/lightning.ts';
import { deployFiles, file, object, type Files } from '../../../metadata/test/packages.ts';
import { expectEach } from './deploy-org.ts';
import { statement } from '../statement.ts';

const org = new LightningOrg();
const noDesign = (name: string): string =>
  `We couldn't retrieve the design time component information for component ${name}.`;

statement(
  "The source of a Lightning web component is compiled, by the compiler of the platform's release: what it refuses is refused with file, line and column. A component has the name of its folder, and settings with `apiVersion` and `isExposed`.",
  () => {
    const of = (parts: Parameters<typeof bundle>[1]) => org.problems(bundle('one', parts));
    expect(
      of({ html: '<template><p>{recordId}</p></template>', css: 'p { color: red; }' }),
    ).toEqual([]);
    expect(of({ html: '<template>\n  <p if:nope={x}></p>\n</template>' })).toEqual([
      'one.html:2:6: LWC1084: Unexpected if modifier nope',
    ]);
    expect(of({ js: 'export default class {\n  x = ;\n}' })).toEqual([
      'one.js:2:7: SyntaxError: LWC1007: one.js: Unexpected token (2:6)',
    ]);
    expect(of({ settings: settings('', '99.0').replace(/<isExposed>.*\n/, '') })).toEqual([
      'one.js-meta.xml:2:1: Invalid version specified: 99; write it as 66.0',
      'one.js-meta.xml:1:1: Required field is missing: isExposed',
    ]);
    expect(of({ settings: settings('', '68.0') })).toEqual([]);
    const { 'lwc/one/one.js': js = '', ...rest } = bundle('one');
    expect(org.messages({ ...rest, 'lwc/one/two.js': js })).toEqual([
      'Cannot find Lightning Component Bundle one: it has no one.js',
    ]);
    const kept = new LightningOrg().data;
    expect(deployFiles(kept, bundle('one')).success).toBe(true);
    const by = { id: '005', name: 'A' };
    expect(listMetadata(kept, 'LightningComponentBundle', by, '')).toContainEqual(
      expect.objectContaining({ fullName: 'one', fileName: 'lwc/one' }),
    );
  },
);

statement(
  'What a component imports, and the components in its templates, are there: own ones, those of `lightning`, labels, objects and fields, Apex methods with `@AuraEnabled`, static resources and permissions; a component that failed takes along those that use it.',
  () => {
    const of = (module: string) =>
      org.messages(bundle('one', { js: script('', `import X from '${module}';`) }));
    expectEach(of, {
      'c/tools': [],
      'lightning/alert': [],
      '@salesforce/label/c.Hello': [],
      '@salesforce/schema/Parcel__c.Contact__r.Email': [],
      '@salesforce/apex/Greeter.greet': [],
      '@salesforce/i18n/locale': [],
      'c/nope': 'No MODULE named markup://c:nope found : [markup://c:one]',
      'lightning/nope': 'No MODULE named markup://lightning:nope found : [markup://c:one]',
      'lightning/navigation': 'default is not exported by lightning/navigation',
      '@salesforce/label/c.Nope': 'Invalid reference c.Nope of type label in file one.js',
      '@salesforce/schema/Parcel__c.Nope__c':
        'Invalid reference Parcel__c.Nope__c of type sobjectField in file one.js',
      '@salesforce/apex/Greeter.hidden':
        "Unable to find Apex action method referenced as 'Greeter.hidden'.",
      '@salesforce/resourceUrl/Nope': 'Invalid reference Nope of type resourceUrl in file one.js',
      '@salesforce/customPermission/Nope':
        'Invalid reference Nope of type customPermission in file one.js',
      d3: 'Failed to resolve import "d3" from "one.js"',
    });
    const user = bundle('user', { html: '<template><c-one></c-one></template>' });
    expect(org.messages({ ...user, ...bundle('one') })).toEqual([]);
    expect(org.messages({ ...user, ...bundle('one', { js: 'export {' }) })).toEqual([
      expect.stringMatching(/^SyntaxError/),
      'No MODULE named markup://c:one found : [markup://c:user]',
    ]);
  },
);

statement(
  'The settings of a component name known targets; what they say of a target names properties of its class with types, defaults and ranges that fit, and objects that exist.',
  () => {
    const of = (inner: string) =>
      org.messages(
        bundle('one', {
          js: script('@api size;'),
          settings: settings(
            targets(
              ['RecordPage'],
              `<targetConfig targets="lightning__RecordPage">${inner}</targetConfig>`,
            ),
          ),
        }),
      );
    expectEach(of, {
      '<property name="size" type="Integer" min="1" default="2"/>': [],
      '<property name="nope" type="String"/>':
        "The 'nope' property doesn't exist on the 'c:one' component: its class has no such @api property",
      '<property name="size" type="Text"/>': "Invalid type of the property size: 'Text'",
      '<property name="size" type="Integer" default="x"/>':
        "Invalid default of the property size: 'x' is no Integer",
      '<property name="size" type="Integer" min="3" default="2"/>':
        'The default 2 is not from 3 to Infinity',
      '<objects><object>Nope__c</object></objects>':
        'In field: object - no CustomObject named Nope__c found',
    });
    expect(org.messages(bundle('one', { settings: settings(targets(['Nope'])) }))).toEqual([
      "Invalid target: 'lightning__Nope'",
    ]);
  },
);

const ofPage = (main: string, parts: Parameters<typeof page>[1] = {}): readonly string[] =>
  org.messages({ 'flexipages/P.flexipage': page(main, parts) });

statement(
  'A Lightning page is of a record, home or app, with an object only for records; its template exists and is of its kind, and has its regions. Other kinds, templates and parts of pages are not emulated.',
  () => {
    const app = { object: '', type: 'AppPage', template: 'flexipage:defaultAppHomeTemplate' };
    expect(ofPage('')).toEqual([]);
    expect(ofPage('', app)).toEqual([]);
    expect(ofPage('', { ...app, object: 'Parcel__c' })).toEqual([
      'A page of the type AppPage has no sobjectType',
    ]);
    expect(ofPage('', { object: '' })).toEqual(['Required field is missing: sobjectType']);
    expect(ofPage('', { object: 'Nope__c' })).toEqual([
      'In field: sobjectType - no CustomObject named Nope__c found',
    ]);
    expect(ofPage('', { ...app, template: 'flexipage:nope' })).toEqual([
      "Template flexipage:nope doesn't exist.",
    ]);
    expect(ofPage('', { ...app, type: 'HomePage' })).toEqual([
      'Template flexipage:defaultAppHomeTemplate is not for pages of the type HomePage',
    ]);
    expect(ofPage('', { regions: region('footer') })).toEqual([
      "The 'footer' region (type Region) doesn't exist.",
    ]);
    expect(ofPage('', { ...app, type: 'UtilityBar' })).toContain(
      'The local org does not emulate pages of the type UtilityBar.',
    );
  },
);

statement(
  'The components on a Lightning page are own ones that are exposed for its kind and its object, or listed ones of the platform; they get properties that they have, in their type and range, and all that they need, and have identifiers of their own.',
  () => {
    expectEach(ofPage, {
      [item('c:badge', property('size', '3')) + item('force:detailPanel')]: [],
      [item('c:nope')]: noDesign('c:nope'),
      [item('c:tools')]: `${noDesign('c:tools')} (it has no target lightning__RecordPage)`,
      [item('force:nope')]: noDesign('force:nope'),
      [item('c:badge', property('nope', '3'))]: 'Invalid property [nope] in component [c:badge]',
      [item('c:badge', property('size', 'x'))]:
        "Invalid value 'x' of the property [size] of type Integer",
      [item('c:badge', property('size', '10'))]:
        "Invalid value '10' of the property [size]: 1 to 9",
      [item('flexipage:richText')]:
        'Component [flexipage:richText] is missing required property [richTextValue]',
      [item('badge') + item('badge')]: 'Duplicate identifier: badge; it must be unique on the page',
    });
    expect(ofPage(item('c:badge'), { object: 'Account' })).toEqual([
      `${noDesign('c:badge')} (it is not for pages of Account)`,
    ]);
  },
);

statement(
  'A component stays exposed, with the target that it needs, while a page of the org holds it.',
  () => {
    const own = new LightningOrg();
    const one = (meta: string): Files => bundle('one', { settings: meta });
    const good = settings(targets(['RecordPage']));
    const held = { ...one(good), 'flexipages/P.flexipage': page(item('c:one')) };
    expect(deployFiles(own.data, held).success).toBe(true);
    const hidden = one(good.replace('<isExposed>true', '<isExposed>false'));
    expect(own.messages(hidden)).toEqual([
      "The c:one component must be marked 'isExposed=true' to be used on this Lightning Page: P",
    ]);
    expect(own.messages(one(settings(targets(['HomePage']))))).toEqual([
      'This component needs the target lightning__RecordPage: it is on the Lightning page P',
    ]);
    expect(own.messages({ ...hidden, 'flexipages/P.flexipage': page('') })).toEqual([]);
  },
);

statement(
  'Each facet of a Lightning page is named by one component; fields, conditions of visibility, related lists, list views, report charts and actions on it lead to something that exists.',
  () => {
    const tabset = item('flexipage:tabset', property('tabs', 'Facet-a'));
    expect(ofPage(tabset, { regions: region('Facet-a', '', 'Facet') })).toEqual([]);
    expect(ofPage('', { regions: region('Facet-a', '', 'Facet') })).toEqual([
      "The 'Facet-a' region (type Facet) doesn't exist.",
    ]);
    const fieldItem = (name: string): string =>
      `<itemInstances><fieldInstance><fieldItem>Record.${name}</fieldItem></fieldInstance></itemInstances>`;
    const rule =
      '<visibilityRule><criteria><leftValue>{!Record.Nope__c}</leftValue><operator>EQUAL</operator></criteria></visibilityRule>';
    const list = (name: string): string =>
      item(
        'force:relatedListSingleContainer',
        property('parentFieldApiName', 'Parcel__c.Id') + property('relatedListApiName', name),
      );
    const view = property('entityName', 'Parcel__c') + property('filterName', 'Nope');
    expectEach(ofPage, {
      [tabset]:
        'The facet Facet-a is defined by a component in the FlexiPage but not actually used.',
      [fieldItem('Code__c')]: [],
      [fieldItem('Nope__c')]: 'In field: fieldItem - no CustomField named Parcel__c.Nope__c found',
      [item('c:badge', '', 'b', rule)]:
        'In field: leftValue - no CustomField named {!Record.Nope__c} found',
      [list('Lines__r')]: [],
      [list('Nope__r')]:
        'In field: relatedListApiName - no RelatedList named Parcel__c.Nope__r found',
      [item('flexipage:filterListCard', view)]:
        'In field: filterName - no ListView named Parcel__c.Nope found',
      [item('flexipage:reportChart', property('reportName', 'Nope'))]:
        'In field: reportName - no Report named Nope found',
      [item('force:highlightsPanel', property('actionNames', 'Parcel__c.Nope'))]:
        'In field: actionNames - no QuickAction named Parcel__c.Nope found',
    });
  },
);

statement(
  "An override of an object's view shows a record page of that object, one of `standard-home` in an app a home page, on desktops only; each is there once.",
  () => {
    const override = (action: string, content: string, factor: string, subject = ''): string =>
      `<actionOverrides><actionName>${action}</actionName><content>${content}</content><formFactor>${factor}</formFactor><type>Flexipage</type>${subject}</actionOverrides>`;
    const about = (subject: string): string => `<pageOrSobjectType>${subject}</pageOrSobjectType>`;
    const home = ['top', 'bottomLeft', 'bottomRight', 'sidebar'].map((one) => region(one)).join('');
    const pages: Files = {
      'flexipages/P.flexipage': page(''),
      'flexipages/H.flexipage': file(
        'FlexiPage',
        `${home}<masterLabel>H</masterLabel><template><name>home:desktopTemplate</name></template><type>HomePage</type>`,
      ),
    };
    const onObject = (inner: string) =>
      org.messages({ ...pages, 'objects/Parcel__c.object': object('Parcel', inner) });
    const inApp = (inner: string) =>
      org.messages({
        ...pages,
        'applications/A.app': file('CustomApplication', `${inner}<label>A</label>`),
      });
    const wrong = (name: string, action: string): string =>
      `${name} does not exist or is not a valid override for action ${action}.`;
    expectEach(onObject, {
      [override('View', 'P', 'Small')]: [],
      [override('View', 'H', 'Large')]: wrong('H', 'View'),
      [override('View', 'Nope', 'Large')]: wrong('Nope', 'View'),
    });
    const atHome = override('Tab', 'H', 'Large', about('standard-home'));
    expectEach(inApp, {
      [atHome + override('View', 'P', 'Large', about('Parcel__c'))]: [],
      [atHome + atHome]: 'Duplicate override of Tab for standard-home',
      [override('Tab', 'H', 'Small', about('standard-home'))]: wrong('H', 'Tab'),
      [override('Tab', 'P', 'Large', about('standard-home'))]: wrong('P', 'Tab'),
      [override('View', 'P', 'Large', about('Account'))]: wrong('P', 'View'),
      [override('Tab', 'H', 'Large', about('standard-Home'))]:
        'In field: pageOrSobjectType - no CustomObject named standard-Home found',
    });
  },
);
