import { PassThrough } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { BodyReader } from '../../src/http/body-reader.ts';

/** A request that sends what the test writes. @param length what it says that it has, in bytes */
function arriving(length?: number): { request: IncomingMessage; stream: PassThrough } {
  const stream = new PassThrough();
  const headers = length === undefined ? {} : { 'content-length': String(length) };
  return { request: Object.assign(stream, { headers }) as unknown as IncomingMessage, stream };
}

const text = (body: Buffer): string => body.toString();

describe('bodies', () => {
  it('are put together of their pieces, and free again afterwards', async () => {
    const bodies = new BodyReader(10_000);
    const { request, stream } = arriving();
    const body = bodies.read(request, 100, text);
    stream.write('one ');
    stream.end('two');
    expect(await body).toBe('one two');
    expect(bodies.held).toBe(0);
  });

  it('take no more than they say that they have', async () => {
    const bodies = new BodyReader(10_000);
    const { request, stream } = arriving(3);
    const body = bodies.read(request, 100, () => bodies.held);
    stream.end('one');
    expect(await body).toBe(3);
  });

  it('are free again when using one fails', async () => {
    const bodies = new BodyReader(10_000);
    const { request, stream } = arriving();
    const body = bodies.read(request, 100, () => {
      expect(bodies.held).toBeGreaterThan(3);
      throw new Error('of use');
    });
    stream.end('one');
    await expect(body).rejects.toThrow('of use');
    expect(bodies.held).toBe(0);
  });

  it('may not be larger than allowed', async () => {
    const bodies = new BodyReader(10_000);
    const { request, stream } = arriving();
    const body = bodies.read(request, 6, text);
    stream.write('123');
    stream.write('4567');
    expect(await body).toBe('too_large');
    expect(bodies.held).toBe(0);
  });

  it('that stop halfway are given up', async () => {
    const bodies = new BodyReader(10_000);
    const { request, stream } = arriving();
    const body = bodies.read(request, 100, text);
    stream.write('123');
    stream.destroy(new Error('reset'));
    expect(await body).toBe('cut_off');
    expect(bodies.held).toBe(0);
  });

  it('share what may be held: one too many is refused, and fits once another is done', async () => {
    const bodies = new BodyReader(1000);
    const first = arriving();
    const second = arriving();
    const held = bodies.read(first.request, 900, text);
    first.stream.write('x'.repeat(600));
    await expect.poll(() => bodies.held).toBeGreaterThan(600);

    const refused = bodies.read(second.request, 900, text);
    second.stream.write('y'.repeat(600));
    expect(await refused).toBe('busy');
    first.stream.end();
    expect(await held).toHaveLength(600);

    const third = arriving();
    const fits = bodies.read(third.request, 900, text);
    third.stream.end('z'.repeat(600));
    expect(await fits).toHaveLength(600);
    expect(bodies.held).toBe(0);
  });

  it('sent byte by byte take no more than those that come at once', async () => {
    const bodies = new BodyReader(1000);
    const { request, stream } = arriving();
    const body = bodies.read(request, 900, text);
    const held = new Set<number>();
    for (const byte of 'abcde') {
      stream.write(byte);
      await new Promise(setImmediate);
      held.add(bodies.held);
    }
    stream.end();
    expect(await body).toBe('abcde');
    expect(held.size).toBe(1);
  });

  it('of any size are put together as they were, and take little more than their bytes', async () => {
    const most = 8 * 1024 * 1024;
    for (const length of [0, 1, 16_384, 16_385, 278_528, 278_529, 1_000_003, most]) {
      const bodies = new BodyReader(most);
      const { request, stream } = arriving();
      let held = 0;
      const body = bodies.read(request, most, (whole) => {
        held = bodies.held;
        return Buffer.from(whole);
      });
      const sent = Buffer.alloc(length, 'The body of a webhook, ');
      for (let at = 0; at < length; at += 70_001) stream.write(sent.subarray(at, at + 70_001));
      stream.end();
      expect(sent.equals((await body) as Buffer), `${length} bytes`).toBe(true);
      expect(held - length).toBeLessThan(256 * 1024);
      expect(bodies.held).toBe(0);
    }
  });
});
