import { createServer } from 'node:http';
import { expect, it } from 'vitest';

import { startListening, stopListening } from '../../local/shared/listener.ts';
import { refuseTakenPorts } from './taken-ports.ts';

const portOf = (url: string) => Number(new URL(url).port);

it('names the option whose port is taken, and holds no other', async () => {
  const [other, free] = [createServer(), createServer()];
  const taken = portOf(await startListening(other, 0, '127.0.0.1'));
  const port = portOf(await startListening(free, 0, '127.0.0.1'));
  await stopListening(free);
  try {
    await expect(
      refuseTakenPorts({ '--org-port': port, '--port': 0, '--lightning-port': taken }),
    ).rejects.toThrow(`--lightning-port: Port ${taken} on 127.0.0.1 is taken`);
    await expect(refuseTakenPorts({ '--org-port': port, '--port': port })).rejects.toThrow(
      '--port',
    );
    await refuseTakenPorts({ '--org-port': port });
  } finally {
    await stopListening(other);
  }
});
