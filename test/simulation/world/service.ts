import { ConfigReader } from '../../../sidecar/src/app/config-reader.ts';
import { engineView } from '../../../sidecar/src/app/engine-view.ts';
import { connect } from '../../../sidecar/src/app/open-sidecar.ts';
import { Engine } from '../../../sidecar/src/engine/engine.ts';
import { CodedError } from '../../../sidecar/src/errors/coded-error.ts';
import { startServer } from '../../../sidecar/src/http/server.ts';
import { systemClock } from '../../../sidecar/src/lib/clock.ts';
import { ImageLinks } from '../../../sidecar/src/lib/images/signed-links.ts';
import type { Log } from '../../../sidecar/src/lib/log.ts';
import { closePort } from '../preload/network.ts';
import { inProcess, killProcess, startProcess } from '../preload/processes.ts';
import { PORTS } from './places.ts';
import type { StatePlace, StateWatch } from './state-place.ts';

/** Waits of the simulated supervisor between two starts, in milliseconds. */
const RESTART = 20_000;

/** A process of the service, put together as its own composition root does, on a state that outlives it. */
export class Service {
  readonly id = startProcess();
  /** Null until it has started. */
  engine: Engine | null = null;
  readonly #place: StatePlace;

  constructor(place: StatePlace) {
    this.#place = place;
  }

  /** Until the engine has read its configuration. */
  start(env: Readonly<Record<string, string>>, log: Log, watch: StateWatch): Promise<void> {
    return inProcess(this.id, async () => {
      const { config, org } = connect({ ...env });
      const { publicAccess, sweepSeconds, listen } = config;
      if (publicAccess === null) throw new Error('The service of the simulation has an address.');
      const opened = await this.#place.open(this.id, watch, (problem) => {
        log.warn({ problem }, 'the queue has a problem');
      });
      const { state, queue, issues } = opened;
      const images = new ImageLinks(publicAccess.url, publicAccess.secrets.imageLinks());
      const clock = systemClock;
      const reader = new ConfigReader({ config, org, clock, state });
      const engine = new Engine({
        ...opened,
        org,
        log,
        sweepSeconds,
        clock,
        publicUrl: publicAccess.url,
        secrets: publicAccess.secrets,
        imageUrl: (link) => images.url(link),
        readSetup: () => reader.read(),
        adoptAddress: (key) => reader.adopt(key),
      });
      const view = engineView(engine, { queue, issues, org, since: clock.now() });
      const webhooks = { publicUrl: publicAccess.url, secrets: publicAccess.secrets };
      await startServer({ ...listen, webhooks, engine: view, log });
      for (;;) {
        try {
          await engine.start();
          break;
        } catch (error) {
          if (!(error instanceof CodedError)) throw error;
          log.warn({ code: error.code }, 'the service could not start');
          await clock.sleep(RESTART);
        }
      }
      this.engine = engine;
    });
  }

  /**
   * As by `kill -9`: what is under way is never heard of again.
   * @param isAlone whether no other process goes on
   */
  kill(isAlone: boolean): void {
    killProcess(this.id);
    closePort(PORTS.service, this.id);
    this.#place.lapse(this.id, isAlone);
  }
}
