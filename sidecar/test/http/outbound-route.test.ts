import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DerivedSecrets } from '../../src/config/derived-secrets.ts';
import { outboundUrl } from '../../src/config/public-path.ts';
import type { Server } from '../../src/http/server.ts';
import { Secret } from '../../src/lib/secret.ts';
import {
  entityBomb,
  envelope,
  externalEntity,
  notification,
  one,
  product,
  two,
} from '../salesforce/support/envelopes.ts';
import { countsOf, EngineStandIn, secrets, serveWebhooks, silent } from './support/server.ts';

let engine: EngineStandIn;
let server: Server;
let warned: unknown[];
const { current, old } = secrets.outboundToken();

beforeEach(async () => {
  engine = new EngineStandIn();
  warned = [];
  const log = { ...silent, warn: (fields: object) => warned.push(fields) };
  server = await serveWebhooks(engine, undefined, log);
});
afterEach(() => server.close());

const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: '""' };

function send(body: string | Buffer, token = current.reveal()): Promise<Response> {
  const url = `${server.url}/salesforce/outbound/${token}`;
  return fetch(url, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });
}

const messages = (): Promise<Record<string, number>> => countsOf(server, 'outbound_messages');
const notifications = (): Promise<Record<string, number>> =>
  countsOf(server, 'outbound_notifications');
const edit = (recordId: string | null, key: string | null = null) => ({
  ...{ object: 'product2', recordId, key },
});

const ack =
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>';

async function isAck(response: Response): Promise<void> {
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/xml; charset=utf-8');
  expect(await response.text()).toBe(ack);
}

describe('an outbound message', () => {
  it('is edits, and acknowledged once for all of them', async () => {
    const linked = notification(`<sf:Id>${two}</sf:Id><sf:Woo_Key__c>main:7</sf:Woo_Key__c>`);
    await isAck(await send(envelope(product(one), linked)));
    expect(engine.edited).toEqual([edit(one), edit(two, 'main:7')]);
    expect(await messages()).toEqual({ stored: 1 });
    expect(await notifications()).toEqual({ changed: 2 });
  });

  it('is acknowledged once it is durable, and not before', async () => {
    const disk = Promise.withResolvers<undefined>();
    const asked = Promise.withResolvers<undefined>();
    engine.disk = () => {
      asked.resolve(undefined);
      return disk.promise;
    };
    let answered = false;
    const response = send(envelope(product(one))).then((found) => {
      answered = true;
      return found;
    });
    await asked.promise;
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
    expect(answered).toBe(false);
    disk.resolve(undefined);
    await isAck(await response);
    expect(engine.edited).toEqual([edit(one)]);
  });

  it('is refused while it cannot be stored, so that Salesforce sends it again', async () => {
    engine.disk = () => Promise.reject(new Error('no space left'));
    expect((await send(envelope(product(one)))).status).toBe(503);
    expect(await messages()).toEqual({ not_stored: 1 });
    engine.disk = () => Promise.resolve();
    await isAck(await send(envelope(product(one))));
    expect(engine.edited).toEqual([edit(one)]);
  });

  it('is refused when storing takes too long', async () => {
    const disk = vi.fn(() => new Promise<void>(() => undefined));
    engine.disk = disk;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const response = send(envelope(product(one)));
      await expect.poll(() => disk).toHaveBeenCalledOnce();
      await vi.advanceTimersByTimeAsync(20_000);
      expect((await response).status).toBe(503);
    } finally {
      vi.useRealTimers();
    }
  });

  it('is refused while the org is not known, without being read', async () => {
    engine.organizationId = null;
    expect((await send('no envelope')).status).toBe(503);
    expect(await messages()).toEqual({ not_ready: 1 });
  });

  it('that makes the engine fail is refused', async () => {
    engine.knowsObject = () => {
      throw new Error('broken');
    };
    expect((await send(envelope(product(one)))).status).toBe(503);
    expect(await messages()).toEqual({ not_stored: 1 });
  });

  it('comes under the path of the public address', async () => {
    await server.close();
    const publicUrl = 'https://example.com/apps/sync';
    server = await serveWebhooks(engine, publicUrl);
    const { pathname } = new URL(outboundUrl(publicUrl, current));
    const post = { method: 'POST', body: envelope(product(one)), headers };
    await isAck(await fetch(`${server.url}${pathname}`, post));
    expect((await send(envelope(product(one)))).status).toBe(404);
  });

  it('without a type is taken, and with one that is none refused', async () => {
    const url = `${server.url}/salesforce/outbound/${current.reveal()}`;
    const body = new Uint8Array(Buffer.from(envelope(product(one))));
    await isAck(await fetch(url, { method: 'POST', body }));
    const strange = { 'content-type': ';;' };
    expect((await fetch(url, { method: 'POST', body, headers: strange })).status).toBe(400);
    expect(await messages()).toEqual({ stored: 1, malformed: 1 });
  });
});

it('fault 1: the same message five times at once is acknowledged each time', async () => {
  const all = Array.from({ length: 5 }, () => send(envelope(product(one))));
  for (const response of await Promise.all(all)) await isAck(response);
  expect(engine.edited).toEqual(Array.from({ length: 5 }, () => edit(one)));
});

describe('fault 2: a notification that is spoilt', () => {
  const id = '04lxx0000000009AAA';
  it.each([
    [
      'of an unknown object',
      'unknown_object',
      notification(`<sf:Id>${one}</sf:Id>`, { id, type: 'sf:Lead' }),
    ],
    [
      'of no object',
      'unknown_object',
      notification(`<sf:Id>${one}</sf:Id>`, { id, type: 'sx:Lead' }),
    ],
    [
      'of an unknown object that was deleted',
      'unknown_object',
      notification('', { id, type: 'sf:Lead' }),
    ],
    ['without an id', 'no_id', notification('<sf:Name>Tea</sf:Name>', { id })],
    [
      'with a nil id',
      'no_id',
      notification('<sf:Id xsi:nil="true"/><sf:Name>Tea</sf:Name>', { id }),
    ],
    ['with what is no id', 'no_id', notification("<sf:Id>' OR Id != '</sf:Id>", { id })],
    [
      'with the id of another object',
      'foreign_id',
      notification('<sf:Id>003xx0000000001AAA</sf:Id>', { id }),
    ],
  ])('%s is dropped, and the other 99 are stored', async (_what, outcome, spoilt) => {
    const good = Array.from({ length: 99 }, () => product(one));
    await isAck(await send(envelope(...good.slice(50), spoilt, ...good.slice(0, 50))));
    expect(engine.edited).toEqual(good.map(() => edit(one)));
    expect(await notifications()).toEqual({ changed: 99, [outcome]: 1 });
    expect(warned).toEqual([{ notification: id, dropped: { [outcome]: 1 } }]);
  });

  it('alone is acknowledged, for it would come back the same', async () => {
    engine.disk = () => Promise.reject(new Error('nothing is to be stored'));
    await isAck(await send(envelope(notification('<sf:Name>Tea</sf:Name>'))));
    expect(await messages()).toEqual({ ignored: 1 });
  });

  it('is logged without what it says', async () => {
    const loose = notification('<sf:Name>Jane</sf:Name>', { id: 'jane@example.com' });
    await isAck(await send(envelope(loose)));
    expect(warned).toEqual([{ notification: '', dropped: { no_id: 1 } }]);
  });
});

describe('fault 7: a record that was deleted before the message was sent', () => {
  it.each([
    ['an empty record', notification(''), 'product2'],
    ['a record that is nil', '<Notification><sObject xsi:nil="true"/></Notification>', null],
    ['no record', '<Notification><Id>04lxx0000000001AAA</Id></Notification>', null],
  ])('is an edit without an id: %s', async (_what, gone, object) => {
    await isAck(await send(envelope(gone, product(one))));
    expect(engine.edited).toEqual([{ ...edit(null), object }, edit(one)]);
    expect(await notifications()).toEqual({ changed: 1, deleted: 1 });
  });

  it('and a message without any notification is acknowledged', async () => {
    await isAck(await send(envelope()));
    expect(engine.edited).toEqual([]);
    expect(await messages()).toEqual({ ignored: 1 });
  });
});

describe('fault 8: a message', () => {
  const foreign = envelope(product(one)).replaceAll('00Dxx0000000001', '00Dxx0000000002');

  it('from another org is refused, told once, and nothing is stored', async () => {
    expect((await send(foreign)).status).toBe(403);
    expect((await send(foreign)).status).toBe(403);
    expect(engine.edited).toEqual([]);
    expect(await messages()).toEqual({ foreign_org: 2 });
    expect(await notifications()).toEqual({});
    expect(warned).toEqual([
      { organizationId: '00Dxx0000000002EAA', actionId: '04kxx0000000001AAA' },
    ]);
  });

  it.each([
    ['00Dxx0000000001EAA', '00Dxx0000000001EAA'],
    ['00Dxx0000000001', '00Dxx0000000001EAA'],
    ['00Dxx0000000001EAA', '00Dxx0000000001'],
  ])('from the org that we know as %s may call it %s', async (known, said) => {
    engine.organizationId = known;
    await isAck(await send(envelope(product(one)).replace('00Dxx0000000001EAA', said)));
  });

  it('from an org whose id differs in a capital is refused', async () => {
    expect((await send(envelope(product(one)).replace('00Dxx', '00DxX'))).status).toBe(403);
  });

  it.each([
    [
      'of another secret',
      new DerivedSecrets(new Secret('x'.repeat(32)), null).outboundToken().current.reveal(),
    ],
    ['in capitals', current.reveal().toUpperCase()],
    ['cut short', current.reveal().slice(0, -1)],
    ['that is longer', `${current.reveal()}0`],
    ['encoded', `%${current.reveal().charCodeAt(0).toString(16)}${current.reveal().slice(1)}0`],
    ['that is very long', '0'.repeat(1000)],
    ['of a webhook', secrets.webhook('main').current.reveal()],
    ['of zeros', '0'.repeat(64)],
  ])('with a token %s is answered as an unknown path is', async (_what, token) => {
    const response = await send(envelope(product(one)), token);
    const unknown = await fetch(`${server.url}/no/such/path`, {
      method: 'POST',
      body: 'x',
      headers,
    });
    expect(response.status).toBe(404);
    const body = (await response.text()).replace(/POST:\S+/, 'POST:');
    expect(body).toBe((await unknown.text()).replace(/POST:\S+/, 'POST:'));
    expect(namesOf(response)).toEqual(namesOf(unknown));
    expect(engine.edited).toEqual([]);
  });

  it('with a wrong token is counted', async () => {
    await send('', '0'.repeat(64));
    await send('', 'x');
    expect(await messages()).toEqual({ unknown_token: 2 });
  });

  it('with the token of the secret before the last change is taken', async () => {
    await isAck(await send(envelope(product(one)), old?.reveal()));
  });

  it('cannot be asked for', async () => {
    const url = `${server.url}/salesforce/outbound/${current.reveal()}`;
    expect((await fetch(url)).status).toBe(404);
  });
});

function namesOf({ headers: found }: Response): string[] {
  return [...found.keys()];
}

describe('fault 9: a body', () => {
  it.each([
    ['with an entity bomb', 'doctype', 400, entityBomb],
    ['with an external entity', 'doctype', 400, externalEntity],
    [
      'with 101 notifications',
      'too_much',
      400,
      envelope(...Array.from({ length: 101 }, () => product(one))),
    ],
    ['that is empty', 'malformed', 400, ''],
    ['of JSON', 'malformed', 400, '{"id":7}'],
    ['in UTF-16', 'malformed', 400, Buffer.from(`\ufeff${envelope(product(one))}`, 'utf16le')],
    ['that is compressed', 'malformed', 400, Buffer.from([0x1f, 0x8b, 8, 0])],
    ['of 20 MB', 'too_large', 413, Buffer.alloc(20 * 1024 * 1024, ' ')],
  ])('%s is %s', async (_what, outcome, status, body) => {
    const response = await send(body).catch(() => null);
    // One that is cut off while it still sends may not hear the answer.
    if (response !== null) expect(response.status).toBe(status);
    expect(response !== null || status === 413).toBe(true);
    expect(engine.edited).toEqual([]);
    expect(await messages()).toEqual({ [outcome]: 1 });
    await isAck(await send(envelope(product(one))));
  });

  it('with a byte order mark, CDATA and numbers of characters is read', async () => {
    const fields = `<sf:Id><![CDATA[${one}]]></sf:Id><sf:Woo_Key__c>main&#58;&#x37;</sf:Woo_Key__c>`;
    await isAck(await send(`\ufeff${envelope(notification(fields))}`));
    expect(engine.edited).toEqual([edit(one, 'main:7')]);
  });

  it('of 4.9 MB is read', async () => {
    const fields = `<sf:Id>${one}</sf:Id><sf:Description>${'x'.repeat(49_000)}</sf:Description>`;
    await isAck(await send(envelope(...Array.from({ length: 100 }, () => notification(fields)))));
    expect(engine.edited).toHaveLength(100);
  });

  it('that is too large by its own word is refused before it is sent', async () => {
    const call = post({ 'content-length': String(20 * 1024 * 1024) });
    const response = new Promise<IncomingMessage>((resolve) => call.on('response', resolve));
    call.flushHeaders();
    expect((await response).statusCode).toBe(413);
    expect((await response).headers.connection).toBe('close');
    call.destroy();
  });

  it('that is too large and does not say so is refused when it is', async () => {
    const call = post({ 'transfer-encoding': 'chunked' });
    const response = new Promise<IncomingMessage>((resolve) => call.on('response', resolve));
    for (let sent = 0; sent < 6; sent += 1) call.write(Buffer.alloc(1024 * 1024, ' '));
    expect((await response).statusCode).toBe(413);
    call.destroy();
    expect(await messages()).toEqual({ too_large: 1 });
  });

  it('that comes slowly and in small pieces, within letters too, is read', async () => {
    const call = post({ 'transfer-encoding': 'chunked' });
    const response = new Promise<IncomingMessage>((resolve) => call.on('response', resolve));
    const body = Buffer.from(
      envelope(notification(`<sf:Name>Thé 🍵</sf:Name><sf:Id>${one}</sf:Id>`)),
    );
    for (let at = 0; at < body.length; at += 7) {
      call.write(body.subarray(at, at + 7));
      if (at % 70 === 0) await sleep(1);
    }
    call.end();
    expect((await response).statusCode).toBe(200);
    expect(await text(await response)).toBe(ack);
    expect(engine.edited).toEqual([edit(one)]);
  });

  it('that stops halfway is counted, and the next message goes on', async () => {
    const call = post({ 'content-length': '1000' });
    await new Promise((written) => call.write(envelope(product(one)).slice(0, 900), written));
    call.destroy();
    await vi.waitFor(
      async () => {
        expect(await messages()).toEqual({ cut_off: 1 });
      },
      { timeout: 600_000 },
    );
    await isAck(await send(envelope(product(one))));
    expect(engine.edited).toHaveLength(1);
  });
});

function post(more: Record<string, string>): ClientRequest {
  const url = `${server.url}/salesforce/outbound/${current.reveal()}`;
  const call = request(url, { method: 'POST', headers: { ...headers, ...more }, agent: false });
  // One that is cut while it sends.
  return call.on('error', () => undefined);
}
