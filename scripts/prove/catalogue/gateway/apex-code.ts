import { DEPLOY_TESTS } from '../../../lib/install/production.ts';
import type { Assumption } from '../../model/assumption.ts';
import { asks, isJson, type Exchange } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';
import { other } from './stand-in.ts';

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
      'force-app/main/default/classes/WooMappingsTest.cls',
    ],
    calls: 1,
    probe: async ({ org }) => {
      const tests = DEPLOY_TESTS.map((className) => ({ className }));
      const { status, body } = await org.call('POST', 'tooling/runTestsSynchronous', { tests });
      if (status !== 200) throw new CannotTell(`The tests were not run: ${shown(body)}`);
      const failures = member(body, 'failures');
      const [first] = Array.isArray(failures) ? (failures as unknown[]) : [];
      const ran = Number(member(body, 'numTestsRun'));
      return verdict(ran > 0 && first === undefined, first ?? `${ran} tests`);
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
    deviation: { says: 'names are changed', change: other('getHeaderKeys', null) },
  },
];
