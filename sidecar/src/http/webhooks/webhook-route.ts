import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { Log } from '../../lib/log.ts';
import { describeFailure } from '../failure-log.ts';
import type { WebhookCount } from '../metrics-route.ts';
import type { Outcome } from '../outcomes.ts';
import type { WebhookReceiver } from './webhook-receiver.ts';

/**
 * Whatever is not answered with 2xx brings the shop nearer to disabling the webhook, so one that is genuine and
 * of no use gets 200; a ping must get exactly that.
 */
const answers: Readonly<Record<Outcome, readonly [status: number, text: string]>> = {
  stored: [200, 'Noted.'],
  ping: [200, 'Here.'],
  not_wanted: [200, 'Ignored: no active mapping wants it in real time.'],
  unknown_topic: [200, 'Ignored: the topic is of nothing that is synced.'],
  no_record: [200, 'Ignored: the body names no record.'],
  echo: [200, 'Known: it is what the sidecar has written.'],
  malformed: [400, 'This is not a webhook.'],
  cut_off: [400, 'The body is incomplete.'],
  bad_signature: [401, 'The signature is missing or wrong.'],
  other_shop: [
    410,
    'This address is for another shop, of which this one is a copy. Delete this webhook.',
  ],
  unknown_store: [404, 'There is no such store.'],
  too_large: [413, 'The body is too large.'],
  busy: [503, 'Too much is coming in at once.'],
  not_stored: [503, 'It could not be stored.'],
};

/** `POST <path of PUBLIC_URL>/woo/webhooks/:store` */
export function addWebhooks(
  app: FastifyInstance,
  prefix: string,
  receiver: WebhookReceiver,
  count: WebhookCount,
  log: Log,
): void {
  const answer = (reply: FastifyReply, outcome: Outcome): FastifyReply => {
    const [status, text] = answers[outcome];
    // What is left of the body would be read to its end, to keep the connection.
    if (outcome === 'too_large') reply.header('connection', 'close');
    return reply.code(status).type('text/plain').send(text);
  };
  const errorHandler = (error: FastifyError, _request: unknown, reply: FastifyReply): void => {
    const ours = (error.statusCode ?? 500) >= 500;
    if (ours) log.error(describeFailure(error), 'A webhook could not be handled, and is refused');
    const outcome = ours ? 'not_stored' : 'malformed';
    count.add('unknown', 'other', outcome);
    answer(reply, outcome);
  };
  app.post<{ Params: { store: string } }>(
    `${prefix}/woo/webhooks/:store`,
    { errorHandler },
    async ({ params, raw }, reply) => answer(reply, await receiver.receive(params.store, raw)),
  );
}
