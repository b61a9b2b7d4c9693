import { wholeNumber } from '../../local/shared/whole-number.ts';

/** How the programs that play Salesforce and the shop are started, and the service between them. */
export interface ProgramSettings {
  readonly orders: number;
  readonly orgPort: number;
  readonly storePort: number;
  readonly lightningPort: number;
  readonly repPort: number;
  readonly port: number;
}

const HIGHEST_PORT = 65_535;

/** @param orders how many the store generates by default */
export const programUsage = (orders: number): string =>
  `  --orders N     orders that the store generates, beside the recorded ones (default ${orders})
  --org-port N   where the org listens (default 8090; 0 takes a free port)
  --store-port N where the store listens (default 8095; 0 takes a free port)
  --lightning-port N
                 where the Lightning pages are (default 8096; 0 takes a free port)
  --rep-port N   where they are for the sales rep (default 8098; 0 takes a free port)
  --port N       where the sidecar listens (default 3000; 0 takes a free port)
`;

/** The same for `parseArgs`. */
export const programOptions = (orders: number) =>
  ({
    orders: { type: 'string', default: String(orders) },
    'org-port': { type: 'string', default: '8090' },
    'store-port': { type: 'string', default: '8095' },
    'lightning-port': { type: 'string', default: '8096' },
    'rep-port': { type: 'string', default: '8098' },
    port: { type: 'string', default: '3000' },
    help: { type: 'boolean', default: false },
  }) as const;

/** @throws Error that names the option */
export function readPrograms(
  values: Readonly<Record<Exclude<keyof ReturnType<typeof programOptions>, 'help'>, string>>,
): ProgramSettings {
  return {
    orders: wholeNumber('--orders', values.orders, 100_000),
    orgPort: readPort('--org-port', values['org-port']),
    storePort: readPort('--store-port', values['store-port']),
    lightningPort: readPort('--lightning-port', values['lightning-port']),
    repPort: readPort('--rep-port', values['rep-port']),
    port: readPort('--port', values.port),
  };
}

/** @throws Error that names the option */
export function readPort(option: string, value: string): number {
  return wholeNumber(option, value, HIGHEST_PORT);
}

/** By option. */
export const programPorts = (settings: ProgramSettings): Readonly<Record<string, number>> => ({
  '--org-port': settings.orgPort,
  '--store-port': settings.storePort,
  '--lightning-port': settings.lightningPort,
  '--rep-port': settings.repPort,
  '--port': settings.port,
});
