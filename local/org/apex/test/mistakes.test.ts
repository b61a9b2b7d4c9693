import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { deployFiles, failuresOf } from '../../metadata/test/packages.ts';
import { edited, orgForProject, packageOf, projectSource } from '../../metadata/test/project.ts';
import { compileApex } from '../runtime/compiler.ts';
import { objectsOf, sourcesOf } from '../host/programs.ts';

/** A mistake in a class of the project: what it is, where, what stands there, what stands there then, what is said. */
type Mistake = readonly [string, string, string, string, RegExp];

const org = orgForProject();
const deployed = failuresOf(deployFiles(org, packageOf(projectSource())));
const sources = sourcesOf(org.components());
const objects = objectsOf(org);

/** What is refused of the class once the mistake is made. */
function refused([, name, search, replacement]: Mistake): readonly string[] {
  const planted = sources.map((one) => {
    if (one.name !== name) return one;
    if (!one.content.includes(search)) throw new Error(`${name} does not hold ${search}`);
    return { ...one, content: one.content.replace(search, replacement) };
  });
  const { problems } = compileApex(planted, objects);
  return (problems[name] ?? []).map(({ line, column, message }) => `${line}:${column} ${message}`);
}

const query = 'SELECT Id\n            FROM Woo_Mapping_Save__c\n            WHERE Running__c';

const mistakes: readonly Mistake[] = [
  [
    'a wrong type is assigned',
    'WooGatewayReads',
    'Integer bytes = 0;',
    "Integer bytes = 'none';",
    /Illegal assignment from String to Integer/,
  ],
  [
    'a method is missing',
    'WooGatewayBody',
    'return JSON.serialize(fields);',
    'return JSON.serialise(fields);',
    /does not run JSON\.serialise/,
  ],
  [
    'arguments are too few',
    'WooGatewayWebhooks',
    'store.send(readOf(request), READ_SECONDS)',
    'store.send(readOf(request))',
    /Method does not exist or incorrect signature: void send\(WooGatewayRequest\) from the type WooGatewayStore/,
  ],
  [
    'an argument has another type',
    'WooGatewayWebhooks',
    'store.send(readOf(request), READ_SECONDS)',
    "store.send(readOf(request), 'thirty')",
    /Method does not exist or incorrect signature/,
  ],
  [
    'a return is missing',
    'WooGatewayPaths',
    '        return false;\n',
    '',
    /Missing return statement required return type: Boolean/,
  ],
  [
    'a query has an unknown field',
    'WooMappingSaves',
    query,
    query.replace('SELECT Id', 'SELECT Id, Nope__c'),
    /No such column 'Nope__c' on entity 'Woo_Mapping_Save__c'/,
  ],
  [
    'code is never reached',
    'WooGatewayCustomers',
    "return request.path == 'customers/batch';",
    "return request.path == 'customers/batch'; request.path.trim();",
    /Unreachable statement/,
  ],
  [
    'a cast is missing',
    'WooGatewayBody',
    'return (Map<String, Object>) value;',
    'return value;',
    /Illegal assignment from Object to Map<String,Object>/,
  ],
  [
    'a variable is unknown',
    'WooGatewayQuery',
    'return params;',
    'return paramz;',
    /Variable does not exist: paramz/,
  ],
  [
    'a variable is there twice',
    'WooGatewayReads',
    'Integer bytes = 0;',
    'Integer bytes = 0; Integer bytes = 1;',
    /Duplicate variable: bytes/,
  ],
  [
    'a variable is there twice but for its case',
    'WooGatewayReads',
    'Integer bytes = 0;',
    'Integer bytes = 0; Integer Bytes = 1;',
    /Duplicate variable: Bytes/,
  ],
  [
    'a field of objects is used in a static method',
    'WooGatewayStore',
    'if (body.size() > maxAnswer / 2) {',
    'if (body.size() > maxAnswer / 2 && key != null) {',
    /Non static field cannot be referenced from a static context: key/,
  ],
  [
    'a static method is called on an object',
    'WooGateway',
    'pass(store.send(request, WooGatewayStore.MAX_SECONDS));',
    'pass(store.send(request, WooGatewayStore.MAX_SECONDS)); store.textOf(null);',
    /Static method cannot be referenced from a non static context: String WooGatewayStore\.textOf\(Blob\)/,
  ],
  [
    'a private method of another class is called',
    'WooGatewayOrders',
    'return new WooGatewayException(403',
    'WooGatewayBody.checkOrders(null); return new WooGatewayException(403',
    /Method is not visible: void WooGatewayBody\.checkOrders/,
  ],
  [
    'a method is there twice but for its case',
    'WooGatewayPaths',
    '    public static Boolean allows(',
    '    public static Boolean Allows(String method, String path) { return false; }\n    public static Boolean allows(',
    /Method already defined: allows/,
  ],
  [
    'a record has an unknown field',
    'WooMappingSave',
    'Running__c = null,',
    'Runing__c = null,',
    /Field does not exist: Runing__c on Woo_Mapping_Save__c/,
  ],
  [
    'a final field is assigned again',
    'WooMappingSave',
    'Boolean isDone = result.status',
    'this.saveId = null; Boolean isDone = result.status',
    /Final members can only be assigned/,
  ],
  [
    'a method of an interface is missing',
    'WooMappingSave',
    'public void handleResult(',
    'public void handleResults(',
    /must implement the method: void Metadata\.DeployCallback\.handleResult/,
  ],
  [
    'what tests alone may see is used',
    'WooGatewayReads',
    'private static final Integer MAX_READS = 10;',
    'private static final Integer MAX_READS = WooGatewayStore.maxAnswer;',
    /Variable is not visible: WooGatewayStore\.maxAnswer/,
  ],
  [
    'a break stands outside of a loop',
    'WooGatewayCustomers',
    "return request.path == 'customers/batch';",
    'break;',
    /Break statement must be in loop/,
  ],
  [
    'a text is no number',
    'WooGatewayStore',
    'callout.setTimeout(seconds * 1000);',
    "callout.setTimeout('10000');",
    /Method does not exist or incorrect signature: void setTimeout\(String\)/,
  ],
  [
    'what is caught is no exception',
    'WooGatewayStore',
    'catch (CalloutException problem)',
    'catch (HttpResponse problem)',
    /Catch variable must be of type exception/,
  ],
  [
    'what is thrown is no exception',
    'WooGatewayOrders',
    "throw refusal('No active field mapping sends such notes.');",
    "throw 'No active field mapping sends such notes.';",
    /Throw expression must be of type exception/,
  ],
  [
    'a condition is no Boolean',
    'WooGatewayStore',
    'if (request.body != null) {',
    'if (request.body) {',
    /Illegal assignment from String to Boolean/,
  ],
  [
    'void is a value',
    'WooGatewayBody',
    'requireOnly(objectOf(item), META_ONLY);',
    'Object x = requireOnly(objectOf(item), META_ONLY);',
    /Illegal assignment from void to Object/,
  ],
  [
    'a property is set that others only read',
    'WooGateway',
    'WooGatewayStore store = WooGatewayStore.named(request.store);',
    "request.store = 'x'; WooGatewayStore store = WooGatewayStore.named(request.store);",
    /Variable is not visible: WooGatewayRequest\.store/,
  ],
  [
    'a loop goes through a text',
    'WooGatewayQuery',
    'for (String name : names) {',
    'for (String name : path) {',
    /Loop must iterate over collection: String/,
  ],
  [
    'a loop has another type',
    'WooGatewayQuery',
    'for (String name : names) {',
    'for (Integer name : names) {',
    /Illegal assignment from String to Integer/,
  ],
  [
    'a query has an unknown object',
    'WooMappingSaves',
    query,
    query.replace('Save__c', 'Saves__c'),
    /sObject type 'Woo_Mapping_Saves__c' is not supported/,
  ],
  [
    'a query binds an unknown variable',
    'WooMappingSaves',
    'WHERE Running__c = :mapping',
    'WHERE Running__c = :maping',
    /Variable does not exist: maping/,
  ],
  [
    'an enum has no such value',
    'WooMappingSaves',
    'StatusCode.DUPLICATE_VALUE',
    'StatusCode.DUPLICAT_VALUE',
    /Variable does not exist: StatusCode\.DUPLICAT_VALUE/,
  ],
  [
    'a constructor takes no arguments',
    'WooGatewayStore',
    'new HttpRequest();',
    "new HttpRequest('x');",
    /Constructor not defined: \[HttpRequest\]/,
  ],
  [
    'a constructor is static',
    'WooGatewayStore',
    'private WooGatewayStore(',
    'private static WooGatewayStore(',
    /static is not allowed on constructors/,
  ],
  [
    'a condition is nothing',
    'WooGatewayBody',
    'if (value instanceof List<Object>)',
    'if (null)',
    /Condition expression must be of type Boolean: null/,
  ],
];

it('the classes of the project are compiled without a problem', () => {
  expect(deployed).toEqual([]);
  expect(compileApex(sources, objects).problems).toEqual({});
});

it.each(mistakes.map((one) => [one[0], one] as const))(
  'is refused, with its place: %s',
  (_what, mistake) => {
    const [problem = ''] = refused(mistake);
    expect(problem).toMatch(mistake[4]);
    const line = Number(problem.split(':')[0]);
    const source = sources.find(({ name }) => name === mistake[1])?.content ?? '';
    const at = source.slice(0, source.indexOf(mistake[2])).split('\n').length;
    // At the mistake, or at the head of what has it.
    expect(line).toBeLessThanOrEqual(at + 4);
  },
);

it('a deploy says file, line and column', () => {
  const source = projectSource();
  const planted = edited(source, 'classes/WooGatewayQuery.cls', 'return params;', 'return paramz;');
  const text = readFileSync('force-app/main/default/classes/WooGatewayQuery.cls', 'utf8');
  const line = text.slice(0, text.indexOf('return params;')).split('\n').length;
  expect(failuresOf(deployFiles(orgForProject(), packageOf(planted)))).toContain(
    `classes/WooGatewayQuery.cls:${line}:16 ApexClass WooGatewayQuery: Variable does not exist: paramz`,
  );
});
