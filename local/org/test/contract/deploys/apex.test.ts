import { expect } from 'vitest';
import { createOrgData } from '../../../data/org-data.ts';
import { deployFiles, file } from '../../../metadata/test/packages.ts';
import { Cursors } from '../../../soql/cursors.ts';
import { expectEach, ofSet, problemsOf } from './deploy-org.ts';
import { statement } from '../statement.ts';

const described = file('ApexClass', '<apiVersion>66.0</apiVersion>\n<status>Active</status>');

const ofClass = (source: string): readonly string[] =>
  problemsOf({ 'classes/A.cls': source, 'classes/A.cls-meta.xml': described });

statement(
  "An Apex class has the name of its file and a file that describes it, parses in Salesforce's own parser and has no reserved names, and no field or variable twice whatever the case, and is compiled against the classes and objects of the org: what Salesforce's compiler refuses, and what this org does not run, is refused with line and column. A static resource is not empty.",
  () => {
    expectEach(ofClass, {
      'public class A { Nothing n; }': 'A: Invalid type: Nothing',
      '/* class C */ public with sharing class a { }': [],
      'public class B { }': "A: File name 'A' does not match the name of its class 'B'",
    });
    const [problem] = ofClass('public class A { void f() { return } }');
    expect(problem).toMatch(/^A: .*'}'/);
    const placed = (source: string): readonly string[] =>
      deployFiles(createOrgData(), {
        'classes/A.cls': source,
        'classes/A.cls-meta.xml': described,
      }).details.componentFailures.map(
        ({ lineNumber, columnNumber, problem }) =>
          `${lineNumber ?? 0}:${columnNumber ?? 0} ${problem ?? ''}`,
      );
    expect(placed('public class A {\n  static void limit(String a) {}\n}')).toEqual([
      expect.stringMatching(/^2:\d+ .*'limit'/),
    ]);
    expect(placed('public class A {\n  void f() { String group = null; }\n}')).toEqual([
      '2:21 Identifier name is reserved: group',
    ]);
    expect(placed('public class A {\n  void f(String one) { String ONE = null; }\n}')).toEqual([
      '2:31 Duplicate variable: ONE',
    ]);
    const deep = (n: number): string =>
      `public class A { Integer f() { return ${'('.repeat(n)}1${')'.repeat(n)}; } }`;
    expect(placed(deep(400))).toEqual([]);
    for (const n of [600, 20_000]) {
      expect(placed(deep(n))).toEqual([expect.stringMatching(/^1:1 NOT_EMULATED: /)]);
    }
    expect(placed(`public class A { /* ${'x'.repeat(5_000_000)} */ }`)).toEqual([
      '1:1 The code has 5000025 characters, more than 1000000.',
    ]);
    expect(problemsOf({ 'classes/A.cls': 'public class A { }' })[0]).toContain('classes/A.cls');
    const resource = file(
      'StaticResource',
      '<cacheControl>Private</cacheControl><contentType>application/json</contentType>',
    );
    const ofResource = (content: string) =>
      problemsOf({
        'staticresources/R.resource': content,
        'staticresources/R.resource-meta.xml': resource,
      });
    expectEach(ofResource, { '[]': [], '': 'R: Static Resource body cannot be empty' });
  },
);

statement(
  '`StaticResource` lists the static resources that were deployed; SOQL gives no `Body`.',
  () => {
    const org = createOrgData();
    deployFiles(org, {
      'staticresources/Cases.resource': '["é"]',
      'staticresources/Cases.resource-meta.xml': file(
        'StaticResource',
        '<cacheControl>Private</cacheControl><contentType>application/json</contentType>',
      ),
    });
    const soql = 'SELECT Name, ContentType, BodyLength, Body FROM StaticResource';
    const page = { org, withDeleted: false, pageSize: 2000, version: 'v66.0' };
    const { records } = new Cursors().start({ ...page, soql });
    const row = { Name: 'Cases', ContentType: 'application/json', BodyLength: 6, Body: null };
    expect(records).toEqual([expect.objectContaining(row)]);
  },
);

const parameter = (name: string, type: string): string =>
  `<externalCredentialParameters><parameterName>${name}</parameterName><parameterType>${type}</parameterType></externalCredentialParameters>`;

const external = (inner: string, protocol = 'Basic'): string =>
  file(
    'ExternalCredential',
    `<authenticationProtocol>${protocol}</authenticationProtocol>\n${inner}\n<label>E</label>`,
  );

const keys = parameter('Keys', 'NamedPrincipal');

const ofExternal = (inner: string, protocol?: string): readonly string[] =>
  problemsOf({ 'externalCredentials/E.externalCredential': external(inner, protocol) });

statement(
  'An external credential has a named principal, each parameter once, and the protocol Basic or Custom; others are not emulated.',
  () => {
    expectEach(ofExternal, {
      [keys]: [],
      [keys + parameter('Others', 'NamedPrincipal')]: [],
      [keys + keys]: 'E: Duplicate externalCredentialParameters: Keys',
      [parameter('X', 'AuthHeader')]:
        'E: An external credential needs a named principal; others are not emulated.',
    });
    expect(ofExternal(keys, 'Custom')).toEqual([]);
    expect(ofExternal(keys, 'Oauth')).toEqual([
      'E: The local org does not emulate the authentication protocol Oauth.',
    ]);
    expect(ofExternal(keys, 'Magic')[0]).toContain('Magic');
  },
);

const url = (value: string): string =>
  `<namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType><parameterValue>${value}</parameterValue></namedCredentialParameters>`;

const authentication = (name: string): string =>
  `<namedCredentialParameters><externalCredential>${name}</externalCredential><parameterName>ExternalCredential</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters>`;

const named = (parameters: string, type = 'SecuredEndpoint'): string =>
  file(
    'NamedCredential',
    `<label>N</label>\n${parameters}\n<namedCredentialType>${type}</namedCredentialType>`,
  );

const ofNamed = (parameters: string, type?: string): readonly string[] =>
  problemsOf({
    'externalCredentials/E.externalCredential': external(keys),
    'namedCredentials/N.namedCredential': named(parameters, type),
  });

statement(
  'A named credential is a secured endpoint, with an address without a slash at its end and an external credential that exists.',
  () => {
    const good = url('https://shop.example');
    const invalid = (value: string): string =>
      `N: Invalid URL: "${value}"; it begins with https:// and ends without a slash`;
    expectEach(ofNamed, {
      [good + authentication('E')]: [],
      [url('https://shop.example/') + authentication('E')]: invalid('https://shop.example/'),
      [url('shop.example') + authentication('E')]: invalid('shop.example'),
      [authentication('E')]: 'N: Required parameter is missing: Url',
      [good]: 'N: Required parameter is missing: Authentication',
      [good + authentication('Other')]:
        'N: In field: externalCredential - no ExternalCredential named Other found',
    });
    expect(ofNamed(good + authentication('E'), 'Legacy')).toEqual([
      'N: The local org emulates named credentials of the type SecuredEndpoint only.',
    ]);
    const access = (principal: string): string =>
      `<externalCredentialPrincipalAccesses><enabled>true</enabled><externalCredentialPrincipal>${principal}</externalCredentialPrincipal></externalCredentialPrincipalAccesses>`;
    expect(ofSet(access('E-Keys'))).toEqual([
      'In field: externalCredentialPrincipal - no ExternalCredential named E-Keys found',
    ]);
    const together = problemsOf({
      'externalCredentials/E.externalCredential': external(keys),
      'permissionsets/P.permissionset': file(
        'PermissionSet',
        `${access('E-Keys')}${access('E-Others')}<label>P</label>`,
      ),
    });
    expect(together).toEqual([
      'P: In field: externalCredentialPrincipal - no ExternalCredential named E-Others found',
    ]);
  },
);
