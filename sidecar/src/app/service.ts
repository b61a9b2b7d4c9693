import { classOf, sideOf } from '../errors/catalogue.ts';
import { CodedError } from '../errors/coded-error.ts';
import { engineView } from './engine-view.ts';
import { startServer } from '../http/server.ts';
import { connect } from './open-sidecar.ts';
import { DurableCallLedger } from '../state/call-ledger.ts';
import { ConfigReader } from './config-reader.ts';
import { openQueue } from '../state/queue/queue.ts';
import { openState } from '../state/state.ts';
import { isClaimed } from '../state/state-owner.ts';
import { systemClock } from '../lib/clock.ts';
import { Engine } from '../engine/engine.ts';
import { ImageLinks } from '../lib/images/signed-links.ts';
import type { Log } from '../lib/log.ts';
import type { Dependency } from '../engine/availability.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface Service {
  /** Where it listens on this machine. */
  readonly url: string;
  /** Takes no more work, and finishes what is under way. */
  stop(): Promise<void>;
}

/**
 * Composition root of the service: environment → org → state and queue → engine → server.
 * @param signal gives up waiting for an org that is out
 * @throws CodedError where it cannot start
 */
export async function startService(
  env: NodeJS.ProcessEnv,
  log: Log,
  signal: AbortSignal,
): Promise<Service> {
  const { config, org } = connect(env, (error) => {
    log.warn({ code: error.code, cure: error.cure }, error.message);
  });
  const state = await openState(config.state);
  const queue = await openQueue(state, {
    onProblem: (problem) => {
      log.warn({ problem }, 'the queue has a problem');
    },
  });
  const closeState = async () => {
    await queue.close();
    await state.close();
  };
  try {
    const { queue: changes, issues, leases } = queue;
    const reader = new ConfigReader({ config, org, clock: systemClock, state });
    const { publicAccess, sweepSeconds, listen } = config;
    const images =
      publicAccess === null
        ? null
        : new ImageLinks(publicAccess.url, publicAccess.secrets.imageLinks());
    const engine = new Engine({
      org,
      state,
      queue: changes,
      issues,
      leases,
      log,
      sweepSeconds,
      clock: systemClock,
      calls: new DurableCallLedger(state.database),
      publicUrl: publicAccess?.url ?? null,
      secrets: publicAccess?.secrets ?? null,
      imageUrl: images === null ? null : (link) => images.url(link),
      readSetup: () => reader.read(),
      adoptAddress: (key: string) => reader.adopt(key),
    });
    const view = engineView(engine, { queue: changes, issues, org, since: systemClock.now() });
    const webhooks =
      publicAccess === null ? null : { publicUrl: publicAccess.url, secrets: publicAccess.secrets };
    // Before the org is asked: webhooks that come while it is out are kept.
    const server = await startServer({ ...listen, webhooks, engine: view, log });
    const stop = async () => {
      await server.close();
      await engine.stop();
    };
    try {
      const hasWorked = await isClaimed(state);
      await startWhenThere(engine, { log, hasWorked }, signal);
    } catch (error) {
      await stop();
      throw error;
    }
    return {
      url: server.url,
      stop: async () => {
        await stop();
        await closeState();
      },
    };
  } catch (error) {
    await closeState();
    throw error;
  }
}

/**
 * Whether the org may be there again without another configuration of the service. A refused sign-in needs a person:
 * at the first start it is the configuration, which is said by ending; later somebody changes it in the org.
 */
function mayPass(error: CodedError, hasWorked: boolean): boolean {
  if (sideOf(error) !== 'org') return false;
  const kind = classOf(error.code);
  return kind === 'retry' || kind === 'limit' || (kind === 'login' && hasWorked);
}

/** An org that is out for a while when the service starts is waited for. */
async function startWhenThere(
  engine: Engine,
  { log, hasWorked }: { readonly log: Log; readonly hasWorked: boolean },
  signal: AbortSignal,
): Promise<void> {
  const { org } = engine.availability;
  for (;;) {
    try {
      await unlessAborted(() => engine.start(), signal);
      org.recordSuccess();
      return;
    } catch (error) {
      if (!(error instanceof CodedError) || signal.aborted) throw error;
      if (!mayPass(error, hasWorked)) throw error;
      org.recordFailure(error);
      log.warn({ code: error.code, cure: error.cure, rest: restOf(org) }, error.message);
      await systemClock.sleep(org.retryAfterMs, signal);
    }
  }
}

/** In seconds, as the log has it. */
function restOf({ retryAfterMs: rest }: Dependency): number {
  return Math.round(rest / 1000);
}
