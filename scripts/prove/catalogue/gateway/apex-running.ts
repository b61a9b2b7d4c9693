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
      'An answer of 2.5 MB and a body of 1 MB fit on the heap of 6 MB beside what the class makes of them: an answer counted twice, a body four times, though one of 100,000 small objects is more as objects than as text',
    places: [STORE, 'force-app/main/default/classes/WooGatewayRequest.cls'],
    person:
      'Read 100 orders with long custom fields, so that the page has 2.4 MB, through the gateway; in a scratch org run `System.debug(Limits.getHeapSize())` before and after `JSON.deserializeUntyped` of 100,000 times `{"id":1}`: beyond 3 MB the gateway has to take less than 1 MB.',
  },
  {
    id: 'apex-faults',
    statement:
      'Apex REST answers an exception that a class does not catch, such as a limit, with 500 `APEX_ERROR` and a message that begins with its type; those of heap, CPU time and patterns hold `heap size`, `CPU time` and `Regex too complicated`',
    places: ['sidecar/src/woo/gateway/gateway-fault.ts'],
    person: 'Deploy a REST class that fills the heap into a scratch org, and call it.',
  },
  {
    id: 'apex-by-another-runtime',
    statement:
      'What `local/org/apex/runtime` makes of the Apex of this project, which was written beside it, is what another runtime makes of it',
    places: ['local/org/apex/runtime', 'scripts/apex-run.test.ts'],
    person:
      'Where GitHub can be reached, install aer of OctoberSwimmer (closed source, free for up to 100 tests at a time; nobody here has run it) and run `aer test force-app`: all tests pass, and cover each class by three quarters.',
  },
  {
    id: 'json-behind-the-value',
    statement:
      '`JSON.deserializeUntyped` reads the first value of a text and nothing behind it; the gateway sends on what it has read, so that nothing depends on it',
    places: ['local/org/apex/runtime/library/json.ts'],
    person: "Run `System.debug(JSON.deserializeUntyped('{} x'));` as anonymous Apex.",
  },
  {
    id: 'numbers-of-json',
    statement:
      '`JSON.serialize` writes a number that was read as `1e21` in full, without an exponent; the gateway sends on what it has read, and WooCommerce takes either',
    places: ['local/org/apex/runtime/library/json.ts'],
    person:
      "Run `System.debug(JSON.serialize(JSON.deserializeUntyped('[1e21]')));` as anonymous Apex.",
  },
  {
    id: 'code-of-another-encoding',
    statement:
      'A deploy refuses code whose file is not UTF-8, as it refuses XML: `Invalid byte 2 of 3-byte UTF-8 sequence.` Salesforce may take it with question marks in place of such letters',
    places: ['local/org/metadata/read/encoding.ts'],
    person:
      'Save a class with the letter é in a text as Latin-1, and deploy it to a scratch org; nothing of this project depends on it.',
  },
  {
    id: 'texts-of-own-apex',
    statement:
      'Salesforce words its refusals of modifiers, annotations, overrides and constructors, of invocable methods, triggers, schedules and names of exceptions as the local org does, runs a retry of a chunk without looking at triggers after the save first, and gives scheduled Apex the limits of synchronous code',
    places: [
      'local/org/apex/runtime/compile/annotated.ts',
      'local/org/apex/runtime/compile/declared.ts',
      'local/org/apex/runtime/compile/inheritance.ts',
      'local/org/apex/runtime/compile/invocable.ts',
      'local/org/apex/runtime/compile/trigger.ts',
      'local/org/apex/host/cron.ts',
      'local/org/write/triggers.ts',
    ],
    person:
      'In a scratch org deploy what `local/org/test/contract/apex` deploys and refuses, and compare the texts; nothing of this project depends on them.',
  },
  {
    id: 'apex-tests-among-rules-of-others',
    statement:
      'The Apex tests pass where triggers, required fields, validation rules, duplicate rules and flows of the org refuse every save of products, contacts, accounts, commands and issues; the local org shows it for required fields, validation rules and flows',
    places: [
      'force-app/main/default/classes/WooFlowsTest.cls',
      'force-app/main/default/classes/WooMappingsTest.cls',
    ],
    person:
      'In a sandbox deploy a trigger on Product2 that throws and a duplicate rule on Account and Contact that blocks, then run `npm run deploy -- --dry-run`.',
  },
  {
    id: 'apex-of-api-version-66',
    statement:
      'Apex of API version 66.0 reads and writes in system mode where it says nothing else; from 67.0 on it is user mode, in which the tests fail for a deployer without rights on our fields',
    places: ['sfdx-project.json', 'force-app/main/default/classes'],
    person:
      'Before `apiVersion` of the classes is raised, give `insert`, `update` and queries of `WooFlowsTest` their mode, and run it in a sandbox of the newer release as a user without Woo_Admin.',
  },
  {
    id: 'refused-queries',
    statement:
      'Salesforce refuses the comparisons with other queries that the local org refuses, and words it so; that they do not stand with `OR`, in parentheses with `OR`, is quoted from errors of orgs; the other texts, and those of functions in filters, are not',
    places: ['local/org/soql/semi-joins.ts', 'local/org/apex/runtime/compile/queries.ts'],
    person:
      'In a scratch org run the refused queries of `local/org/apex/test/queries.test.ts` as anonymous Apex, and compare the texts.',
  },
];
