import { fastify } from 'fastify';
import type { FastifyInstance } from 'fastify';
import type { DerivedSecrets } from '../config/derived-secrets.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { Log } from '../lib/log.ts';
import { ImageLinks } from '../lib/images/signed-links.ts';
import type { Engine } from './engine-port.ts';
import { addHealth } from './health-routes.ts';
import { addImages } from './image-route.ts';
import { addMetrics, ImageCount, OutboundCount, WebhookCount } from './metrics-route.ts';
import { addOutboundMessages } from './outbound/outbound-route.ts';
import { OutboundReceiver } from './outbound/outbound-receiver.ts';
import { PathToken } from './outbound/path-token.ts';
import { prefixOf } from '../config/public-path.ts';
import { WebhookReceiver } from './webhooks/webhook-receiver.ts';
import { addWebhooks } from './webhooks/webhook-route.ts';

export interface ServerOptions {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
  /** Null where nobody can reach us: then only health and metrics are served. */
  readonly webhooks: { readonly publicUrl: string; readonly secrets: DerivedSecrets } | null;
  readonly engine: Engine;
  readonly log: Log;
  /** Milliseconds for a request to arrive whole, 30,000 when left out. */
  readonly receivedWithin?: number;
}

export interface Server {
  /** Of this machine, without a slash at the end. */
  readonly url: string;
  /** Takes no more connections, finishes the requests under way, and cuts those that take longer than 10 s. */
  close(): Promise<void>;
}

/** Milliseconds for a request to arrive whole. Who sends slowly must not hold memory for long. */
const RECEIVED_WITHIN = 30_000;
const closedWithin = 10_000;
/** Node takes no more of a request's address and headers together. */
const longestAddress = 16_384;
/** Shops send one webhook at a time; more connections than this are strangers', and each that stalls takes memory. */
const mostConnections = 400;

/** @throws CodedError `LISTEN_PORT_TAKEN`, `LISTEN_PORT_FORBIDDEN` or `LISTEN_HOST_UNKNOWN` */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host, port, engine, log } = options;
  const receivedWithin = options.receivedWithin ?? RECEIVED_WITHIN;
  const app = fastify({
    requestTimeout: receivedWithin,
    // Node looks for late ones every half a minute unless told otherwise.
    http: { headersTimeout: receivedWithin, connectionsCheckingInterval: receivedWithin / 6 },
    // A webhook that is refused is lost, so those that arrive while we close are taken.
    return503OnClosing: false,
    // As long as a whole address may be: else a long token is answered in another way than a wrong one.
    routerOptions: { maxParamLength: longestAddress },
  });
  app.server.maxConnections = mostConnections;
  // Bodies are read by their routes, once the headers have been checked.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => {
    done(null);
  });
  addHealth(app, engine, log);
  addPublicRoutes(app, options);
  try {
    const url = await app.listen({ host, port });
    return { url, close: () => close(app) };
  } catch (error) {
    throw listenError(error, host, port);
  }
}

/** Those that others reach under the public address, where there is one, and the metrics that count them. */
function addPublicRoutes(app: FastifyInstance, { webhooks, engine, log }: ServerOptions): void {
  const counts = {
    webhooks: new WebhookCount(),
    outbound: new OutboundCount(),
    images: new ImageCount(),
  };
  addMetrics(app, Object.values(counts), engine, log);
  if (webhooks === null) return;
  const { publicUrl, secrets } = webhooks;
  const prefix = prefixOf(publicUrl);
  const receiver = new WebhookReceiver(secrets, engine, counts.webhooks, log);
  addWebhooks(app, prefix, receiver, counts.webhooks, log);
  const outbound = new OutboundReceiver(engine, counts.outbound, log);
  const token = new PathToken(secrets.outboundToken());
  addOutboundMessages(app, prefix, token, outbound, counts.outbound, log);
  const links = new ImageLinks(publicUrl, secrets.imageLinks());
  addImages(app, prefix, links, engine, counts.images, log);
}

async function close(app: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => {
    app.server.closeAllConnections();
  }, closedWithin);
  // Closing ends the connections that are idle by then; those that become so later would stay open for a minute.
  const idle = setInterval(() => {
    app.server.closeIdleConnections();
  }, 50);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
    clearInterval(idle);
  }
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  const where = `port ${port} of ${host}`;
  if (code === 'EADDRINUSE')
    return new CodedError(
      'LISTEN_PORT_TAKEN',
      `Something listens on ${where} already.`,
      'Stop it, or put another port in PORT.',
    );
  if (code === 'EACCES')
    return new CodedError(
      'LISTEN_PORT_FORBIDDEN',
      `This user may not listen on ${where}.`,
      'Put a port from 1024 up in PORT, and let a reverse proxy pass requests on to it.',
    );
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new CodedError(
      'LISTEN_HOST_UNKNOWN',
      `This machine has no address ${host} to listen on.`,
      'Put 127.0.0.1 in HOST for a reverse proxy on this machine, or 0.0.0.0 for all its addresses.',
    );
  return error;
}
