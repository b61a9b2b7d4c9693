import type { Assumption } from '../../model/assumption.ts';
import { asks, eachObject, type Exchange } from '../../model/exchange.ts';
import type { Probing } from '../../model/probing.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';

const FLOWS = 'force-app/main/default/flows';
const RUNS = 'local/org/rest/flow-actions.ts';

/** The first result of a flow. @throws CannotTell where the user may not start it, or it is not active */
async function start({ org }: Probing, flow: string, inputs: object): Promise<unknown> {
  const answer = await org.call('POST', `actions/custom/flow/${flow}`, { inputs: [inputs] });
  const [result] = Array.isArray(answer.body) ? (answer.body as unknown[]) : [];
  if (answer.status === 200 && member(result, 'isSuccess') === true) return result;
  throw new CannotTell(
    `${flow} did not run: activate it, and give yourself Woo_Admin: ${shown(answer.body)}`,
  );
}

const messageOf = (result: unknown): string =>
  String(member(member(result, 'outputValues'), 'message'));

const startOf = (exchange: Exchange, flow: string): boolean =>
  exchange.side === 'org' && exchange.path.endsWith(`/${flow}`);

/** Puts another message into the answer of a flow. */
const says = (flow: string, message: string) => (exchange: Exchange) => {
  if (!startOf(exchange, flow)) return;
  eachObject(exchange.body, (one) => {
    if ('Flow__InterviewStatus' in one) one['message'] = message;
  });
};

export const LAUNCHED: readonly Assumption[] = [
  {
    id: 'flows-by-rest',
    statement:
      'A flow that only its name starts runs by `POST /actions/custom/flow/{name}`, an input that is left out is blank, and the result has its output variables and `Flow__InterviewStatus` in `outputValues`',
    places: [FLOWS, RUNS, 'docs/agents.md'],
    calls: 1,
    probe: async (probing) => {
      const result = await start(probing, 'Woo_Read_Command', {});
      const values = member(result, 'outputValues');
      const holds =
        member(values, 'Flow__InterviewStatus') === 'Finished' &&
        messageOf(result).startsWith('Give the commandId');
      return verdict(holds, result);
    },
    deviation: {
      says: 'the outputs are named otherwise',
      change: (exchange) => {
        if (!startOf(exchange, 'Woo_Read_Command')) return;
        eachObject(exchange.body, (one) => {
          if ('outputValues' in one) one['outputs'] = one['outputValues'];
          delete one['outputValues'];
        });
      },
    },
  },
  {
    id: 'fault-message-of-a-flow',
    statement:
      'Where Create Records is refused, the flow takes its fault path, creates nothing, and `$Flow.FaultMessage` holds the code of the API',
    places: [FLOWS, 'local/org/rest/flow-records.ts'],
    calls: 1,
    probe: async (probing) => {
      const result = await start(probing, 'Woo_Sync_Now', { recordId: 'x'.repeat(19) });
      return verdict(messageOf(result).includes('STRING_TOO_LONG'), result);
    },
    deviation: {
      says: 'the message holds no code',
      change: says('Woo_Sync_Now', 'An unhandled fault has occurred in this flow'),
    },
  },
  {
    id: 'ids-of-nobody-in-flow-filters',
    statement:
      'Get Records takes ids in filters that are well formed and that no record has (`003000000000000AAA`, `000000000000000AAA`), and a text that is no address for an e-mail field; `(1 OR 2 OR 3) AND 4` joins filters; a loop over no records ends at once',
    places: [`${FLOWS}/Woo_Find_Orders.flow-meta.xml`, `${FLOWS}/Woo_Refund_Status.flow-meta.xml`],
    calls: 2,
    probe: async (probing) => {
      const orders = await start(probing, 'Woo_Find_Orders', { email: 'nobody@example.invalid' });
      const order = await start(probing, 'Woo_Refund_Status', { orderNumber: probing.name() });
      const said = [messageOf(orders), messageOf(order)];
      const holds =
        said[0]?.startsWith('There is no order of') && said[1]?.startsWith('There is no');
      return verdict(holds === true, said);
    },
    deviation: {
      says: 'the filter is refused',
      change: says('Woo_Find_Orders', 'This error occurred when the flow tried to look up records'),
    },
  },
  {
    id: 'flow-accesses',
    statement:
      '`flowAccesses` of a permission set are kept by a deploy, one for each flow that it names (`SetupEntityAccess` of the type `FlowDefinition`)',
    places: ['force-app/main/default/permissionsets', 'local/org/access/grants.ts'],
    calls: 1,
    probe: async ({ org }) => {
      const { status, body } = await org.ask(
        "SELECT Id FROM SetupEntityAccess WHERE SetupEntityType = 'FlowDefinition' AND Parent.Name = 'Woo_Sales'",
      );
      if (status !== 200) throw new CannotTell(`The user does not see accesses: ${shown(body)}`);
      return verdict(member(body, 'totalSize') === 2, body);
    },
    standIn: (exchange) => {
      if (!asks(exchange, 'FROM SetupEntityAccess')) return;
      Object.assign(exchange, { status: 200, body: { totalSize: 2, done: true, records: [] } });
    },
    deviation: {
      says: 'they are dropped',
      change: (exchange) => {
        if (!asks(exchange, 'FROM SetupEntityAccess')) return;
        Object.assign(exchange, { status: 200, body: { totalSize: 0, done: true, records: [] } });
      },
    },
  },
  {
    id: 'who-may-start-a-flow',
    statement:
      'A flow with `isAdditionalPermissionRequiredToRun` is started by those alone whose permission sets name it, administrators too; other users are refused by REST, and the list of actions leaves it out for them; without it _Run Flows_ is enough',
    places: ['local/org/access/rights.ts', RUNS],
    person:
      'As a user with Woo_Sales alone, ask for `/actions/custom/flow`, and start Woo_Sync_Now with `{"inputs":[{"shopId":"1"}]}`: it must be refused.',
  },
  {
    id: 'flows-in-user-context',
    statement:
      'A flow with `DefaultMode` that REST, a button or an agent starts goes by the rights on objects and fields and by the sharing of whoever starts it; where an object or field is hidden, Get Records takes its fault path',
    places: ['local/org/rest/flow-records.ts', 'docs/agents.md'],
    person:
      'As a user with Woo_Sales, in an org whose orders are closed, start Woo_Find_Orders for a customer whose orders you do not see; then again after you have taken Total__c from a clone of Woo_Sales.',
  },
  {
    id: 'refused-inputs-of-flows',
    statement:
      'An input that a flow has not, or of another type, is refused with 400; the code `INVALID_INPUT` is made up here, and so is `UNKNOWN_EXCEPTION` of an interview without a fault path',
    places: [RUNS],
    person: 'Start Woo_Read_Command with `{"inputs":[{"nope":1}]}`, and compare the answer.',
  },
  {
    id: 'interviews-of-apex-tests',
    statement:
      '`Flow.Interview.createInterview` runs flows with `isAdditionalPermissionRequiredToRun` for the user of an Apex test, or throws what the test catches',
    places: ['force-app/main/default/classes/WooFlowsTest.cls'],
    person: 'Run WooFlowsTest, and look at the coverage of the five flows.',
  },
  {
    id: 'flows-as-agent-actions',
    statement:
      'Agent Builder offers the active flows as actions, and takes instructions of the action, of its inputs and of its outputs from their descriptions',
    places: ['docs/agents.md'],
    person: 'Follow docs/agents.md in an org with Agentforce.',
  },
  {
    id: 'flows-of-several-records',
    statement:
      'Interviews of a flow that records of one save start wait for each other at elements that read, write or call Apex; where one is stopped its record alone is refused, though Salesforce lists actions but for Create Records and Update Records, such as a custom notification, as all or nothing; two that change the same record make one change of it',
    places: ['local/org/flow/parts/together.ts', 'local/org/rest/flow-records.ts'],
    person:
      'In a scratch org deploy the flows of `local/org/test/contract/apex/flow-bulk.test.ts`, save its records in one call, and compare what is refused and what is written.',
  },
];
