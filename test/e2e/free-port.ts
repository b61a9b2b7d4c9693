import { randomInt } from 'node:crypto';
import { createServer } from 'node:http';

import { startListening, stopListening } from '../../local/shared/listener.ts';

/**
 * A port on which nothing listens. It lies below those that the system gives to connections, so that it stays
 * free while a service is down.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const free = await startListening(server, port, '127.0.0.1').then(
      () => true,
      () => false,
    );
    await stopListening(server);
    if (free) return port;
  }
}
