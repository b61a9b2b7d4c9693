import type { Assumption } from '../../model/assumption.ts';
import { asks } from '../../model/exchange.ts';
import { CannotTell, shown, verdict } from '../../model/verdict.ts';
import { member } from '../../sides/answers.ts';

export const DEFINITIONS: readonly Assumption[] = [
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
