import { once } from 'node:events';
import { createServer } from 'node:http';
import type { PublicAccess } from '../../sidecar/src/config/public-access.ts';
import type { Reach } from './jumping-engine.ts';

/** Where the shop may send its webhooks: it asks, before it takes an address, whether anybody is there. */
export async function openReceiver(
  access: PublicAccess | null,
): Promise<{ readonly reach: Reach; readonly close: () => void }> {
  if (access === null) throw new Error('PUBLIC_URL is not set.');
  const receiver = createServer((request, response) => {
    request.resume();
    response.end();
  });
  receiver.listen(Number(new URL(access.url).port), '127.0.0.1');
  await once(receiver, 'listening');
  return {
    reach: { publicUrl: access.url, secrets: access.secrets },
    close: () => {
      receiver.close();
    },
  };
}
