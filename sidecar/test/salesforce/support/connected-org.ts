import { inspect } from 'node:util';
import { expect } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { Connection, type ConnectionOptions } from '../../../src/salesforce/rest/connection.ts';
import {
  failureOf,
  json,
  type Answer,
  type ScriptedServer,
} from '../../support/scripted-server.ts';
import { orgThat, tokenPath } from './fake-org.ts';

export const quick: ConnectionOptions = {
  deadlineMs: 5_000,
  retry: { attempts: 3, firstWaitMs: 1, longestWaitMs: 20 },
};

export const limits = { method: 'GET', path: '/limits' } as const;

export const fine: Answer = (_request, response) => {
  json(response, 200, { fine: true });
};

let open: ScriptedServer | null = null;

export async function connected(
  answer: Answer,
  signIns?: Answer,
  options: Partial<ConnectionOptions> = {},
): Promise<{ server: Awaited<ReturnType<typeof orgThat>>; connection: Connection }> {
  const server = await orgThat(answer, signIns);
  open = server;
  return { server, connection: new Connection(server.signIn, { ...quick, ...options }) };
}

/** Fails a call and checks that the failure is one of ours and gives nothing away. */
export async function failure(promise: Promise<unknown>): Promise<CodedError> {
  const error = await failureOf(promise);
  if (!(error instanceof CodedError)) throw error;
  const everything = `${inspect(error, { depth: 20 })} ${JSON.stringify(error)} ${error.cure}`;
  expect(everything).not.toMatch(/00Dtoken|s3cret|jane@example|PRIVATE KEY|assertion=/);
  return error;
}

export const data = (server: ScriptedServer): ScriptedServer['received'] =>
  server.received.filter(({ path }) => path !== tokenPath);

export const signInsAt = (server: ScriptedServer): ScriptedServer['received'] =>
  server.received.filter(({ path }) => path === tokenPath);

export async function closeOrg(): Promise<void> {
  await open?.close();
  open = null;
}
