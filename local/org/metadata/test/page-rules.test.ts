import { describe, expect, it } from 'vitest';
import {
  bundle,
  item,
  LightningOrg,
  page,
  property,
  region,
  settings,
  targets,
} from './lightning.ts';
import { file, object, type Files } from './packages.ts';

const org = new LightningOrg();
const of = (text: string, more: Files = {}): readonly string[] =>
  org
    .problems({ 'flexipages/P.flexipage': text, ...more })
    .map((one) => one.replace(/^P\.flexipage:(\d+):\d+: /, '$1: '));

const badge = (inner = ''): string => item('c:badge', inner);
const noDesign = (name: string): string =>
  `We couldn't retrieve the design time component information for component ${name}.`;

const tabs =
  region('Facet-detail', item('force:detailPanel'), 'Facet') +
  region(
    'Facet-tabs',
    item(
      'flexipage:tab',
      property('body', 'Facet-detail') + property('title', 'Standard.Tab.detail'),
    ),
    'Facet',
  );
const tabset = item('flexipage:tabset', property('tabs', 'Facet-tabs'));

const fieldOn = (name: string): string =>
  `<itemInstances><fieldInstance><fieldItem>${name}</fieldItem><identifier>${name}</identifier></fieldInstance></itemInstances>`;
const shownWhen = (left: string, operator = 'EQUAL', logic = '1'): string =>
  item(
    'c:badge',
    '',
    'b',
    `<visibilityRule><booleanFilter>${logic}</booleanFilter><criteria><leftValue>${left}</leftValue><operator>${operator}</operator><rightValue>x</rightValue></criteria></visibilityRule>`,
  );
const list = (parent: string, name: string): string =>
  item(
    'force:relatedListSingleContainer',
    property('parentFieldApiName', parent) + property('relatedListApiName', name),
  );
const views = (entity: string, filter: string): string =>
  item('flexipage:filterListCard', property('entityName', entity) + property('filterName', filter));

it('good pages have no problems', () => {
  const inner = property('size', '4') + property('wide', 'true');
  expect(of(page(badge(inner) + tabset, { regions: tabs }))).toEqual([]);
  expect(of(page(item('badge')))).toEqual([]);
  expect(of(page(shownWhen('{!Record.Contact__r.Email}')))).toEqual([]);
  expect(of(page(shownWhen('{!$Permission.CustomPermission.Skip}')))).toEqual([]);
  expect(of(page(list('Parcel__c.Id', 'Lines__r') + views('Parcel__c', 'All_Parcels')))).toEqual(
    [],
  );
  const actions =
    '<componentInstanceProperties><name>actionNames</name><valueList><valueListItems><value>Edit</value></valueListItems></valueList></componentInstanceProperties>';
  expect(of(page(item('force:highlightsPanel', actions)))).toEqual([]);
});

it('a tab is named by a custom label that is there', () => {
  const named = (label: string): string =>
    page(tabset, { regions: tabs.replace('Standard.Tab.detail', `{!$Label.${label}}`) });
  const labels = file(
    'CustomLabels',
    '<labels><fullName>Parcels</fullName><language>en_US</language><protected>false</protected><shortDescription>Parcels</shortDescription><value>Parcels</value></labels>',
  );
  const more = { 'labels/CustomLabels.labels': labels };
  expect(of(named('Parcels'), more)).toEqual([]);
  expect(of(named('Nope'), more)).toEqual([
    expect.stringContaining('In field: title - no CustomLabel named Nope found'),
  ]);
});

describe('components on a page', () => {
  it.each([
    [item('c:nope'), noDesign('c:nope')],
    [item('c:Badge'), noDesign('c:Badge')],
    [item('force:nope'), noDesign('force:nope')],
    [item('home:assistant'), noDesign('home:assistant')],
    [item('c:tools'), `${noDesign('c:tools')} (it has no target lightning__RecordPage)`],
    [badge(property('size', '500')), "Invalid value '500' of the property [size]: 1 to 9"],
    [badge(property('size', '0')), "Invalid value '0' of the property [size]: 1 to 9"],
    [badge(property('nope', '1')), 'Invalid property [nope] in component [c:badge]'],
    [badge(property('size', 'big')), "Invalid value 'big' of the property [size] of type Integer"],
    [badge(property('wide', 'yes')), "Invalid value 'yes' of the property [wide] of type Boolean"],
    [badge(property('size', '1') + property('size', '2')), 'Duplicate property: size'],
    [
      item('force:detailPanel', property('nope', '1')),
      'Invalid property [nope] in component [force:detailPanel]',
    ],
    [
      item('force:relatedListSingleContainer', property('parentFieldApiName', 'Parcel__c.Id')),
      [
        'Component [force:relatedListSingleContainer] is missing required property [relatedListApiName]',
        'In field: relatedListApiName - no RelatedList named Parcel__c. found',
      ],
    ],
    [
      list('Parcel__c.Id', 'Nope__r'),
      'In field: relatedListApiName - no RelatedList named Parcel__c.Nope__r found',
    ],
    [
      list('Parcel__c.Nope__c', 'Lines__r'),
      'In field: parentFieldApiName - no CustomField named Parcel__c.Nope__c found',
    ],
    [views('Nope__c', 'All'), 'In field: entityName - no CustomObject named Nope__c found'],
    [views('Parcel__c', 'Nope'), 'In field: filterName - no ListView named Parcel__c.Nope found'],
    [
      item('flexipage:reportChart', property('reportName', 'Nope')),
      'In field: reportName - no Report named Nope found',
    ],
    [
      item('force:highlightsPanel', property('actionNames', 'Parcel__c.Nope')),
      'In field: actionNames - no QuickAction named Parcel__c.Nope found',
    ],
    [badge() + badge(), 'Duplicate identifier: c_badge; it must be unique on the page'],
    ['<itemInstances/>', 'An itemInstances holds a componentInstance or a fieldInstance'],
  ])('%s', (main, problem) => {
    expect(of(page(main))).toEqual([problem].flat().map((one) => `2: ${one}`));
  });

  it('are for the objects that their settings list, and for the kind of page', () => {
    expect(of(page(badge(), { object: 'Account' }))).toEqual([
      `2: ${noDesign('c:badge')} (it is not for pages of Account)`,
    ]);
    const app = { object: '', type: 'AppPage', template: 'flexipage:defaultAppHomeTemplate' };
    expect(of(page(badge(), app))).toEqual([
      `2: ${noDesign('c:badge')} (it has no target lightning__AppPage)`,
    ]);
    expect(of(page(item('force:detailPanel'), app))).toEqual([
      `2: ${noDesign('force:detailPanel')}`,
    ]);
  });

  it('are exposed, and given what they need', () => {
    const meta = settings(
      targets(
        ['RecordPage'],
        '<targetConfig targets="lightning__RecordPage"><property name="size" type="Integer" required="true"/></targetConfig>',
      ),
    );
    const js =
      'import { LightningElement, api } from "lwc";\nexport default class A extends LightningElement { @api size; }';
    expect(of(page(item('c:one')), bundle('one', { js, settings: meta }))).toEqual([
      '2: Component [c:one] is missing required property [size]',
    ]);
    const hidden = meta.replace('<isExposed>true', '<isExposed>false');
    expect(of(page(item('c:one')), bundle('one', { js, settings: hidden }))).toEqual([
      "2: The c:one component must be marked 'isExposed=true' to be used on this Lightning Page",
    ]);
  });

  it('offer the actions of their object', () => {
    const actions = (name: string): string =>
      item(
        'force:highlightsPanel',
        `<componentInstanceProperties><name>actionNames</name><valueList><valueListItems><value>${name}</value></valueListItems></valueList></componentInstanceProperties>`,
      );
    const action = (object: string): Files => ({
      [`quickActions/${object}.Do.quickAction`]: file(
        'QuickAction',
        '<actionSubtype>ScreenAction</actionSubtype><label>Do</label><lightningWebComponent>badge</lightningWebComponent><optionsCreateFeedItem>false</optionsCreateFeedItem><type>LightningWebComponent</type>',
      ),
    });
    const both = { ...action('Parcel__c'), ...action('Account') };
    expect(of(page(actions('Parcel__c.Do')), both)).toEqual([]);
    expect(of(page(actions('Global.NewTask')), both)).toEqual([]);
    expect(of(page(actions('Account.Do')), both)).toEqual([
      '2: The quick action Account.Do is not one of Parcel__c',
    ]);
  });
});

describe('a page', () => {
  it.each([
    [{ object: 'Nope__c' }, '7: In field: sobjectType - no CustomObject named Nope__c found'],
    [{ object: '' }, '1: Required field is missing: sobjectType'],
    [
      { template: 'flexipage:recordHomeTemplate' },
      "8: Template flexipage:recordHomeTemplate doesn't exist.",
    ],
    [
      { type: 'HomePage', object: '' },
      '8: Template flexipage:recordHomeTemplateDesktop is not for pages of the type HomePage',
    ],
    [{ regions: region('footer') }, "5: The 'footer' region (type Region) doesn't exist."],
    [{ regions: region('header') }, '5: Duplicate region: header'],
    [
      { template: 'flexipage:recordHomeWithSubheaderTemplateDesktop' },
      "8: The page has no 'subheader' region of its template",
    ],
    [
      { regions: region('Facet-idle', '', 'Facet') },
      "5: The 'Facet-idle' region (type Facet) doesn't exist.",
    ],
    [
      { type: 'UtilityBar', object: '' },
      [
        '9: The local org does not emulate pages of the type UtilityBar.',
        '8: Template flexipage:recordHomeTemplateDesktop is not for pages of the type UtilityBar',
      ],
    ],
    [
      { type: 'NopePage' },
      "9: Error parsing file: 'NopePage' is not a valid value for the enum 'FlexiPageType'",
    ],
  ])('%j', (parts, problem) => {
    expect(of(page('', parts))).toEqual([problem].flat());
  });

  it('shows each facet that its components name, once', () => {
    expect(of(page(tabset))).toEqual([
      '2: The facet Facet-tabs is defined by a component in the FlexiPage but not actually used.',
    ]);
    const again = item('flexipage:tabset', property('tabs', 'Facet-tabs'), 'second');
    expect(of(page(tabset + again, { regions: tabs }))).toEqual([
      '2: The facet Facet-tabs is used by more than one component',
    ]);
  });

  it('shows fields, and parts under conditions, that are there', () => {
    expect(of(page(fieldOn('Record.Code__c')))).toEqual([]);
    expect(of(page(fieldOn('Record.Nope__c')))).toEqual([
      '2: In field: fieldItem - no CustomField named Parcel__c.Nope__c found',
    ]);
    expect(of(page(shownWhen('{!Record.Nope__c}')))).toEqual([
      '2: In field: leftValue - no CustomField named {!Record.Nope__c} found',
    ]);
    expect(of(page(shownWhen('{!$Client.formFactor}', 'IS')))).toEqual([
      "2: Invalid operator in a visibilityRule: 'IS'",
    ]);
    expect(of(page(shownWhen('{!Record.Code__c}', 'NE', '1 AND 2')))).toEqual([
      '2: The booleanFilter 1 AND 2 must use each of the 1 criteria',
    ]);
  });
});

describe('pages that take over an action', () => {
  const override = (action: string, content: string, factor = 'Large', subject = ''): string =>
    `<actionOverrides><actionName>${action}</actionName><content>${content}</content>` +
    `<formFactor>${factor}</formFactor><skipRecordTypeSelect>false</skipRecordTypeSelect>` +
    `<type>Flexipage</type>${subject === '' ? '' : `<pageOrSobjectType>${subject}</pageOrSobjectType>`}</actionOverrides>`;
  const home = page('', {
    object: '',
    type: 'HomePage',
    template: 'home:desktopTemplate',
    regions: ['top', 'bottomLeft', 'bottomRight', 'sidebar'].map((one) => region(one)).join(''),
  }).replace(region('main'), '');
  const pages = { 'flexipages/P.flexipage': page(badge()), 'flexipages/H.flexipage': home };
  const app = (...overrides: readonly string[]): readonly string[] =>
    org.messages({
      ...pages,
      'applications/A.app': file(
        'CustomApplication',
        `${overrides.join('\n')}<label>A</label><tabs>standard-home</tabs><uiType>Lightning</uiType>`,
      ),
    });
  const wrong = (name: string, action: string): string =>
    `${name} does not exist or is not a valid override for action ${action}.`;

  it('suit it in an app', () => {
    const good = [override('Tab', 'H', 'Large', 'standard-home')];
    expect(app(...good, override('View', 'P', 'Small', 'Parcel__c'))).toEqual([]);
    expect(app(override('Tab', 'P', 'Large', 'standard-home'))).toEqual([wrong('P', 'Tab')]);
    expect(app(override('Tab', 'H', 'Small', 'standard-home'))).toEqual([wrong('H', 'Tab')]);
    expect(app(override('View', 'P', 'Large', 'Account'))).toEqual([wrong('P', 'View')]);
    expect(app(override('View', 'H', 'Large', 'Parcel__c'))).toEqual([wrong('H', 'View')]);
    expect(app(override('View', 'Nope', 'Large', 'Parcel__c'))).toEqual([wrong('Nope', 'View')]);
    expect(app(override('Tab', 'H', 'Large', 'standard-Home'))).toEqual([
      'In field: pageOrSobjectType - no CustomObject named standard-Home found',
    ]);
    expect(app(...good, ...good)).toEqual(['Duplicate override of Tab for standard-home']);
  });

  it('suit it on an object', () => {
    const on = (text: string): readonly string[] =>
      org.messages({ ...pages, 'objects/Parcel__c.object': object('Parcel', text) });
    expect(on(override('View', 'P'))).toEqual([]);
    expect(on(override('View', 'H'))).toEqual([wrong('H', 'View')]);
    expect(on(override('Edit', 'P'))).toEqual([wrong('P', 'Edit')]);
  });
});
