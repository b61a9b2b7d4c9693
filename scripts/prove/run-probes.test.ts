import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { AdminSession } from '../lib/install/admin-session.ts';
import type { Probed } from './model/assumption.ts';
import type { Probing } from './model/probing.ts';
import { CannotTell, verdict, type Verdict } from './model/verdict.ts';
import { asMarkdown, asTable, reportOf } from './report/report.ts';
import { callsOf, runProbes } from './run/run-probes.ts';

/** What the org has that a run could have made. */
let own: string[];
let deleted: string[];
let calls: number;
let server: Server;
let session: AdminSession;

beforeEach(async () => {
  [own, deleted, calls] = [[], [], 0];
  server = createServer((request, response) => {
    calls += 1;
    const send = (body: unknown): void => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(body));
    };
    const url = new URL(request.url ?? '', 'http://org');
    if (url.pathname.endsWith('/never')) return;
    if (request.method === 'DELETE') {
      const ids = url.searchParams.get('ids')?.split(',') ?? [];
      deleted.push(...ids);
      send(ids.map((id) => ({ id, success: true, errors: [] })));
    } else if (url.pathname.endsWith('/composite')) {
      const found = { records: own.map((Id) => ({ Id })) };
      const nothing = { records: [] };
      const bodies = [found, nothing, nothing, nothing, nothing];
      send({
        compositeResponse: bodies.map((body, at) => ({
          body,
          httpStatusCode: 200,
          referenceId: `ref${at}`,
        })),
      });
    } else send({ records: [] });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  session = new AdminSession(`http://127.0.0.1:${port}`, 'admin@example.com', 'a-token');
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

const assumption = (id: string, probe: (probing: Probing) => Promise<Verdict>): Probed => ({
  id,
  statement: 'It is so',
  places: ['README.md'],
  calls: 1,
  probe,
  deviation: { says: 'it is not so', change: () => undefined },
});
const holding = (id: string) => assumption(id, () => Promise.resolve(verdict(true, null)));
const run = (some: readonly Probed[], options = {}) =>
  runProbes(some, { session, store: 'main', receiver: null, env: {} }, options);
const told = async (some: readonly Probed[], options = {}) =>
  (await run(some, options)).outcomes.map(({ kind, detail }) => [kind, detail]);

describe('a run of probes', () => {
  it('goes on where a probe fails', async () => {
    const broken = assumption('broken', () => Promise.reject(new TypeError('no such member')));
    const unable = assumption('unable', () =>
      Promise.reject(new CannotTell('It is switched off.')),
    );
    const other = assumption('other', () => Promise.resolve(verdict(false, { status: 500 })));
    expect(await told([broken, unable, other, holding('last')])).toEqual([
      ['cannot tell', 'TypeError: no such member'],
      ['cannot tell', 'It is switched off.'],
      ['differs', '{"status":500}'],
      ['holds', ''],
    ]);
  });

  it('waits for a probe no longer than its bound', async () => {
    const silent = assumption('silent', async ({ org }) =>
      verdict((await org.call('GET', 'never')).status === 200, null),
    );
    const deaf = assumption('deaf', () => Promise.withResolvers<Verdict>().promise);
    expect(await told([silent, deaf, holding('last')], { probeMs: 50 })).toEqual([
      ['cannot tell', 'It was not answered within 0.05 seconds.'],
      ['cannot tell', 'It was not answered within 0.05 seconds.'],
      ['holds', ''],
    ]);
  });

  it('makes no more calls than it said', async () => {
    const greedy = assumption('greedy', async ({ org }) => {
      for (let at = 0; at < 5; at += 1) await org.call('GET', 'limits');
      return verdict(true, null);
    });
    const result = await run([greedy]);
    expect(result.outcomes[0]?.detail).toContain('more API calls');
    expect(result.calls).toBe(calls);
    expect(calls).toBeLessThanOrEqual(callsOf([greedy]));
  });

  it('deletes what it has made, and asks no more, when it is stopped', async () => {
    const stop = new AbortController();
    const maker = assumption('maker', async ({ org }) => {
      own = ['a01'];
      stop.abort();
      return verdict((await org.call('GET', 'limits')).status === 200, null);
    });
    const kinds = await told([maker, holding('last')], { stopped: stop.signal });
    expect(kinds).toEqual([
      ['cannot tell', 'The run was stopped.'],
      ['cannot tell', 'The run was stopped.'],
    ]);
    expect(deleted).toEqual(['a01']);
  });

  it('says what it could not delete', async () => {
    const closing = assumption('closing', async () => {
      server.closeAllConnections();
      server.close();
      return Promise.resolve(verdict(true, null));
    });
    const { leftBehind, outcomes } = await run([closing]);
    expect(outcomes[0]?.kind).toBe('holds');
    expect(leftBehind).toContain('does not answer (');
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
});

describe('a report', () => {
  it('has no names of hosts, addresses and secrets', async () => {
    const key = `ck_${'0123456789'.repeat(4)}`;
    const talker = assumption('talker', () =>
      Promise.resolve(
        verdict(false, `acme.example said 00Dxx0000000001!AQ.x_y of ada@example.com ${key}`),
      ),
    );
    const report = reportOf(await run([talker]), ['acme.example'], new Date(0));
    for (const text of [asTable(report), asMarkdown(report), JSON.stringify(report)]) {
      expect(text).toContain('[hidden] said');
      expect(text).not.toMatch(/acme|00Dxx|ada@|ck_/);
    }
  });

  it('begins with what differs, and says which places change', async () => {
    const other = assumption('other', () => Promise.resolve(verdict(false, 'another code')));
    const report = reportOf(await run([holding('first'), other]), [], new Date(0));
    expect(report.lines.map(({ id }) => id)).toEqual(['other', 'first']);
    expect(report.counts).toMatchObject({ differs: 1, holds: 1 });
    expect(asMarkdown(report)).toContain('Came instead: another code\n  Change: `README.md`');
  });
});
