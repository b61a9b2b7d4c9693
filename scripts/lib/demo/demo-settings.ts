import { parseArgs } from 'node:util';

import { wholeNumber } from '../../../local/shared/whole-number.ts';

export const usage = `Shows the whole thing on this machine, with no account anywhere.

  npm run demo [-- options]

  --orders N     orders that the store generates, beside the recorded ones (default 300)
  --org-port N   where the org listens (default 8090; 0 takes a free port)
  --store-port N where the store listens (default 8095; 0 takes a free port)
  --lightning-port N
                 where the Lightning pages are (default 8096; 0 takes a free port)
  --rep-port N   where they are for the sales rep (default 8098; 0 takes a free port)
  --port N       where the sidecar listens (default 3000; 0 takes a free port)
  --second-store a second, smaller store with other orders and a mapping of its own
  --second-store-port N
                 where that one listens (default 8097; 0 takes a free port)
  --exit         stop when done; exit code 0 only if both sides agree to the cent, and changes arrive
`;

export interface DemoSettings {
  readonly orders: number;
  readonly orgPort: number;
  readonly storePort: number;
  readonly lightningPort: number;
  readonly repPort: number;
  readonly port: number;
  readonly secondStore: boolean;
  readonly secondStorePort: number;
  readonly exit: boolean;
}

/**
 * Reads the options of the command.
 * @returns undefined where help is wanted
 * @throws Error that names the option
 */
export function readSettings(args = process.argv.slice(2)): DemoSettings | undefined {
  const { values } = parseArgs({
    args,
    options: {
      orders: { type: 'string', default: '300' },
      'org-port': { type: 'string', default: '8090' },
      'store-port': { type: 'string', default: '8095' },
      'lightning-port': { type: 'string', default: '8096' },
      'rep-port': { type: 'string', default: '8098' },
      port: { type: 'string', default: '3000' },
      'second-store': { type: 'boolean', default: false },
      'second-store-port': { type: 'string', default: '8097' },
      exit: { type: 'boolean', default: false },
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
    secondStore: values['second-store'],
    secondStorePort: wholeNumber('--second-store-port', values['second-store-port'], 65_535),
    exit: values.exit,
  };
}
