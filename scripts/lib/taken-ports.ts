import { createServer, type Server } from 'node:http';

import { startListening, stopListening } from '../../local/shared/listener.ts';

/**
 * Looks at the ports of a command before it begins with what takes long.
 * @param ports by option; 0 is any free one
 * @throws Error that names the option whose port is taken, or asked for twice
 */
export async function refuseTakenPorts(ports: Readonly<Record<string, number>>): Promise<void> {
  const held: Server[] = [];
  try {
    for (const [option, port] of Object.entries(ports)) {
      if (port !== 0) held.push(await hold(option, port));
    }
  } finally {
    await Promise.all(held.map(stopListening));
  }
}

async function hold(option: string, port: number): Promise<Server> {
  const server = createServer();
  try {
    await startListening(server, port, '127.0.0.1');
    return server;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`${option}: ${why}`, { cause: error });
  }
}
