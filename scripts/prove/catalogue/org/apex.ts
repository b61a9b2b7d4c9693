import type { Assumption } from '../../model/assumption.ts';
import { asks, isJson, type Exchange } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';

/** The local org runs no Apex of others: in its tests this answers in its place, as an org where the statement holds. */
const run = (text: string, value: unknown) => (exchange: Exchange) => {
  if (!exchange.path.includes('executeAnonymous') || !asks(exchange, text)) return;
  const exceptionMessage = `System.IllegalArgumentException: PROVE${JSON.stringify(value)}`;
  Object.assign(exchange, { status: 200 });
  exchange.body = { compiled: true, success: false, compileProblem: null, exceptionMessage };
};

/** Another value instead of that of `run`. */
const other = (text: string, value: unknown) => (exchange: Exchange) => {
  if (isJson(exchange.body) && 'exceptionMessage' in exchange.body) run(text, value)(exchange);
};

const tested = (exchange: Exchange, result: object): void => {
  if (!exchange.path.endsWith('/tooling/runTestsSynchronous')) return;
  Object.assign(exchange, { status: 200, body: result });
};

export const APEX_CODE: readonly Assumption[] = [
  {
    id: 'apex-tests-pass',
    statement:
      'The Apex tests of this project pass: `JSONParser` stands at the end of what `skipChildren()` passes over, static resources of type JSON are read by their names, and flows are covered whether they are active or not',
    places: [
      'force-app/main/default/classes/WooGatewayCustomers.cls',
      'force-app/main/default/classes/WooGatewayCases.cls',
      'force-app/main/default/classes/WooFlowsTest.cls',
    ],
    calls: 1,
    probe: async ({ org }) => {
      const tests = ['WooGatewayTest', 'WooFlowsTest'].map((className) => ({ className }));
      const { status, body } = await org.call('POST', 'tooling/runTestsSynchronous', { tests });
      if (status !== 200) throw new CannotTell(`The tests were not run: ${shown(body)}`);
      const failures = member(body, 'failures');
      const [first] = Array.isArray(failures) ? (failures as unknown[]) : [];
      const ran = Number(member(body, 'numTestsRun'));
      return verdict(ran > 0 && first === undefined, first ?? `${ran} tests`);
    },
    standIn: (exchange) => {
      tested(exchange, { numTestsRun: 12, numFailures: 0, failures: [] });
    },
    deviation: {
      says: 'a test fails',
      change: (exchange) => {
        const failures = [{ methodName: 'cutsCustomers', message: 'System.AssertException' }];
        tested(exchange, { numTestsRun: 12, numFailures: 1, failures });
      },
    },
  },
  {
    id: 'reserved-names',
    statement:
      'Every reserved keyword of the Apex Developer Guide is refused as the name of a variable, also those that some compilers were seen to take, such as `cast`',
    places: ['local/org/metadata/apex/reserved-names.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { compiled } = await org.apex('Integer cast = 1;');
      return verdict(!compiled, 'the code compiles');
    },
    standIn: (exchange) => {
      if (!asks(exchange, 'Integer cast')) return;
      const compileProblem = 'Identifier name is reserved: cast';
      Object.assign(exchange, { status: 200 });
      exchange.body = { compiled: false, success: false, compileProblem, exceptionMessage: null };
    },
    deviation: {
      says: 'the code compiles',
      change: (exchange) => {
        if (asks(exchange, 'Integer cast') && isJson(exchange.body))
          exchange.body['compiled'] = true;
      },
    },
  },
  {
    id: 'header-names-in-apex',
    statement:
      '`HttpResponse.getHeader` compares names with case, and `getHeaderKeys` has them as they were sent, so that the gateway looks at each in small letters',
    places: ['force-app/main/default/classes/WooGatewayStore.cls'],
    calls: 1,
    probe: async ({ org }) => {
      const { value } = await org.apex(
        "HttpResponse r = new HttpResponse(); r.setHeader('x-wp-total', '7'); String read; for (String k : r.getHeaderKeys()) { if (k.toLowerCase() == 'x-wp-total') read = r.getHeader(k); }",
        'read',
      );
      return verdict(value === '7', value);
    },
    standIn: run('getHeaderKeys', '7'),
    deviation: { says: 'names are changed', change: other('getHeaderKeys', null) },
  },
  {
    id: 'metadata-in-apex',
    statement: '`Woo_Mapping__mdt.getAll()` gives the records to a user with access to the type',
    places: ['force-app/main/default/classes/WooGatewayStore.cls'],
    calls: 1,
    probe: async ({ org }) => {
      const { value } = await org.apex(
        'Integer found = Woo_Mapping__mdt.getAll().size();',
        'found',
      );
      return verdict(typeof value === 'number' && value > 0, value);
    },
    standIn: run('Woo_Mapping__mdt.getAll', 7),
    deviation: { says: 'it gives none', change: other('Woo_Mapping__mdt.getAll', 0) },
  },
  {
    id: 'merge-keeps-survivor',
    statement:
      'A merge through the API leaves each field of the survivor as it is and moves every lookup, custom ones too; the loser is named by `MasterRecordId`',
    places: ['sidecar/src/sync/to-salesforce/rejections.ts', 'local/org/write/merge.ts'],
    calls: 1,
    probe: async (probing) => {
      const [survivor, loser, order] = [probing.key(), probing.key(), probing.key()];
      const { value } = await probing.org.apex(
        [
          `Contact a = new Contact(LastName = '${probing.name()}', Phone = '1', Woo_Key__c = '${survivor}');`,
          `Contact b = new Contact(LastName = '${probing.name()}', Phone = '2', Woo_Key__c = '${loser}');`,
          'Database.DMLOptions o = new Database.DMLOptions(); o.DuplicateRuleHeader.allowSave = true;',
          'Database.insert(new List<Contact>{ a, b }, o);',
          `Woo_Order__c w = new Woo_Order__c(Name = 'prove', Woo_Key__c = '${order}', Contact__c = b.Id); insert w;`,
          'merge a b;',
          'Contact kept = [SELECT Phone FROM Contact WHERE Id = :a.Id];',
          'Contact gone = [SELECT MasterRecordId FROM Contact WHERE Id = :b.Id ALL ROWS];',
          'Boolean moved = [SELECT Contact__c FROM Woo_Order__c WHERE Id = :w.Id].Contact__c == a.Id;',
          "String seen = kept.Phone + ' ' + moved + ' ' + (gone.MasterRecordId == a.Id);",
        ].join(' '),
        'seen',
      );
      return verdict(value === '1 true true', value);
    },
    standIn: run('merge a b', '1 true true'),
    deviation: { says: 'custom lookups stay', change: other('merge a b', '1 false true') },
  },
  {
    id: 'flow-definition-view',
    statement:
      '`FlowDefinitionView` can be queried by the REST API and gives the label of a flow’s object',
    places: ['sidecar/src/diagnostics/check/flows.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { status, body } = await org.ask(
        "SELECT ApiName, IsActive, TriggerObjectOrEventLabel FROM FlowDefinitionView WHERE ApiName LIKE 'Woo%'",
      );
      if (status !== 200) throw new CannotTell(`The user does not see flows: ${shown(body)}`);
      const records = member(body, 'records');
      const rows = Array.isArray(records) ? (records as unknown[]) : [];
      const labels = rows.map((row) => member(row, 'TriggerObjectOrEventLabel'));
      return verdict(labels.includes('Product'), labels);
    },
    standIn: (exchange) => {
      if (!asks(exchange, 'FROM FlowDefinitionView')) return;
      const records = [{ ApiName: 'Woo_Product_Images', TriggerObjectOrEventLabel: 'Product' }];
      Object.assign(exchange, { status: 200, body: { records, totalSize: 1, done: true } });
    },
    deviation: {
      says: 'the object is no label but an API name',
      change: (exchange) => {
        if (!asks(exchange, 'FROM FlowDefinitionView')) return;
        const records = [{ ApiName: 'Woo_Product_Images', TriggerObjectOrEventLabel: 'Product2' }];
        Object.assign(exchange, { status: 200, body: { records, totalSize: 1, done: true } });
      },
    },
  },
];
