import { sidecarEnv } from '../../../scripts/lib/install/deploy.ts';
import { endpointOf } from '../../../scripts/lib/install/outbound.ts';
import { DerivedSecrets } from '../../../sidecar/src/config/derived-secrets.ts';
import { Secret } from '../../../sidecar/src/lib/secret.ts';
import type { Receiver } from './deliveries.ts';
import type { Pair } from './pair.ts';
import type { Processes, Server } from './processes.ts';
import { sidecarFlags, sidecarVariables } from './sidecar-start.ts';
import { textOf } from './sign-in.ts';
import { until } from './until.ts';

const SIDECAR_SECRET = 'a secret of the benchmark, long enough';

/** Where a service at this port is reached. */
export function publicUrl(port: number): string {
  return `http://127.0.0.1:${port}`;
}

/** Where it takes outbound messages. */
export function endpointAt(port: number): string {
  return endpointOf({ PUBLIC_URL: publicUrl(port), SIDECAR_SECRET });
}

/** Where the service keeps its state: one of the two. */
export type Place = { readonly DATABASE_URL: string } | { readonly DATA_DIR: string };

const RUNS = /"woo-salesforce runs"/;
/** Everything that a first start does by itself. */
const LOADED =
  /(?=[^]*"woo-salesforce runs")(?=[^]*"webhooks were set right; sweeping")(?=[^]*"nightly reconcile")/;
/** Of these the webhooks are in the shop already. */
const LOADED_ANEW = /(?=[^]*"woo-salesforce runs")(?=[^]*"nightly reconcile")/;
/** Far more than it ever takes on a machine that is busy with other work. */
const SETTLED_SECONDS = 900;

/** The sidecar as a service, in a process of its own. It can be started again where it was. */
export class ServiceProcess {
  readonly #processes: Processes;
  #env: Readonly<Record<string, string>>;
  #server: Server;

  private constructor(processes: Processes, env: Readonly<Record<string, string>>, server: Server) {
    this.#processes = processes;
    this.#env = env;
    this.#server = server;
  }

  /**
   * One that has loaded everything, and was started again since: as it is for most of its life.
   * @param orgUrl where it finds the org, if not straight there
   */
  static async loaded(
    processes: Processes,
    pair: Pair,
    place: Place,
    orgUrl = pair.org.url,
  ): Promise<ServiceProcess> {
    const service = await ServiceProcess.first(processes, pair, place, orgUrl);
    await service.#server.stop();
    await service.start();
    return service;
  }

  /** One that has just loaded everything. */
  static async first(
    processes: Processes,
    { store, org, route, servicePort }: Pair,
    place: Place,
    orgUrl = org.url,
  ): Promise<ServiceProcess> {
    const env = {
      ...sidecarEnv(org, route === 'direct' ? store : null, orgUrl, ''),
      ...place,
      PORT: `${servicePort}`,
      PUBLIC_URL: publicUrl(servicePort),
      SIDECAR_SECRET,
    };
    const service = new ServiceProcess(processes, env, await serve(processes, env, LOADED));
    await service.settled();
    return service;
  }

  /** Starts it with a state that knows nothing, and waits until it has loaded everything. */
  async startAnew(place: Place): Promise<void> {
    const env = Object.entries(this.#env).filter(
      ([name]) => !/^(DATABASE_URL|DATA_DIR)$/.test(name),
    );
    this.#env = { ...Object.fromEntries(env), ...place };
    this.#server = await serve(this.#processes, this.#env, LOADED_ANEW);
    await this.settled();
  }

  /** Starts it again. */
  async start(): Promise<void> {
    this.#server = await serve(this.#processes, this.#env, RUNS);
  }

  get receiver(): Receiver {
    const { current } = new DerivedSecrets(new Secret(SIDECAR_SECRET), null).webhook('main');
    return { url: `${this.#url}/woo/webhooks/main`, secret: current.reveal() };
  }

  get #url(): string {
    return `http://127.0.0.1:${this.#env['PORT']}`;
  }

  /** Resolves when no record waits or is worked on. */
  async settled(): Promise<void> {
    await until('no record waits', SETTLED_SECONDS, async () => (await this.backlog()) === 0);
  }

  /** Records that wait or are worked on. */
  async backlog(): Promise<number> {
    const values = await this.#metric('woo_salesforce_backlog');
    return values.reduce((sum, value) => sum + value, 0);
  }

  async residentMB(): Promise<number> {
    const [bytes = 0] = await this.#metric('process_resident_memory_bytes');
    return bytes / 1024 ** 2;
  }

  /** @returns the most memory that it held since it was started last, in MB */
  async stop(): Promise<number> {
    await this.#server.stop();
    return this.#server.peakMB();
  }

  kill(): Promise<void> {
    return this.#server.kill();
  }

  /** One value for each of its labels. */
  async #metric(name: string): Promise<readonly number[]> {
    const text = await textOf(await fetch(`${this.#url}/metrics`));
    const lines = text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'));
    return [...lines].map(([, value]) => Number(value));
  }
}

function serve(
  processes: Processes,
  env: Readonly<Record<string, string>>,
  ready: RegExp,
): Promise<Server> {
  const args = [...sidecarFlags, 'sidecar/bin/woo-salesforce.js', 'start'];
  return processes.serve(args, ready, { ...sidecarVariables, ...env });
}
