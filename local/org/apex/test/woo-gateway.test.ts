import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ApexException, CalloutException, type Callout, type RestRequest } from '../apex-rest.ts';
import { wooGateway } from '../woo-gateway.ts';
import { DEFAULT_LIMITS, type GatewayLimits } from '../woo-gateway/limits.ts';

interface Case {
  readonly name: string;
  readonly limits?: Partial<GatewayLimits>;
  readonly request: {
    readonly method: string;
    readonly uri: string;
    readonly params?: Record<string, string>;
    readonly body?: string;
  };
  readonly exchanges: readonly {
    readonly callout: {
      readonly method: string;
      readonly endpoint: string;
      readonly body?: string;
    };
    readonly reply:
      | { readonly fault: string }
      | { readonly exception: string }
      | {
          readonly status: number;
          readonly body?: string;
          readonly base64?: string;
          readonly headers?: Record<string, string>;
        };
  }[];
  readonly answer: {
    readonly status: number;
    readonly headers?: Record<string, string | null>;
    readonly body?: string;
    readonly base64?: string;
    readonly json?: unknown;
    readonly errorCode?: string;
    readonly message?: string;
  };
}

/** Each is run in Apex too, by the test class that its description names. */
const TABLES = [
  'force-app/main/default/staticresources/Woo_Gateway_Cases',
  'config/ci/main/default/staticresources/Woo_Gateway_More_Cases',
];
const TEST_CLASSES = [
  'force-app/main/default/classes/WooGatewayTest.cls',
  'config/ci/main/default/classes/WooGatewayTableTest.cls',
];
const tableOf = (table: string) =>
  JSON.parse(readFileSync(`${table}.json`, 'utf8')) as readonly Case[];
const cases = TABLES.flatMap(tableOf);

const STORES = [
  {
    ...{ Key__c: 'main', Named_Credential__c: 'Woo_Test', Active__c: true },
    Service_URL__c: 'https://sync.example/',
  },
  { Key__c: 'silent', Named_Credential__c: 'Woo_Test', Active__c: true, Service_URL__c: null },
  { Key__c: 'asleep', Named_Credential__c: 'Woo_Test', Active__c: false },
  { Key__c: 'bare', Named_Credential__c: null, Active__c: true },
  { Key__c: 'odd', Named_Credential__c: 'Woo_Test/../x', Active__c: true },
];

const MAPPINGS = [
  { Active__c: true, Woo_Meta_Key__c: '_crm_id' },
  {
    ...{ Active__c: true, Woo_Meta_Key__c: null, Woo_Resource__c: 'order' },
    ...{ Direction__c: 'both', Create_In_Woo__c: true },
  },
  { Active__c: false, Woo_Meta_Key__c: '_old_id' },
];

const ROWS: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  Woo_Store__mdt: STORES,
  Woo_Mapping__mdt: MAPPINGS,
  Woo_Order_Transition__mdt: [
    { From_Status__c: 'processing', To_Status__c: 'completed', Active__c: true },
    { From_Status__c: 'draft', To_Status__c: 'pending', Active__c: true },
    { From_Status__c: 'processing', To_Status__c: 'refunded', Active__c: false },
  ],
  Woo_Field_Mapping__mdt: [
    { Direction__c: 'both', Woo_Path__c: 'meta_data.tracking_number', Active__c: true },
    { Direction__c: 'to_woo', Woo_Path__c: 'note_private', Active__c: true },
    { Direction__c: 'to_salesforce', Woo_Path__c: 'meta_data.vat_number', Active__c: true },
    { Direction__c: 'to_woo', Woo_Path__c: 'note_to_customer', Active__c: false },
  ],
};

async function run({ request, exchanges, limits }: Case) {
  const sent: Callout[] = [];
  const asked: RestRequest = {
    method: request.method,
    uri: request.uri,
    params: request.params ?? {},
    body: request.body === undefined ? null : Buffer.from(request.body),
  };
  const response = await wooGateway(
    asked,
    {
      rows: (object) => ROWS[object] ?? [],
      now: () => 0,
      send: (callout) => {
        const reply = exchanges[sent.length]?.reply;
        sent.push(callout);
        if (!reply) throw new Error(`an unexpected callout: ${callout.endpoint}`);
        if ('fault' in reply) throw new CalloutException(reply.fault);
        if ('exception' in reply)
          throw new ApexException('System.IllegalArgumentException', reply.exception);
        const { status, headers = {}, body = '', base64 } = reply;
        const bytes = base64 === undefined ? Buffer.from(body) : Buffer.from(base64, 'base64');
        return Promise.resolve({ status, headers: new Map(Object.entries(headers)), body: bytes });
      },
    },
    { ...DEFAULT_LIMITS, ...limits },
  );
  return { response, sent };
}

describe('WooGateway as its table of cases says', () => {
  it.each(cases.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
    const { response, sent } = await run(one);
    const { answer } = one;
    expect(
      sent.map(({ method, endpoint, body, headers }) => ({
        method,
        endpoint,
        ...(body === null ? {} : { body: JSON.parse(body) as unknown }),
        type: headers['Content-Type'],
      })),
    ).toEqual(
      one.exchanges.map(({ callout: { body, ...callout } }) => ({
        ...callout,
        ...(body === undefined ? {} : { body: JSON.parse(body) as unknown }),
        type: body === undefined ? undefined : 'application/json',
      })),
    );
    expect(response.status).toBe(answer.status);
    for (const [name, value] of Object.entries(answer.headers ?? {})) {
      expect([name, response.headers[name] ?? null]).toEqual([name, value]);
    }
    const body = response.body.toString('utf8');
    if (answer.errorCode !== undefined) {
      expect(JSON.parse(body)).toEqual([
        {
          errorCode: answer.errorCode,
          message: answer.message ?? (expect.stringMatching(/\w.*\.$/) as string),
        },
      ]);
    } else if (answer.base64 !== undefined) {
      expect(response.body.toString('base64')).toBe(answer.base64);
    } else if (answer.json === undefined) expect(body).toBe(answer.body);
    else expect(JSON.parse(body)).toEqual(answer.json);
  });

  it('no case is answered with 401, or with a status that Apex REST lacks', () => {
    const statuses = new Set(cases.map(({ answer }) => answer.status));
    expect([...statuses].sort()).toEqual([200, 400, 403, 404, 413, 500, 503]);
  });

  it('the tables hold each case once, and say which test class runs them', () => {
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const [at, testClass] of TEST_CLASSES.entries()) {
      const described = readFileSync(`${TABLES[at] ?? ''}.resource-meta.xml`, 'utf8');
      expect(described).toContain(`${basename(testClass, '.cls')} runs it.`);
    }
  });

  it('each part of a table is run by one test method, whose transaction has callouts to spare', () => {
    const CALLOUTS = 50;
    for (const [at, testClass] of TEST_CLASSES.entries()) {
      const source = readFileSync(testClass, 'utf8');
      const runs = [...source.matchAll(/WooGatewayCases\.run\('(\w+)', (\d+), (\d+)\)/g)];
      const table = TABLES[at] ?? '';
      expect(runs.map(([, name, part]) => [name, Number(part)])).toEqual(
        runs.map((_, part) => [basename(table), part]),
      );
      expect(source.match(/^ {4}@IsTest$/gm)).toHaveLength(runs.length);
      for (const [, , part, parts] of runs) {
        expect(Number(parts)).toBe(runs.length);
        const ran = tableOf(table).filter((_, index) => index % runs.length === Number(part));
        expect(ran.flatMap(({ exchanges }) => exchanges).length).toBeLessThanOrEqual(CALLOUTS);
      }
    }
  });
});
