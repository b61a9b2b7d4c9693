import { CodedError } from '../../../src/errors/coded-error.ts';
import type { ApexAnswer, ApexCall } from '../../../src/ports/apex-rest.ts';
import { GatewayStore } from '../../../src/woo/gateway/gateway-store.ts';
import { failureOf } from '../../support/scripted-server.ts';

export interface Scripted {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const retry = { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 };

export const counts = {
  'woo-total': '1',
  'woo-total-pages': '1',
  'woo-content-type': 'application/json',
};

export const passed = (
  records: unknown,
  headers: Readonly<Record<string, string>> = counts,
): Scripted => ({
  headers: { 'woo-status': '200', ...headers },
  body: records,
});

export const refused = (status: number, errorCode: string): Scripted => ({
  status,
  body: [{ errorCode, message: `Said by ${errorCode}.` }],
});

export function storeThat(answer: (call: ApexCall, asked: readonly ApexCall[]) => Scripted) {
  const asked: ApexCall[] = [];
  const store = new GatewayStore(
    { key: 'main', url: 'https://shop.example', namedCredential: 'Woo_Store' },
    {
      apexRest: (call): Promise<ApexAnswer> => {
        asked.push(call);
        const { status = 200, headers = {}, body } = answer(call, asked);
        return Promise.resolve({
          status,
          header: (name) => headers[name] ?? null,
          body: typeof body === 'string' ? body : JSON.stringify(body),
        });
      },
    },
    { retry },
  );
  return { store, asked };
}

export async function failure(answer: Scripted): Promise<{ error: CodedError; calls: number }> {
  const { store, asked } = storeThat(() => answer);
  const error = await failureOf(store.list('orders', {}));
  if (!(error instanceof CodedError)) throw error;
  return { error, calls: asked.length };
}
