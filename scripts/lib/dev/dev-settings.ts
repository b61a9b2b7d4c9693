import { parseArgs } from 'node:util';

import { wholeNumber } from '../../../local/shared/whole-number.ts';

export const usage = `Runs everything on this machine, each in a process that starts again when its source changes.

  npm run dev [-- options]

  --orders N     orders that the store generates, beside the recorded ones (default 100)
  --org-port N   where the org listens (default 8090; 0 takes a free port)
  --store-port N where the store listens (default 8095; 0 takes a free port)
  --lightning-port N
                 where the Lightning pages are (default 8096; 0 takes a free port)
  --rep-port N   where they are for the sales rep (default 8098; 0 takes a free port)
  --port N       where the sidecar listens (default 3000; 0 takes a free port)
`;

export interface DevSettings {
  readonly orders: number;
  readonly orgPort: number;
  readonly storePort: number;
  readonly lightningPort: number;
  readonly repPort: number;
  readonly port: number;
}

/**
 * Reads the options of the command.
 * @returns undefined where help is wanted
 * @throws Error that names the option
 */
export function readDevSettings(args = process.argv.slice(2)): DevSettings | undefined {
  const { values } = parseArgs({
    args,
    options: {
      orders: { type: 'string', default: '100' },
      'org-port': { type: 'string', default: '8090' },
      'store-port': { type: 'string', default: '8095' },
      'lightning-port': { type: 'string', default: '8096' },
      'rep-port': { type: 'string', default: '8098' },
      port: { type: 'string', default: '3000' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    orders: wholeNumber('--orders', values.orders, 100_000),
    orgPort: wholeNumber('--org-port', values['org-port'], 65_535),
    storePort: wholeNumber('--store-port', values['store-port'], 65_535),
    lightningPort: wholeNumber('--lightning-port', values['lightning-port'], 65_535),
    repPort: wholeNumber('--rep-port', values['rep-port'], 65_535),
    port: wholeNumber('--port', values.port, 65_535),
  };
}
