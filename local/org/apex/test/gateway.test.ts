import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CalloutException, type Callout } from '../callouts.ts';
import { shippedGateway } from './shipped-gateway.ts';

interface Case {
  readonly name: string;
  /** Only the Apex tests can set them. */
  readonly limits?: object;
  readonly request: {
    readonly method: string;
    readonly uri: string;
    readonly params?: Record<string, string>;
    readonly body?: string;
    readonly base64?: string;
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
    /** Of what only a mock in Apex does. */
    readonly hides?: string;
  };
}

/** Each is run by the Apex test class, too, that its description names. */
const TABLES = [
  'force-app/main/default/staticresources/Woo_Gateway_Cases',
  'config/ci/main/default/staticresources/Woo_Gateway_More_Cases',
];
const cases = TABLES.flatMap(
  (table) => JSON.parse(readFileSync(`${table}.json`, 'utf8')) as readonly Case[],
);
/** What a mock in Apex does, and no callout. */
const isOfMock = ({ exchanges }: Case): boolean =>
  exchanges.some(({ reply }) => 'exception' in reply);
const called = cases.filter((one) => one.limits === undefined && !isOfMock(one));

/** The same as in WooGatewayCases. */
const gateway = shippedGateway({
  Woo_Store__mdt: [
    {
      Key__c: 'main',
      Named_Credential__c: 'Woo_Test',
      Active__c: true,
      Service_URL__c: 'https://sync.example/',
    },
    { Key__c: 'silent', Named_Credential__c: 'Woo_Test', Active__c: true },
    { Key__c: 'asleep', Named_Credential__c: 'Woo_Test', Active__c: false },
    { Key__c: 'bare', Active__c: true },
    { Key__c: 'odd', Named_Credential__c: 'Woo_Test/../x', Active__c: true },
  ],
  Woo_Mapping__mdt: [
    { Active__c: true, Woo_Meta_Key__c: ' _crm_id ' },
    {
      Active__c: true,
      Woo_Resource__c: 'order',
      Direction__c: 'both',
      Create_In_Woo__c: true,
    },
    { Active__c: false, Woo_Meta_Key__c: '_old_id' },
  ],
  Woo_Order_Transition__mdt: [
    { From_Status__c: 'processing', To_Status__c: 'wc-Completed', Active__c: true },
    { From_Status__c: 'draft', To_Status__c: 'pending', Active__c: true },
    { From_Status__c: 'processing', To_Status__c: 'refunded', Active__c: false },
  ],
  Woo_Field_Mapping__mdt: [
    { Direction__c: 'both', Woo_Path__c: 'meta_data.tracking_number', Active__c: true },
    { Direction__c: 'to_woo', Woo_Attribute__c: 'note_private', Active__c: true },
    { Direction__c: 'to_salesforce', Woo_Path__c: 'meta_data.vat_number', Active__c: true },
    { Direction__c: 'to_woo', Woo_Path__c: 'note_to_customer', Active__c: false },
  ],
});

async function run({ request, exchanges }: Pick<Case, 'request' | 'exchanges'>) {
  const sent: Callout[] = [];
  const { method, uri, params = {}, body, base64 } = request;
  const bytes = base64 === undefined ? undefined : Buffer.from(base64, 'base64');
  const asked = {
    method,
    uri,
    params,
    body: bytes ?? (body === undefined ? null : Buffer.from(body)),
  };
  const response = await gateway(asked, (callout) => {
    const reply = exchanges[sent.length]?.reply;
    sent.push(callout);
    if (!reply || 'exception' in reply)
      throw new Error(`an unexpected callout: ${callout.endpoint}`);
    if ('fault' in reply) return Promise.reject(new CalloutException(reply.fault));
    const { status, headers = {}, body: said = '', base64 } = reply;
    const bytes = base64 === undefined ? Buffer.from(said) : Buffer.from(base64, 'base64');
    return Promise.resolve({ status, headers: new Map(Object.entries(headers)), body: bytes });
  });
  return { response, sent };
}

describe('the gateway that ships', () => {
  it('waits almost two minutes for an answer, and half a minute for a webhook that it looks at first', async () => {
    const reply = { status: 200, body: '{}' };
    const timesOf = async (method: string, path: string): Promise<readonly number[]> => {
      const callout = { method, endpoint: '' };
      const request = { method, uri: `/woo/main/${path}` };
      const { sent } = await run({ request, exchanges: [{ callout, reply }] });
      return sent.map(({ timeoutSeconds }) => timeoutSeconds);
    };
    expect(await timesOf('GET', 'orders')).toEqual([110]);
    expect(await timesOf('DELETE', 'webhooks/4')).toEqual([30]);
  });
});

describe('the gateway that ships, as its table of cases says', () => {
  it('most cases can be called', () => {
    expect(called.length).toBeGreaterThan(cases.length * 0.9);
  });

  it.each(called.map((one) => [one.name, one] as const))('%s', async (_name, one) => {
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
        { errorCode: answer.errorCode, message: expect.stringMatching(/\w.*\.$/) as string },
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

  it('the tables hold each case once, and each says which test class runs it', () => {
    const names = cases.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const [at, testClass] of ['WooGatewayTest', 'WooGatewayTableTest'].entries()) {
      const described = readFileSync(`${TABLES[at] ?? ''}.resource-meta.xml`, 'utf8');
      expect(described).toContain(`${testClass} runs it.`);
    }
  });

  it('does not pass on what a person was searched by', async () => {
    const fault = 'Unauthorized endpoint = https://shop/orders?search=jo%40example.com now';
    const { response } = await run({
      request: { method: 'GET', uri: '/woo/main/orders', params: { search: 'jo@example.com' } },
      exchanges: [{ callout: { method: 'GET', endpoint: '' }, reply: { fault } }],
    });
    expect(response.body.toString()).toContain(
      'Woo_Test: Unauthorized endpoint = https://shop/orders now.',
    );
  });
});
