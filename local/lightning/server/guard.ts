import type { IncomingMessage } from 'node:http';
import { refusal, type Answer } from './answer.ts';

const isLoopback = (host: string): boolean =>
  /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);

/**
 * Refuses what only a foreign page would send. The host acts with its user's token and asks for no password, so
 * neither a name that was pointed at this machine (DNS rebinding) nor another site's script may reach it.
 */
export function guard({ headers }: IncomingMessage): Answer | undefined {
  const { host = '', origin } = headers;
  if (!isLoopback(host)) {
    return refusal(
      421,
      'FOREIGN_HOST',
      `"${host}" is not this machine: open the host at http://127.0.0.1 or http://localhost.`,
    );
  }
  const isForeign = origin !== undefined && origin !== `http://${host}`;
  if (!isForeign && headers['sec-fetch-site'] !== 'cross-site') return undefined;
  return refusal(403, 'FOREIGN_ORIGIN', 'Another site may not use this host.');
}
