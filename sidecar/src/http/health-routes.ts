import type { FastifyInstance } from 'fastify';
import type { Log } from '../lib/log.ts';
import { describeFailure } from './failure-log.ts';
import type { Engine } from './engine-port.ts';

/**
 * `GET /healthz`: the process lives. `GET /readyz`: how queue, org and stores are, with 503 only where change events
 * cannot be stored. While the org or a store is out, webhooks must go on coming in, or they are lost.
 */
export function addHealth(app: FastifyInstance, engine: Engine, log: Log): void {
  app.get('/healthz', (_request, reply) => reply.send({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    try {
      const health = await engine.health();
      const ready = health.queue.ok;
      const all = [health.org, ...Object.values(health.stores)].every(({ ok }) => ok);
      const status = !ready ? 'not ready' : all ? 'ready' : 'degraded';
      return await reply.code(ready ? 200 : 503).send({ status, ...health });
    } catch (error) {
      log.error(describeFailure(error), 'The engine does not tell its health');
      return reply.code(503).send({ status: 'not ready' });
    }
  });
}
