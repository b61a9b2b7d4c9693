import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CalloutException, type Callout, type RestRequest } from '../apex-rest.ts';
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
      | {
          readonly fault?: undefined;
          readonly status: number;
          readonly body: string;
          readonly headers?: Record<string, string>;
        };
  }[];
  readonly answer: {
    readonly status: number;
    readonly headers?: Record<string, string | null>;
    readonly body?: string;
    readonly json?: unknown;
    readonly errorCode?: string;
  };
}

const TABLE = 'force-app/main/default/staticresources/Woo_Gateway_Cases.json';
const cases = JSON.parse(readFileSync(TABLE, 'utf8')) as readonly Case[];

const STORES = [
  { Key__c: 'main', Named_Credential__c: 'Woo_Test', Active__c: true },
  { Key__c: 'asleep', Named_Credential__c: 'Woo_Test', Active__c: false },
  { Key__c: 'bare', Named_Credential__c: null, Active__c: true },
  { Key__c: 'odd', Named_Credential__c: 'Woo_Test/../x', Active__c: true },
];

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
      rows: (object) => (object === 'Woo_Store__mdt' ? STORES : []),
      now: () => 0,
      send: (callout) => {
        const reply = exchanges[sent.length]?.reply;
        sent.push(callout);
        if (!reply) throw new Error(`an unexpected callout: ${callout.endpoint}`);
        if (reply.fault !== undefined) throw new CalloutException(reply.fault);
        const { status, headers, body } = reply;
        return Promise.resolve({ status, headers: new Headers(headers), body: Buffer.from(body) });
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
        { errorCode: answer.errorCode, message: expect.stringMatching(/\w.*\.$/) as string },
      ]);
    } else if (answer.json === undefined) expect(body).toBe(answer.body);
    else expect(JSON.parse(body)).toEqual(answer.json);
  });

  it('no case is answered with 401, or with a status that Apex REST lacks', () => {
    const statuses = new Set(cases.map(({ answer }) => answer.status));
    expect([...statuses].sort()).toEqual([200, 400, 403, 404, 413, 503]);
  });
});
