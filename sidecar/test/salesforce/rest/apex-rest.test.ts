import { afterEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import { Connection } from '../../../src/salesforce/rest/connection.ts';
import { failureOf, html, json } from '../../support/scripted-server.ts';
import type { Answer, ScriptedServer } from '../../support/scripted-server.ts';
import { expired, orgThat, tokenOf } from '../support/fake-org.ts';

let server: ScriptedServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function connectionTo(answer: Answer) {
  const org = await orgThat(answer);
  server = org;
  const connection = new Connection(org.signIn, {
    deadlineMs: 5_000,
    retry: { attempts: 3, firstWaitMs: 1, longestWaitMs: 5 },
  });
  const apexCalls = () => org.received.filter(({ path }) => path.startsWith('/services/apexrest'));
  return { connection, apexCalls };
}

const call = { method: 'GET', path: '/woo/main/orders?page=2' } as const;

async function failure(answer: Answer): Promise<{ error: CodedError; calls: number }> {
  const { connection, apexCalls } = await connectionTo(answer);
  const error = await failureOf(connection.apexRest(call));
  if (!(error instanceof CodedError)) throw error;
  return { error, calls: apexCalls().length };
}

describe('a call of an Apex REST class', () => {
  it('hands out status, headers and body as they came, and counts', async () => {
    const { connection, apexCalls } = await connectionTo((_request, response) => {
      json(response, 200, [{ name: '日本' }], { 'Woo-Status': '404', 'Woo-Total': '3' });
    });
    const answer = await connection.apexRest({ ...call, method: 'POST', json: '{"a":1}' });
    expect([answer.status, answer.header('woo-status'), answer.header('woo-none')]).toEqual([
      200,
      '404',
      null,
    ]);
    expect(answer.body).toBe('[{"name":"日本"}]');
    const [sent] = apexCalls();
    expect(sent).toMatchObject({
      method: 'POST',
      path: '/services/apexrest/woo/main/orders',
      body: '{"a":1}',
    });
    expect(sent?.query.get('page')).toBe('2');
    expect(sent?.headers['content-type']).toBe('application/json');
    expect(tokenOf(sent)).toBe('00Dtoken1');
    expect(connection.calls).toBe(1);
  });

  it('hands out the refusals of the class, whatever their status', async () => {
    const { connection } = await connectionTo((_request, response) => {
      json(response, 503, [{ errorCode: 'GATEWAY_STORE_SLOW', message: 'Slow.' }]);
    });
    expect((await connection.apexRest(call)).status).toBe(503);
  });

  it('hands out a fault of the class, which is no outage of the org', async () => {
    const { connection, apexCalls } = await connectionTo((_request, response) => {
      json(response, 500, [{ errorCode: 'APEX_ERROR', message: 'System.LimitException: …' }]);
    });
    expect((await connection.apexRest(call)).status).toBe(500);
    expect(apexCalls()).toHaveLength(1);
  });

  it('renews an ended session once', async () => {
    const { connection, apexCalls } = await connectionTo((request, response) => {
      if (tokenOf(request) === '00Dtoken1') expired(response);
      else json(response, 200, [], { 'Woo-Status': '200' });
    });
    expect((await connection.apexRest(call)).status).toBe(200);
    expect(apexCalls().map(tokenOf)).toEqual(['00Dtoken1', '00Dtoken2']);
  });

  it('that must not be repeated is made once, but for a session that ended', async () => {
    const { connection, apexCalls } = await connectionTo((request, response) => {
      if (tokenOf(request) === '00Dtoken1') expired(response);
      else html(response, 503);
    });
    const create = { ...call, method: 'POST', json: '{}', once: true } as const;
    const error = await failureOf(connection.apexRest(create));
    expect(error).toMatchObject({ code: 'SF_UNAVAILABLE' });
    expect(apexCalls().map(tokenOf)).toEqual(['00Dtoken1', '00Dtoken2']);
  });

  it('ends with a coded error when a new session is refused too', async () => {
    const { error, calls } = await failure((_request, response) => {
      expired(response);
    });
    expect([error.code, calls]).toEqual(['SF_SESSION_REFUSED', 2]);
  });

  it.each([
    [404, 'NOT_FOUND', 'WOO_GATEWAY_MISSING', 1],
    [403, 'FORBIDDEN', 'WOO_GATEWAY_FORBIDDEN', 1],
    [403, 'REQUEST_LIMIT_EXCEEDED', 'SF_LIMIT_EXCEEDED', 1],
    [503, 'SERVER_UNAVAILABLE', 'SF_UNAVAILABLE', 3],
    [500, 'UNKNOWN_EXCEPTION', 'SF_UNAVAILABLE', 3],
    [400, 'INVALID_SOMETHING', 'SF_REFUSED', 3],
  ])('HTTP %i %s of the org is %s', async (status, theirs, ours, calls) => {
    const told = await failure((_request, response) => {
      json(response, status, [{ errorCode: theirs, message: 'jane@example.com' }]);
    });
    expect([told.error.code, told.calls]).toEqual([ours, calls]);
    expect(told.error.message).not.toContain('jane');
  });

  it('a page instead of an answer is said', async () => {
    const { error } = await failure((_request, response) => {
      html(response, 403);
    });
    expect(error.code).toBe('SF_UNEXPECTED_ANSWER');
  });
});
