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
      'public class A { Boolean f(A a, Object b) { return a === b || b !== null; } }': [],
      'public class A { Boolean f(Integer a) { return a === 1; } }':
        'A: Exact equality operator only allowed for reference types: Integer',
      "public class A { Account a = new Account(Name = 'b', name = 'c'); }":
        'A: Duplicate field initialization: name',
      'public class A { void f() { try { } catch (DmlException a) { } catch (DmlException b) { } } }':
        'A: Exception type already caught: DmlException',
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
    expect(placed('')).toEqual(["1:1 Unexpected token '<EOF>'."]);
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
  'Test methods, and those that set up tests, are static and void, take no parameters and are in an outer test class; future methods are static and void, with parameters of primitive types and collections of these.',
  () => {
    const inTest = (method: string) => ofClass(`@IsTest private class A { ${method} }`);
    expectEach(inTest, {
      '@IsTest static void f() {}': [],
      'static testMethod void f() {}': [],
      '@TestSetup static void f() {}': [],
      '@IsTest void f() {}': 'A: Test methods must be static: f',
      '@IsTest static Integer f() { return 1; }': 'A: Test methods must return void: f',
      '@IsTest static void f(Integer a) {}': 'A: Test methods take no parameters: f',
      'static testMethod void f(Id a) {}': 'A: Test methods take no parameters: f',
      '@TestSetup static void f(Integer a) {}': 'A: TestSetup methods take no parameters: f',
      '@TestSetup void f() {}': 'A: TestSetup methods must be static: f',
      'class Nest { @IsTest void f() {} }': 'A: Test methods must be in an outer class: f',
    });
    const plain = (method: string) => ofClass(`public class A { ${method} }`);
    expectEach(plain, {
      '@IsTest static void f() {}': 'A: Test methods must be in test classes: f',
      '@TestSetup static void f() {}': 'A: TestSetup methods must be in test classes: f',
      '@Future static void f(Id a, List<Map<String, Date>> b) {}': [],
      '@Future(callout=true) static void f() {}': [],
      '@Future void f() {}': 'A: Future methods must be static: f',
      '@Future static Integer f() { return 1; }': 'A: Future methods must return void: f',
      '@Future static void f(Account a) {}':
        'A: Future methods do not support the parameter type Account: f',
      '@Future static void f(List<Object> a) {}':
        'A: Future methods do not support the parameter type List<Object>: f',
    });
  },
);

statement(
  'A method has a body, but for abstract ones, which are in abstract classes; a `switch` has each value once, and `when else` last.',
  () => {
    expectEach(ofClass, {
      'public abstract class A { abstract void f(); void g() {} }': [],
      'public class A { interface Nest { void f(); } }': [],
      'public class A { abstract void f(); }':
        'A: Class A must be abstract to have an abstract method: f',
      'public abstract class A { abstract void f() {} }':
        'A: Abstract methods cannot have a body: f',
      'public abstract class A { void f(); }':
        'A: Methods that are not abstract must have a body: f',
    });
    const on = (type: string, whens: string) =>
      ofClass(`public class A { enum E { X, Y } void f(${type} a) { switch on a { ${whens} } } }`);
    expect(on('Integer', 'when 1, -1 { } when 2 { } when null { } when else { }')).toEqual([]);
    expect(on('String', "when 'a' { } when 'A' { } when 'null' { } when null { }")).toEqual([]);
    expect(on('Integer', 'when 1 { } when 2, 1 { }')).toEqual(['A: Duplicate when value: 1']);
    expect(on('Integer', 'when -1 { } when -1 { }')).toEqual(['A: Duplicate when value: -1']);
    expect(on('String', "when 'a', 'a' { }")).toEqual(["A: Duplicate when value: 'a'"]);
    expect(on('E', 'when X { } when x { }')).toEqual(['A: Duplicate when value: x']);
    expect(on('Integer', 'when else { } when 1 { }')).toEqual([
      'A: when else must be the last of a switch',
    ]);
    expectEach(ofClass, {
      'public class A { void f() { final Integer a = 1; } }': [],
      'public class A { void f() { static Integer a = 1; } }':
        'A: Modifier is not allowed on a local variable: static',
    });
  },
);

statement(
  'A class extends what is virtual or abstract, and overrides methods that are there, with `override`, the same result and no less visibility; what a public interface asks for is public. What it implements are interfaces, each once. Constructors have the name of their class, and call one of the class above where that has none without parameters, before all else; an exception leaves out those that the platform gives it.',
  () => {
    const below = (base: string, inner: string) =>
      ofClass(`public class A { ${base} class C extends B { ${inner} } }`);
    const virtual = 'public virtual class B { public virtual Integer f() { return 1; } }';
    expect(below(virtual, 'public override Integer f() { return 2; }')).toEqual([]);
    expect(below(virtual, 'public override String toString() { return null; }')).toEqual([]);
    expect(below('public class B { }', '')).toEqual([
      'A: Non-virtual and non-abstract type cannot be extended: A.B',
    ]);
    expect(below(virtual, 'public override void g() { }')).toEqual([
      'A: Method does not override an ancestor method: void A.C.g()',
    ]);
    expect(below(virtual, 'public Integer f() { return 2; }')).toEqual([
      'A: Method must use the override keyword: f',
    ]);
    expect(
      below(
        virtual.replace('virtual Integer', 'Integer'),
        'public override Integer f() { return 2; }',
      ),
    ).toEqual(['A: Non-virtual, non-abstract methods cannot be overridden: Integer A.B.f()']);
    expect(below(virtual, 'protected override Integer f() { return 2; }')).toEqual([
      'A: Cannot reduce the visibility of a overridden method: Integer A.B.f()',
    ]);
    expect(below(virtual, 'public override String f() { return null; }')).toEqual([
      'A: Method return types clash: Integer A.B.f() vs String A.C.f()',
    ]);
    const made = 'public virtual class B { public B(Integer a) { } }';
    expect(below(made, 'C() { super(1); }')).toEqual([]);
    const missing = 'A: Constructor not defined: [A.B].<Constructor>()';
    expect(below(made, '')).toEqual([missing]);
    expect(below(made, 'C() { }')).toEqual([missing]);
    expectEach(ofClass, {
      'public class A { public a(Integer b) { } A() { this(1); } }': [],
      'public class A { public B() { } }': 'A: Invalid constructor name: B',
      'public class A implements Comparable { public Integer compareTo(Object o) { return 0; } }':
        [],
      'public class A implements Comparable { Integer compareTo(Object o) { return 0; } }':
        'A: Class A: Overriding implementations of global or public interface methods must be global or public: Integer Comparable.compareTo(Object)',
      'public class A { class BException extends Exception { BException(Integer a) { } } }': [],
      'public class A implements Comparable, comparable { public Integer compareTo(Object o) { return 0; } }':
        'A: Interface already implemented: Comparable',
      'public class A implements Account { }': 'A: Invalid interface: Account',
      'public interface A extends String { }': 'A: Invalid interface: String',
      'public class A { class B { } class C implements B { } }': 'A: Invalid interface: A.B',
      'public class A implements Iterable<String> { }':
        'A: NOT_EMULATED: the local org does not run implements Iterable<String>.',
      'public class A { enum E { X } class B extends E { } }': 'A: Invalid super type: A.E',
      'public class A { A() { Integer b = 1; this(b); } A(Integer c) { } }':
        "A: Call to 'this()' must be the first statement in a constructor method",
      'public class A { class BException extends Exception { BException(String a) { } } }':
        'A: System exception constructor already defined: <Constructor>()',
    });
  },
);

statement(
  'A class that is no test is public or global, and says each thing of itself once, and nothing that its kind does not have; annotations are known ones. Within another class there are no classes and nothing static; names of inner classes and values of an enum are there once.',
  () => {
    expectEach(ofClass, {
      '@IsTest class A { }': [],
      'global without sharing class A { @TestVisible private static Integer b; class B { } }': [],
      'class A { }': 'A: Top-level type must have public or global visibility',
      'private class A { }': 'A: Top-level type must have public or global visibility',
      'public static class A { }': 'A: static is not allowed on classes',
      'public public class A { }': 'A: Duplicate modifier: public',
      'public class A { public private Integer b; }':
        'A: Modifiers cannot be together: public, private',
      'public with sharing without sharing class A { }':
        'A: Modifiers cannot be together: withsharing, withoutsharing',
      'public class A { @Nope void f() { } }': 'A: Annotation does not exist: nope',
      'public class A { class B { class C { } } }':
        'A: Inner types are not allowed to have inner types',
      'public class A { class B { static Integer c; } }':
        'A: Only top-level class variables can be declared static',
      'public class A { class B { static void c() { } } }':
        'A: Only top-level class methods can be declared static',
      'public class A { class B { } class b { } }': 'A: Class already defined: A.b',
      'public enum A { X, x }': 'A: Duplicate field: x',
      'public abstract class A { public abstract void f(); protected virtual void g() { } }': [],
      'public virtual interface A { }': [],
      'public class A { public static final Integer B = 1; transient Integer c; }': [],
      'public class A { public virtual Integer b { get; private set; } }': [],
      'public class A { public final virtual void f() { } }': 'A: final is not allowed on methods',
      'public final class A { }': 'A: final is not allowed on classes',
      'public abstract enum A { X }': 'A: abstract is not allowed on enums',
      'public class A { protected interface B { } }': 'A: protected is not allowed on interfaces',
      'public class A { virtual Integer b; }': 'A: virtual is not allowed on fields',
      'public class A { static virtual void f() { } }': 'A: static methods cannot be virtual',
      'public class A { global String b; }':
        'A: Defining type for global fields must be declared as global',
      'public class A { Integer b { public get; } }':
        'A: Cannot declare public accessor on private property',
    });
  },
);

statement(
  'A method with `@AuraEnabled` is not overloaded. `@RestResource` has a `urlMapping` that begins with a slash; a class answers each verb by one method, which takes no parameters for GET and DELETE. A `webservice` method is static, in a global class.',
  () => {
    const rest = (inner: string, mapping = "(urlMapping='/a/*')") =>
      ofClass(`@RestResource${mapping} global class A { ${inner} }`);
    const get = '@HttpGet global static void f() { }';
    expect(rest(`${get} @HttpPost global static void g(String a) { }`)).toEqual([]);
    expect(rest(get, '')).toEqual(['A: RestResource needs a urlMapping']);
    expect(rest(get, "(urlMapping='a/*')")).toEqual(['A: urlMapping begins with /: a/*']);
    expect(rest(`${get} @HttpGet global static void g() { }`)).toEqual([
      'A: Only one method per type can be defined with: httpget',
    ]);
    expect(rest('@HttpDelete global static void f(String a) { }')).toEqual([
      'A: HTTP Get and Delete methods do not support parameters',
    ]);
    const aura = '@AuraEnabled public static void';
    expectEach(ofClass, {
      [`public class A { ${aura} f() { } public static void f(Integer a) { } }`]: [],
      [`public class A { ${aura} f() { } ${aura} F(Integer a) { } }`]:
        'A: AuraEnabled methods cannot be overloaded: F',
      'global class A { webservice static Integer f(Integer a) { return a; } }': [],
      'global class A { webservice Integer f(Integer a) { return a; } }':
        'A: Web service methods must be declared as static: f',
      'public class A { webservice static void f() { } }':
        'A: Web service methods must be in a global class: f',
    });
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
