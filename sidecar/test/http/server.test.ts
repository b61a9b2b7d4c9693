import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { Agent, request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Condition, Health } from '../../src/http/engine-port.ts';
import { networkFault } from '../../src/lib/network-fault.ts';
import { startServer } from '../../src/http/server.ts';
import type { Server } from '../../src/http/server.ts';
import { EngineStandIn, headersOf, serveWebhooks, silent } from './support/server.ts';

const engine = new EngineStandIn();
let server: Server | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const out: Condition = {
  ok: false,
  reason: 'it does not answer',
  since: new Date('2026-03-01T10:00:00Z'),
};

describe('health', () => {
  it.each<[string, number, Partial<Health>]>([
    ['ready', 200, {}],
    ['degraded', 200, { org: out }],
    ['degraded', 200, { stores: { main: { ok: true }, second: out } }],
    ['not ready', 503, { queue: out }],
  ])('is %s (%i) with %o', async (status, code, over) => {
    const all = { queue: { ok: true }, org: { ok: true }, stores: { main: { ok: true } } } as const;
    engine.healthy = () => Promise.resolve({ ...all, ...over });
    server = await serveWebhooks(engine);
    const response = await fetch(`${server.url}/readyz`);
    expect(response.status).toBe(code);
    const said = JSON.parse(JSON.stringify({ status, ...all, ...over })) as unknown;
    expect(await response.json()).toEqual(said);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('that the engine cannot tell is not ready', async () => {
    engine.healthy = () => Promise.reject(new Error('jane@example.com'));
    server = await serveWebhooks(engine);
    const response = await fetch(`${server.url}/readyz`);
    expect(response.status).toBe(503);
    expect(await response.json()).toEqual({ status: 'not ready' });
  });
});

describe('metrics', () => {
  it('are of the process, the webhooks and the engine, each time anew', async () => {
    let waiting = 3;
    engine.shown = () =>
      Promise.resolve([
        {
          name: 'woo_salesforce_backlog',
          help: 'Hints that wait',
          kind: 'gauge',
          values: [
            { labels: { store: 'main', resource: 'order' }, value: waiting },
            { labels: { store: 'main', resource: 'product' }, value: 0 },
          ],
        },
        {
          name: 'woo_salesforce_api_calls_total',
          help: 'API calls',
          kind: 'counter',
          values: [{ labels: {}, value: 12 }],
        },
        { name: 'woo_salesforce_none', help: 'Nothing yet', kind: 'gauge', values: [] },
      ]);
    server = await serveWebhooks(engine);
    const shown = await (await fetch(`${server.url}/metrics`)).text();
    expect(shown).toContain('woo_salesforce_backlog{store="main",resource="order"} 3\n');
    expect(shown).toContain('woo_salesforce_backlog{store="main",resource="product"} 0\n');
    expect(shown).toContain('# TYPE woo_salesforce_api_calls_total counter\n');
    expect(shown).toContain('woo_salesforce_api_calls_total 12\n');
    expect(shown).toContain('process_resident_memory_bytes');
    waiting = 1;
    const later = await fetch(`${server.url}/metrics`);
    expect(later.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    expect(await later.text()).toContain('{store="main",resource="order"} 1\n');
  });

  it('lack the engine where it fails, and nothing else', async () => {
    engine.shown = () => Promise.reject(new Error('no database'));
    server = await serveWebhooks(engine);
    const response = await fetch(`${server.url}/metrics`);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('process_resident_memory_bytes');
  });
});

describe('the server', () => {
  it('without a public address has no webhooks', async () => {
    server = await startServer({
      host: '127.0.0.1',
      port: 0,
      webhooks: null,
      engine,
      log: silent,
    });
    const url = `${server.url}/woo/webhooks/main`;
    const headers = headersOf('order.updated', '{"id":7}');
    expect((await fetch(url, { method: 'POST', headers, body: '{"id":7}' })).status).toBe(404);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it.each([
    ['LISTEN_PORT_TAKEN', '127.0.0.1', 'port %d of 127.0.0.1 already'],
    ['LISTEN_HOST_UNKNOWN', '192.0.2.1', 'no address 192.0.2.1'],
  ])('says why it cannot listen: %s', async (code, host, said) => {
    const taken = createServer();
    await new Promise<void>((ready) => taken.listen(0, '127.0.0.1', ready));
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const options = { host, port, webhooks: null, engine, log: silent };
      await expect(startServer(options)).rejects.toMatchObject({
        name: 'CodedError',
        code,
        message: expect.stringContaining(said.replace('%d', String(port))) as string,
      });
    } finally {
      await new Promise((closed) => taken.close(closed));
    }
  });

  it('cuts requests that do not arrive in time, in their headers or in their body', async () => {
    const options = { host: '127.0.0.1', port: 0, webhooks: null, engine, log: silent };
    server = await startServer({ ...options, receivedWithin: 300 });
    const port = Number(new URL(server.url).port);
    const answered = (sent: string): Promise<string> => {
      const socket = connect(port, '127.0.0.1');
      socket.write(sent);
      return text(socket);
    };
    const head = 'POST /healthz HTTP/1.1\r\nHost: sync\r\n';
    const body = `${head}Content-Length: 9\r\n\r\nslow`;
    // Node looks for them every half a minute unless it is told otherwise.
    const cut = await Promise.all([answered(head), answered(body)]);
    expect(cut[0]).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('finishes what is under way when it closes, and takes nothing new', async () => {
    const disk = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    engine.disk = () => {
      asked.resolve(undefined);
      return disk.promise;
    };
    const running = await serveWebhooks(engine);
    const agent = new Agent({ keepAlive: true });
    const response = deliver(running, agent);
    await asked.promise;
    let closed = false;
    // What cuts by time never does.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const closing = running.close().then(() => (closed = true));
    await expect.poll(() => refuses(running)).toBe(true);
    expect(closed).toBe(false);
    disk.resolve(undefined);
    expect((await response).statusCode).toBe(200);
    expect(await text(await response)).toBe('Noted.');
    // The connection is kept by its client, and is not waited for.
    await closing;
    vi.useRealTimers();
    agent.destroy();
  });

  it('cuts what takes too long when it closes', async () => {
    const disk = vi.fn(() => new Promise<void>(() => undefined));
    engine.disk = disk;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const running = await serveWebhooks(engine);
      const cut = deliver(running, new Agent()).catch((error: unknown) => error);
      await expect.poll(() => disk).toHaveBeenCalledOnce();
      const closing = running.close();
      await vi.advanceTimersByTimeAsync(10_000);
      await closing;
      expect(await cut).toMatchObject({ code: 'ECONNRESET' });
    } finally {
      vi.useRealTimers();
    }
  });
});

function deliver({ url }: Server, agent: Agent): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = headersOf('order.updated', '{"id":7}');
    request(`${url}/woo/webhooks/main`, { method: 'POST', headers, agent })
      .on('response', resolve)
      .on('error', reject)
      .end('{"id":7}');
  });
}

async function refuses({ url }: Server): Promise<boolean> {
  const failed = await fetch(`${url}/healthz`).catch((error: unknown) => error);
  return (
    failed instanceof Error && networkFault(failed).reason === 'nothing listens at that address'
  );
}

describe('connections', () => {
  const opened: Socket[] = [];
  afterEach(() => {
    for (const socket of opened.splice(0)) socket.destroy();
  });

  async function open(port: number): Promise<Socket> {
    const socket = connect(port, '127.0.0.1');
    opened.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  it('beyond 400 are closed, and the others are answered', async () => {
    server = await serveWebhooks(engine);
    const port = Number(new URL(server.url).port);
    const [first] = await Promise.all(Array.from({ length: 400 }, () => open(port)));
    const one = (await open(port)).on('error', () => undefined);
    const asked = 'GET /healthz HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n';
    expect(await text(one.end(asked)).catch(() => '')).toBe('');
    expect(await text((first as Socket).end(asked))).toMatch(/^HTTP\/1\.1 200 /);
  });
});
