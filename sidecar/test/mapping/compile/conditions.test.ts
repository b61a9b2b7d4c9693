import { describe, expect, it } from 'vitest';
import { compiled, conditionRow } from '../support/mappings.ts';
import { NAME, ORDER, ORG } from './small-org.ts';
import { expectFatal, type FatalCase } from './fatal-case.ts';

describe('a condition with a fatal problem holds its mapping and says why', () => {
  it.each<FatalCase>([
    [
      'unknown operator',
      { conditions: [conditionRow(1, 'status', 'equal', 'completed')] },
      ...(['CONDITION_UNKNOWN_OPERATOR', 'Condition_1', /Did you mean equals\?/] as const),
    ],
    [
      'no operator',
      { conditions: [conditionRow(1, 'status', null, 'completed')] },
      ...(['CONDITION_UNKNOWN_OPERATOR', 'Condition_1', /no operator/] as const),
    ],
    [
      'no value',
      { conditions: [conditionRow(1, 'status', 'equals', ' ')] },
      ...(['CONDITION_NO_VALUE', 'Condition_1', /is_empty/] as const),
    ],
    [
      'size of a word',
      { conditions: [conditionRow(1, 'total', 'greater_than', 'ten')] },
      ...(['CONDITION_NOT_A_NUMBER', 'Condition_1', /"ten"/] as const),
    ],
    [
      'unknown attribute in a condition',
      { conditions: [conditionRow(1, 'staus', 'equals', 'completed')] },
      ...(['MAPPING_UNKNOWN_ATTRIBUTE', 'Condition_1', /Did you mean status\?/] as const),
    ],
    [
      'the store in a condition',
      { conditions: [conditionRow(1, 'admin_url', 'contains', 'x')] },
      ...(['CONDITION_ATTRIBUTE', 'Condition_1', /admin_url/] as const),
    ],
    [
      'no position',
      { conditions: [conditionRow(null, 'status', 'equals', 'completed')] },
      ...(['CONDITION_POSITION', 'Condition_x', /whole number/] as const),
    ],
    [
      'position taken twice',
      {
        conditions: [
          conditionRow(1, 'status', 'equals', 'completed'),
          { ...conditionRow(1, 'total', 'equals', '1'), name: 'Second' },
        ],
      },
      ...(['CONDITION_POSITION', 'Second', /another condition/] as const),
    ],
    [
      'broken logic',
      {
        mappings: [{ ...ORDER, conditionLogic: '1 AND (2' }],
        conditions: [conditionRow(1, 'status', 'equals', 'completed')],
      },
      ...(['CONDITION_LOGIC', 'Order', /"1 AND \(2" opens a bracket/] as const),
    ],
    [
      'logic with an unknown number',
      {
        mappings: [{ ...ORDER, conditionLogic: '1 OR 2' }],
        conditions: [conditionRow(1, 'status', 'equals', 'completed')],
      },
      ...(['CONDITION_LOGIC', 'Order', /condition 2, which does not exist/] as const),
    ],
  ])('%s', (...wrong) => {
    expectFatal(wrong);
  });
});

describe('conditions', () => {
  it.each([
    [null, 'completed', '20', true],
    [null, 'completed', '5', false],
    ['1 OR 2', 'completed', '5', true],
    ['NOT 1 AND 2', 'processing', '20', true],
    ['NOT (1 OR 2)', 'processing', '20', false],
  ])('with logic %j an order that is %s of %s meets it: %j', (logic, status, total, outcome) => {
    const mapping = compiled(
      {
        mappings: [{ ...ORDER, conditionLogic: logic }],
        fields: [NAME],
        conditions: [
          conditionRow(2, 'order_total', 'at_least', '10'),
          conditionRow(1, 'status', 'equals', 'completed'),
        ],
      },
      ORG,
    );
    expect(mapping.meets({ id: 1, status, total })).toBe(outcome);
  });

  it('without conditions every record meets it', () => {
    expect(compiled({ mappings: [ORDER], fields: [NAME] }, ORG).meets({})).toBe(true);
  });
});
