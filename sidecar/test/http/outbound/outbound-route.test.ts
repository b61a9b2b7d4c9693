import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { outboundUrl } from '../../../src/config/public-path.ts';
import { envelope, notification, one, product, two } from '../../salesforce/support/envelopes.ts';
import {
  engine,
  server,
  warned,
  current,
  headers,
  send,
  messages,
  notifications,
  edit,
  isAck,
  openServer,
  closeServer,
} from '../support/outbound-server.ts';

beforeEach(() => openServer());
afterEach(closeServer);

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
    await openServer(publicUrl);
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
