import { describe, expect, it } from 'vitest';

import { describeCheck } from '../../../src/cli/output/check.ts';
import type { Finding } from '../../../src/diagnostics/check/finding.ts';

const numbers = { errors: 1, warnings: 2, hints: 0, apiCalls: 3 };
const finding = (severity: Finding['severity']): Finding => ({
  severity,
  code: 'GRANT_DELETE',
  place: 'Order_Item',
  message: 'It may not delete.',
  cure: 'Grant delete.',
});
const mapping = (name: string, direction: string, findings: Finding[]) => ({
  mapping: name,
  label: name,
  resource: 'order',
  object: 'Woo_Order__c',
  direction,
  findings,
});

describe('a check as text', () => {
  const said = describeCheck(
    {
      setup: [finding('error')],
      stores: [
        {
          store: 'main',
          url: 'https://shop.example',
          findings: [],
          samples: new Map(),
          refused: new Map(),
        },
      ],
      mappings: [
        mapping('Order', 'to_salesforce', []),
        mapping('Product', 'both', [finding('hint')]),
        mapping('Refund', 'to_salesforce', [finding('warning')]),
      ],
      inactive: ['Lead'],
    },
    numbers,
  );

  it('groups by what it is about, and marks what is fine', () => {
    expect(said).toContain('Setup\n  error   GRANT_DELETE (Order_Item)');
    expect(said).toContain('Store main (https://shop.example)  ok\n');
    expect(said).toContain('Mapping Order: order → Woo_Order__c  ok\n');
    expect(said).toContain('Mapping Product: order ↔ Woo_Order__c  ok\n  hint');
    expect(said).toContain('Mapping Refund: order → Woo_Order__c\n  warning');
    expect(said).toContain('Not active, not checked: Lead\n');
  });

  it('says what is wrong, what to do, and how much of it there is', () => {
    expect(said).toContain('          It may not delete.\n          → Grant delete.\n');
    expect(said).toMatch(/\n1 error, 2 warnings\. Salesforce API calls: 3\.\n$/);
  });
});
