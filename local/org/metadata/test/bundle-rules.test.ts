import { describe, expect, it } from 'vitest';
import { deployFiles, failuresOf, file } from './packages.ts';
import { bundle, LightningOrg, script, settings, targets } from './lightning.ts';

const org = new LightningOrg();
const of = (parts: Parameters<typeof bundle>[1]): readonly string[] =>
  org.problems(bundle('one', parts));

it('good components have no problems', () => {
  const imports = [
    "import { gql, graphql } from 'lightning/graphql';",
    "import { one } from 'c/tools';",
    "import { getRecord as read } from 'lightning/uiRecordApi';",
    "import * as all from 'lightning/uiRecordApi';",
    "import { getListInfoByName } from 'lightning/uiListsApi';",
    "import HELLO from '@salesforce/label/c.Hello';",
    "import CODE from '@salesforce/schema/Parcel__c.Code__c';",
    "import EMAIL from '@salesforce/schema/Parcel__c.Contact__r.Email';",
    "import greet from '@salesforce/apex/Greeter.greet';",
    "import SKIP from '@salesforce/customPermission/Skip';",
    "import LOCALE from '@salesforce/i18n/locale';",
    "import { help } from './help';",
  ];
  const files = bundle('one', {
    js: script('@api recordId;', imports.join('\n')),
    html: '<template><lightning-card title="x"><c-badge lwc:if={recordId} size="3"></c-badge></lightning-card></template>',
    css: ':host { display: block; }',
    settings: settings(targets(['RecordPage', 'HomePage', 'AppPage'])),
  });
  expect(org.problems({ ...files, 'lwc/one/help.js': 'export const help = 1;\n' })).toEqual([]);
  expect(org.problems(bundle('onlyStyles', { css: 'p { color: red; }' }))).toEqual([]);
});

describe('the source must compile', () => {
  it.each([
    [
      { js: 'export default class A {\n  x = ;\n}' },
      'one.js:2:7: SyntaxError: LWC1007: one.js: Unexpected token (2:6)',
    ],
    [{ js: script('@api dataSize;') }, /^one\.js:4:\d+: .*LWC1107.*dataSize/],
    [
      { html: '<template>\n  <p lwc:nope={x}></p>\n</template>' },
      'one.html:2:3: LWC1127: Invalid directive "lwc:nope" on element <p>.',
    ],
    [
      { html: '<template><p>{a + 1}</p></template>' },
      /^one\.html:1:14: Invalid expression .*LWC1060/,
    ],
    [
      { html: '<template><script></script></template>' },
      /^one\.html:1:11: LWC1051: Forbidden tag found/,
    ],
    [{ html: '<template>\n<p>\n</template>' }, /^one\.html:\d+:\d+: LWC/],
    [{ css: 'p {\n color: ' }, 'one.css:1:1: CssSyntaxError: LWC1009: one.css:1:1: Unclosed block'],
  ])('%j', (parts, problem) => {
    const [found = '', ...more] = of(parts);
    expect(more).toEqual([]);
    if (typeof problem === 'string') expect(found).toBe(problem);
    else expect(found).toMatch(problem);
  });
});

describe('a module of the platform exports what is imported', () => {
  it.each([
    [
      "import { getNope } from 'lightning/uiRecordApi';",
      'getNope is not exported by lightning/uiRecordApi',
    ],
    [
      "import { gql as graphql, nope } from 'lightning/graphql';",
      'nope is not exported by lightning/graphql',
    ],
    ["import all from 'lightning/graphql';", 'default is not exported by lightning/graphql'],
    [
      "export { getNope } from 'lightning/uiObjectInfoApi';",
      'getNope is not exported by lightning/uiObjectInfoApi',
    ],
  ])('%s', (line, said) => {
    const [found = '', ...more] = of({ js: script('', line) });
    expect(more).toEqual([]);
    expect(found).toMatch(/^one\.js:\d+:\d+: /);
    expect(found).toContain(said);
  });
});

describe('what a component uses is there', () => {
  it.each([
    ["'c/nope'", 'No MODULE named markup://c:nope found : [markup://c:one]'],
    ["'c/Tools'", 'No MODULE named markup://c:Tools found : [markup://c:one]'],
    ["'lightning/nope'", 'No MODULE named markup://lightning:nope found : [markup://c:one]'],
    ["'@salesforce/label/c.Nope'", 'Invalid reference c.Nope of type label in file one.js'],
    [
      "'@salesforce/schema/Parcel__c.Nope__c'",
      'Invalid reference Parcel__c.Nope__c of type sobjectField in file one.js',
    ],
    [
      "'@salesforce/schema/Parcel__c.Contact__r.Nope'",
      'Invalid reference Parcel__c.Contact__r.Nope of type sobjectField in file one.js',
    ],
    ["'@salesforce/schema/Nope__c'", 'Invalid reference Nope__c of type sobject in file one.js'],
    ["'@salesforce/apex/Nope.go'", "Unable to find Apex action class referenced as 'Nope'."],
    [
      "'@salesforce/apex/Greeter.hidden'",
      "Unable to find Apex action method referenced as 'Greeter.hidden'.",
    ],
    ["'@salesforce/resourceUrl/nope'", 'Invalid reference nope of type resourceUrl in file one.js'],
    [
      "'@salesforce/customPermission/Nope'",
      'Invalid reference Nope of type customPermission in file one.js',
    ],
    [
      "'@salesforce/userPermission/Nope'",
      'Invalid reference Nope of type userPermission in file one.js',
    ],
    ["'./nope'", 'Failed to resolve import "./nope" from "one.js"'],
    ["'d3'", 'Failed to resolve import "d3" from "one.js"'],
  ])('import from %s', (module, problem) => {
    expect(of({ js: script('', `import X from ${module};`) })).toEqual([`one.js:2:15: ${problem}`]);
  });

  it('in templates, and when it is imported later', () => {
    expect(of({ html: '<template>\n  <c-no-pe></c-no-pe>\n</template>' })).toEqual([
      'one.html:2:3: No MODULE named markup://c:noPe found : [markup://c:one]',
    ]);
    expect(of({ html: '<template><lightning-no-pe></lightning-no-pe></template>' })).toEqual([
      'one.html:1:11: No MODULE named markup://lightning:noPe found : [markup://c:one]',
    ]);
    expect(of({ js: script("async go() { await import('c/nope'); }") })).toEqual([
      'one.js:4:27: No MODULE named markup://c:nope found : [markup://c:one]',
    ]);
  });

  it('by the name as it is spelt: letters between hyphens are small', () => {
    const user = bundle('user', { html: '<template><c-mybox></c-mybox></template>' });
    expect(org.messages({ ...user, ...bundle('myBox') })).toEqual([
      'No MODULE named markup://c:mybox found : [markup://c:user]',
    ]);
  });

  it('in the same deploy, unless it fails itself', () => {
    const user = bundle('user', { html: '<template><c-one></c-one></template>' });
    expect(org.problems({ ...user, ...bundle('one') })).toEqual([]);
    const broken = bundle('one', { js: 'export default class {' });
    expect(org.problems({ ...user, ...broken })).toEqual([
      expect.stringMatching(/^one\.js:1:\d+: SyntaxError/),
      'user.html:1:11: No MODULE named markup://c:one found : [markup://c:user]',
    ]);
  });
});

describe('the settings of a component', () => {
  const config = (inner: string, names = 'lightning__RecordPage'): string =>
    targets(
      ['RecordPage', 'RecordAction'],
      `<targetConfig targets="${names}">${inner}</targetConfig>`,
    );
  const js = script('@api size;');

  it.each([
    [settings('', '99.0'), '2:1: Invalid version specified: 99; write it as 66.0'],
    [settings().replace(/<isExposed>.*\n/, ''), '1:1: Required field is missing: isExposed'],
    [settings().replace(/<apiVersion>.*\n/, ''), '1:1: Required field is missing: apiVersion'],
    [
      settings().replace('<isExposed>true', '<isExposed>yes'),
      "3:1: Error parsing file: 'yes' is not a valid value for xsd:boolean in isExposed",
    ],
    [settings(targets(['NopePage'])), "4:10: Invalid target: 'lightning__NopePage'"],
    [
      settings(targets(['RecordPage', 'RecordPage'])),
      '4:48: Duplicate target: lightning__RecordPage',
    ],
    [
      settings(config('', 'lightning__HomePage')),
      "6:1: The target 'lightning__HomePage' of a targetConfig is not in targets",
    ],
    [
      settings(config('<property name="nope" type="String"/>')),
      "6:47: The 'nope' property doesn't exist on the 'c:one' component: its class has no such @api property",
    ],
    [
      settings(config('<property name="size" type="Text"/>')),
      "6:47: Invalid type of the property size: 'Text'",
    ],
    [
      settings(config('<property name="size" type="Integer" default="big"/>')),
      "6:47: Invalid default of the property size: 'big' is no Integer",
    ],
    [
      settings(config('<property name="size" type="Integer" min="4" default="3"/>')),
      '6:47: The default 3 is not from 4 to Infinity',
    ],
    [
      settings(config('<property name="size" type="String" min="4"/>')),
      "6:47: Only a property of the type 'Integer' has min and max",
    ],
    [
      settings(config('<property name="size" type="String" lable="x"/>')),
      "6:47: Invalid attribute in property: 'lable'",
    ],
    [
      settings(config('<objects><object>Nope__c</object></objects>')),
      '6:56: In field: object - no CustomObject named Nope__c found',
    ],
    [
      settings(config('<property name="size" type="String"/>', 'lightning__RecordAction')),
      '6:49: The target lightning__RecordAction takes no property',
    ],
    [
      settings(config('<actionType>Screen</actionType>', 'lightning__RecordAction')),
      "6:49: Invalid actionType: 'Screen'; it is ScreenAction or Action",
    ],
    [
      settings(config('<nope/>')),
      '6:47: Element nope invalid at this location in type targetConfig',
    ],
    [
      settings(
        config('<supportedFormFactors><supportedFormFactor type="Tiny"/></supportedFormFactors>'),
      ),
      "6:69: Invalid form factor: 'Tiny'; Large or Small",
    ],
  ])('%#', (meta, problem) => {
    expect(of({ js, settings: meta })).toEqual([`one.js-meta.xml:${problem}`]);
  });
});

describe('the files of a component', () => {
  it('have its name, which begins with a lower-case letter', () => {
    expect(org.messages(bundle('One'))).toEqual([
      expect.stringMatching(/^The name of the component One must begin with a lower-case letter/),
    ]);
    const { 'lwc/one/one.js': js = '', ...rest } = bundle('one');
    expect(org.messages({ ...rest, 'lwc/one/other.js': js })).toEqual([
      'Cannot find Lightning Component Bundle one: it has no one.js',
    ]);
  });

  it('are described by its settings', () => {
    const lone = { 'lwc/one/one.js': script() };
    expect(failuresOf(deployFiles(org.data, lone))).toEqual([
      'lwc/one/one.js-meta.xml:1:1 LightningComponentBundle one: [Line: 1, Col: 1] Missing lwc/one/one.js-meta.xml, the file that describes the component',
    ]);
  });

  it('are known by their endings, and by package.xml', () => {
    expect(org.problems({ ...bundle('one'), 'lwc/one/one.ts': 'export {};' })).toEqual([
      'one.ts:1:1: A component holds no files of this kind: lwc/one/one.ts',
    ]);
    const none = file('Package', '<version>66.0</version>');
    expect(org.messages({ ...bundle('one'), 'package.xml': none })).toEqual(['Not in package.xml']);
  });
});
