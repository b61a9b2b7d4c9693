import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { startListening, stopListening } from '../shared/listener.ts';
import { startStore } from '../store/test/client.ts';
import { startReceiver } from '../store/test/receiver.ts';

/** How long the server of the address says that it keeps an idle connection. */
async function keptBy(url: string): Promise<string | null> {
  const answer = await fetch(url, { method: 'POST', body: '{}' });
  await answer.text();
  return answer.headers.get('keep-alive');
}

it('a stand-in keeps idle connections longer than clients do, which else send on one that is being closed', async () => {
  const server = createServer((_, response) => {
    response.end();
  });
  const [store, receiver] = [await startStore(), await startReceiver()];
  try {
    const url = await startListening(server, 0, '127.0.0.1');
    for (const one of [url, store.url, receiver.url]) expect(await keptBy(one)).toBe('timeout=65');
  } finally {
    await Promise.all([stopListening(server), store.store.close(), receiver.close()]);
  }
});
