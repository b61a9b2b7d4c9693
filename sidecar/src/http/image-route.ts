import type { FastifyInstance, FastifyReply } from 'fastify';
import { type ImageLinks, imageRoute, type LinkParts } from '../lib/images/signed-links.ts';
import type { Log } from '../lib/log.ts';
import type { Engine, Image } from './engine-port.ts';
import { describeFailure } from './failure-log.ts';
import type { ImageCount } from './metrics-route.ts';
import type { ImageOutcome } from './outcomes.ts';

/** Images that are held in memory at a time. A shop asks for one after the other. */
const mostAtOnce = 16;
/** Milliseconds in which nothing of an image is taken. */
const takenWithin = 30_000;

/** `GET` and `HEAD <path of PUBLIC_URL>/images/:hash/:expires/:signature/:file` */
export function addImages(
  app: FastifyInstance,
  prefix: string,
  links: ImageLinks,
  engine: Engine,
  count: ImageCount,
  log: Log,
): void {
  let held = 0;
  const find = async (hash: string): Promise<Image | 'unknown' | 'failed'> => {
    try {
      return (await engine.image(hash)) ?? 'unknown';
    } catch (error) {
      log.error({ image: hash, ...describeFailure(error) }, 'An image cannot be given to the shop');
      return 'failed';
    }
  };
  const serve = async (parts: LinkParts, reply: FastifyReply): Promise<ImageOutcome> => {
    const state = links.check(parts, new Date());
    if (state !== 'valid') return state;
    if (held >= mostAtOnce) return 'busy';
    held += 1;
    reply.raw.once('close', () => (held -= 1));
    const image = await find(parts.hash);
    if (typeof image === 'string') return image;
    reply.raw.setTimeout(takenWithin);
    reply.type(image.type).send(image.bytes);
    return 'sent';
  };
  app.get<{ Params: LinkParts }>(`${prefix}${imageRoute}`, async ({ params }, reply) => {
    // The address is a secret for as long as it lives, and what is behind it may be no one else's.
    reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    const outcome = await serve(params, reply);
    count.add(outcome);
    return outcome === 'sent' ? reply : refuse(reply, outcome);
  });
}

function refuse(reply: FastifyReply, outcome: Exclude<ImageOutcome, 'sent'>): FastifyReply {
  if (outcome === 'forged' || outcome === 'unknown') {
    reply.callNotFound();
    return reply;
  }
  if (outcome === 'expired') return reply.code(410).type('text/plain').send('The link is over.');
  return reply.code(503).type('text/plain').send('The image cannot be given at the moment.');
}
