import { levels, pino } from 'pino';
import { CodedError } from '../errors/coded-error.ts';
import { startService } from '../app/service.ts';

/** Longer than any of our calls takes; orchestrators kill after thirty seconds. */
const GRACE_MS = 25_000;

/**
 * Runs the service until SIGTERM or SIGINT. Work under way is finished within the grace time; what is not is
 * taken up by the next start.
 */
export async function runStart(env: NodeJS.ProcessEnv): Promise<void> {
  const log = pino({ level: levelIn(env), redact: ['*.secret', '*.token'] });
  const stopped = new AbortController();
  const toldToStop = Promise.withResolvers<undefined>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      // A terminal's Ctrl-C reaches all processes, and whoever started this one tells it too.
      if (stopped.signal.aborted) return;
      log.info({ signal }, 'stopping');
      stopped.abort();
      toldToStop.resolve(undefined);
      // From here on, wherever the service is: an org may keep a start waiting for minutes.
      setTimeout(() => {
        log.warn({}, 'what is under way takes too long; the next start takes it up');
        process.exit(0);
      }, GRACE_MS).unref();
    });
  }
  try {
    const service = await startService(env, log, stopped.signal);
    log.info({ url: service.url }, 'woo-salesforce runs');
    await toldToStop.promise;
    await service.stop();
    log.info({}, 'stopped');
  } catch (error) {
    if (stopped.signal.aborted) {
      log.info({}, 'stopped');
      // A request to the org that nobody waits for any more would keep the process until its deadline.
      process.exit(0);
    }
    if (error instanceof CodedError)
      log.fatal({ code: error.code, cure: error.cure }, error.message);
    throw error;
  }
}

/** What cannot be right is said with everything else that is wrong in the environment. */
function levelIn({ LOG_LEVEL: level = 'info' }: NodeJS.ProcessEnv): string {
  return Object.hasOwn(levels.values, level) ? level : 'info';
}
