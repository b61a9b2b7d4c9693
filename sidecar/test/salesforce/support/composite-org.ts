import { SalesforceOrg } from '../../../src/salesforce/org.ts';
import {
  type Answer,
  json,
  type Received,
  type ScriptedServer,
} from '../../support/scripted-server.ts';
import { orgThat, tokenPath } from './fake-org.ts';

export interface Sub {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: { readonly allOrNone: boolean; readonly records: unknown[] };
  readonly httpHeaders?: Readonly<Record<string, string>>;
}

interface Composite {
  readonly allOrNone: boolean;
  readonly collateSubrequests: boolean;
  readonly compositeRequest: readonly Sub[];
}

let open: ScriptedServer | null = null;

export async function org(answer: Answer): Promise<{ org: SalesforceOrg; sent: () => Received[] }> {
  const server = await orgThat(answer);
  open = server;
  const retry = { attempts: 2, firstWaitMs: 1, longestWaitMs: 5 };
  return {
    org: new SalesforceOrg(server.signIn, { retry }),
    sent: () => server.received.filter(({ path }) => path !== tokenPath),
  };
}

export const compositeOf = (request: Received | undefined): Composite =>
  JSON.parse(request?.body ?? '') as Composite;

/** An org that answers every subrequest with what `answer` says: a status and a body. */
export function compositeThat(
  answer: (sub: Sub, index: number) => readonly [number, unknown],
): Answer {
  return (request, response) => {
    const subs = compositeOf(request).compositeRequest;
    json(response, 200, {
      compositeResponse: subs.map((sub, index) => {
        const [httpStatusCode, body] = answer(sub, index);
        return { httpStatusCode, body, httpHeaders: {}, referenceId: sub.referenceId };
      }),
    });
  };
}

export const rows = (...records: unknown[]): readonly [number, unknown] => [
  200,
  { totalSize: records.length, done: true, records },
];

export async function closeOrg(): Promise<void> {
  await open?.close();
  open = null;
}
