import { expect, it, vi } from 'vitest';
import { unlessAborted } from '../../src/app/unless-aborted.ts';

it('begins nothing once the signal is aborted', async () => {
  const begin = vi.fn(() => Promise.resolve());
  const signal = AbortSignal.abort();
  await expect(unlessAborted(begin, signal)).rejects.toBe(signal.reason);
  expect(begin).not.toHaveBeenCalled();
});

it('gives the outcome of the work, and does not wait for it once the signal is aborted', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(() => Promise.resolve(7), signal)).toBe(7);
  const failed = new Error('Out of reach.');
  await expect(unlessAborted(() => Promise.reject(failed), signal)).rejects.toBe(failed);
  const stop = new AbortController();
  const waited = unlessAborted(() => new Promise(() => undefined), stop.signal);
  stop.abort();
  await expect(waited).rejects.toBe(stop.signal.reason);
});

it('lets no failure that comes late go unhandled', async () => {
  const unhandled: unknown[] = [];
  const listen = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', listen);
  try {
    const stop = new AbortController();
    const work = Promise.withResolvers<never>();
    const waited = unlessAborted(() => work.promise, stop.signal);
    stop.abort();
    await expect(waited).rejects.toBe(stop.signal.reason);
    work.reject(new Error('The embedded database has ended.'));
    // Node tells of unhandled rejections before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(unhandled).toEqual([]);
  } finally {
    process.off('unhandledRejection', listen);
  }
});
