import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  entityBomb,
  envelope,
  externalEntity,
  notification,
  one,
  product,
} from '../../salesforce/support/envelopes.ts';
import {
  engine,
  send,
  messages,
  edit,
  ack,
  isAck,
  current,
  headers,
  openServer,
  server,
  closeServer,
} from '../support/outbound-server.ts';

beforeEach(() => openServer());
afterEach(closeServer);

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
