import type { IncomingMessage } from 'node:http';

/** A request and where it goes. */
export interface Incoming {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly url: URL;
  readonly base: string;
}

export const tokenOf = (request: IncomingMessage): string | undefined =>
  /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
