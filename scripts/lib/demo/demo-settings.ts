import { parseArgs } from 'node:util';

import {
  programOptions,
  type ProgramSettings,
  programUsage,
  readPort,
  readPrograms,
} from '../program-settings.ts';

const ORDERS = 300;

export const usage = `Shows the whole thing on this machine, with no account anywhere.

  npm run demo [-- options]

${programUsage(ORDERS)}  --second-store a second, smaller store with other orders and a mapping of its own
  --second-store-port N
                 where that one listens (default 8097; 0 takes a free port)
  --exit         stop when done; exit code 0 only if both sides agree to the cent, and changes arrive
`;

export interface DemoSettings extends ProgramSettings {
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
      ...programOptions(ORDERS),
      'second-store': { type: 'boolean', default: false },
      'second-store-port': { type: 'string', default: '8097' },
      exit: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    ...readPrograms(values),
    secondStore: values['second-store'],
    secondStorePort: readPort('--second-store-port', values['second-store-port']),
    exit: values.exit,
  };
}
