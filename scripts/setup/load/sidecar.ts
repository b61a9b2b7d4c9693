import { run } from '../../lib/sf.ts';
import type { Env } from '../service/env-file.ts';
import { stoppable } from '../stoppable.ts';

/** What a command of the sidecar ends with. */
export type Outcome = 'all well' | 'some wrong' | 'could not run';

const OUTCOMES: Readonly<Record<number, Outcome>> = { 0: 'all well', 1: 'some wrong' };

/** Runs a command of `woo-salesforce`; what it says goes to this terminal. */
export type Sidecar = (...args: readonly string[]) => Promise<Outcome>;

/** @param env variables of the service */
export const sidecarWith =
  (env: Env): Sidecar =>
  async (...args) => {
    const command = ['sidecar/bin/woo-salesforce.js', ...args];
    const ran = await stoppable((stopped) => run('node', command, { env, show: 'all', stopped }));
    return OUTCOMES[ran.code] ?? 'could not run';
  };
