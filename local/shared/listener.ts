import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

function sentenceFor({ code, message }: NodeJS.ErrnoException, port: number, host: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program. Stop it, or choose another port.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `${host} is no address of this machine. Listen on 127.0.0.1, or on 0.0.0.0 for all of them.`;
    case 'EACCES':
      return `Port ${port} on ${host} is kept for the system. Choose one from 1024 on.`;
    default:
      return message;
  }
}

/**
 * How long an idle connection stays open: longer than clients keep theirs, so that no request meets one that is being
 * closed. Milliseconds.
 */
const KEEP_ALIVE = 65_000;

/**
 * @returns the address, such as `http://127.0.0.1:8090`; port 0 takes a free one
 * @throws Error with a sentence where it cannot listen there
 */
export function startListening(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException): void => {
      reject(new Error(sentenceFor(error, port, host), { cause: error }));
    };
    server.keepAliveTimeout = KEEP_ALIVE;
    server.once('error', refused);
    server.listen(port, host, () => {
      server.off('error', refused);
      const { port: taken } = server.address() as AddressInfo;
      resolve(`http://${host.includes(':') ? `[${host}]` : host}:${taken}`);
    });
  });
}

/** Stops at once: connections that clients keep open do not hold it. */
export function stopListening(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve, reject) => {
    server.close((error) => {
      if (error) reject(error);
      else resolve();
    });
    server.closeAllConnections();
  });
}
