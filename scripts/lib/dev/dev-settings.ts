import { parseArgs } from 'node:util';

import {
  programOptions,
  type ProgramSettings,
  programUsage,
  readPrograms,
} from '../program-settings.ts';

const ORDERS = 100;

export const usage = `Runs everything on this machine, each in a process that starts again when its source changes.

  npm run dev [-- options]

${programUsage(ORDERS)}`;

/**
 * Reads the options of the command.
 * @returns undefined where help is wanted
 * @throws Error that names the option
 */
export function readDevSettings(args = process.argv.slice(2)): ProgramSettings | undefined {
  const { values } = parseArgs({ args, options: programOptions(ORDERS) });
  return values.help ? undefined : readPrograms(values);
}
