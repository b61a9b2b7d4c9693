import { Secret } from '../../../src/lib/secret.ts';
import type { WooRecord } from '../../../src/mapping/model/record.ts';
import type { ApexCall } from '../../../src/ports/apex-rest.ts';
import { DirectStore } from '../../../src/woo/direct-store.ts';
import { GatewayStore } from '../../../src/woo/gateway/gateway-store.ts';
import { type Answer, json, type ScriptedServer, serve } from '../../support/scripted-server.ts';

const keys = {
  consumerKey: new Secret('ck_0123456789abcdef'),
  consumerSecret: new Secret('cs_fedcba9876543210'),
  keyVariable: 'WOO_MAIN_KEY',
  secretVariable: 'WOO_MAIN_SECRET',
};

const retry = { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 };

let server: ScriptedServer | null = null;

interface Batch {
  readonly update?: readonly (WooRecord & { id: number })[];
  readonly create?: readonly WooRecord[];
}

export const batchOf = (body: string): Batch => JSON.parse(body) as Batch;

/** Takes everything, as WooCommerce does; products that are made get ids from 900. */
function taken({ update, create }: Batch): unknown {
  return update ? { update } : { create: create?.map((one, at) => ({ ...one, id: 900 + at })) };
}

export async function direct(
  answer: Answer,
  options: { deadlineMs?: number; writeDeadlineMs?: number } = {},
): Promise<{ store: DirectStore; server: ScriptedServer }> {
  const started = await serve(answer);
  server = started;
  return {
    store: new DirectStore({ key: 'main', url: started.url }, keys, { retry, ...options }),
    server: started,
  };
}

export const taking: Answer = (request, response) => {
  json(response, 200, taken(batchOf(request.body)));
};

/** A gateway that passes answers of up to so many records, as the size of answers is limited. */
export function gateway(
  answer: (call: ApexCall) => { status?: number; woo?: number; body: unknown },
) {
  const asked: ApexCall[] = [];
  const store = new GatewayStore(
    { key: 'main', url: 'https://shop.example', namedCredential: 'Woo_Store' },
    {
      apexRest: (call) => {
        asked.push(call);
        const { status = 200, woo = 200, body } = answer(call);
        const headers = new Map([
          ['woo-status', `${woo}`],
          ['woo-content-type', 'application/json'],
        ]);
        return Promise.resolve({
          status,
          body: JSON.stringify(body),
          header: (name: string) => (status === 200 ? (headers.get(name) ?? null) : null),
        });
      },
    },
    { retry },
  );
  return { store, asked };
}

export const tooLarge = {
  status: 413,
  body: [{ errorCode: 'GATEWAY_ANSWER_TOO_LARGE', message: 'It does not fit.' }],
};

export async function closeShop(): Promise<void> {
  await server?.close();
  server = null;
}
