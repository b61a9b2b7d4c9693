import type { Assumption } from '../../model/assumption.ts';

const STORE = 'force-app/main/default/classes/WooGatewayStore.cls';

export const APEX_RUNNING: readonly Assumption[] = [
  {
    id: 'admin-may-set-secrets',
    statement:
      'An administrator who deployed the credential may set its secret with _Customize Application_: `Username` not encrypted, `Password` encrypted, `POST` for a first one and `PUT` for the next',
    places: ['scripts/lib/install/store-keys.ts'],
    person: 'Run `npm run setup-org` twice: it puts the keys in, and says where it cannot.',
  },
  {
    id: 'callout-messages',
    statement:
      'The messages of `CalloutException`: `max size` where an answer is too large, `timed out`, and `credential` or `permission` where the user may not use the principal or it holds no secret',
    places: [STORE],
    person:
      'Take Woo_Integration from the user, then the secret from the principal, and run `woo-salesforce check`.',
  },
  {
    id: 'gateway-heap',
    statement:
      'An answer of 2.5 MB and a body of 1 MB fit on the heap of 6 MB beside what the class makes of them: an answer counted twice, a body four times',
    places: [STORE, 'force-app/main/default/classes/WooGatewayRequest.cls'],
    person:
      'Read 100 orders with long custom fields, so that the page has 2.4 MB, through the gateway.',
  },
  {
    id: 'apex-faults',
    statement:
      'Apex REST answers an exception that a class does not catch, such as a limit, with 500 `APEX_ERROR` and a message that begins with its type; those of heap, CPU time and patterns hold `heap size`, `CPU time` and `Regex too complicated`',
    places: ['sidecar/src/woo/gateway/gateway-fault.ts'],
    person: 'Deploy a REST class that fills the heap into a scratch org, and call it.',
  },
];
