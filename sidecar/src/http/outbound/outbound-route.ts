import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { outboundRoute } from '../../config/public-path.ts';
import type { Log } from '../../lib/log.ts';
import { describeFailure } from '../failure-log.ts';
import type { OutboundCount } from '../metrics-route.ts';
import type { MessageOutcome } from '../outcomes.ts';
import type { OutboundReceiver } from './outbound-receiver.ts';
import type { PathToken } from './path-token.ts';

/** One for the whole message, whatever it holds. */
const ack =
  '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body><notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound"><Ack>true</Ack></notificationsResponse></soapenv:Body></soapenv:Envelope>';

/** Salesforce sends a message again, for a day, until it is acknowledged. */
type Refusal = Exclude<MessageOutcome, 'stored' | 'ignored'>;
const refusals: Readonly<Record<Refusal, readonly [status: number, text: string]>> = {
  malformed: [400, 'This is not an outbound message.'],
  doctype: [400, 'A document type is not taken.'],
  too_much: [400, 'The message holds more than Salesforce sends.'],
  cut_off: [400, 'The body is incomplete.'],
  foreign_org: [403, 'The message is from another org.'],
  too_large: [413, 'The body is too large.'],
  busy: [503, 'Too much is coming in at once.'],
  not_ready: [503, 'The org has not been asked yet.'],
  not_stored: [503, 'It could not be stored.'],
};

/** `POST <path of PUBLIC_URL>/salesforce/outbound/:token` */
export function addOutboundMessages(
  app: FastifyInstance,
  prefix: string,
  token: PathToken,
  receiver: OutboundReceiver,
  count: OutboundCount,
  log: Log,
): void {
  app.post<{ Params: { token: string } }>(
    `${prefix}${outboundRoute}`,
    {
      // Before anything of the request is looked at: a wrong token is answered as a wrong path.
      onRequest: ({ params }, reply, done) => {
        if (token.accepts(params.token)) {
          done();
          return;
        }
        count.message('unknown_token');
        reply.callNotFound();
      },
      errorHandler: (error: FastifyError, _request, reply) => {
        const ours = (error.statusCode ?? 500) >= 500;
        if (ours) log.error(describeFailure(error), 'An outbound message could not be handled');
        const outcome = ours ? 'not_stored' : 'malformed';
        count.message(outcome);
        answer(reply, outcome);
      },
    },
    async ({ raw }, reply) => answer(reply, await receiver.receive(raw)),
  );
}

function answer(reply: FastifyReply, outcome: MessageOutcome): FastifyReply {
  if (outcome === 'stored' || outcome === 'ignored')
    return reply.type('text/xml; charset=utf-8').send(ack);
  const [status, text] = refusals[outcome];
  // What is left of the body would be read to its end, to keep the connection.
  if (outcome === 'too_large') reply.header('connection', 'close');
  return reply.code(status).type('text/plain').send(text);
}
