import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

import { run, type Ran } from '../../scripts/lib/sf.ts';
import { runProgram } from '../../sidecar/src/cli/program.ts';
import type { BackfillResult } from '../../sidecar/src/sync/pipeline/backfill.ts';
import type { MappingReport } from '../../sidecar/src/sync/report/run-report.ts';
import { startService, type RunningService } from './service.ts';

/** The sidecar's ways to run, on an environment that each run may override. */
export interface SidecarRuns {
  /** Runs `woo-salesforce` in this process, which spares its start; `env` overrides what the sidecar is given. */
  sidecar(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** The same in a process of its own, as people run it. */
  command(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ran>;
  /** A backfill, whatever its exit code, and what it reported. */
  backfill(env?: Readonly<Record<string, string>>): Promise<Backfilled>;
  /** Runs the service until it is stopped, at the latest when the world is closed. */
  startService(env?: Readonly<Record<string, string>>): Promise<RunningService>;
}

export interface Backfilled {
  readonly code: number;
  readonly stderr: string;
  readonly results: readonly BackfillResult[];
  readonly problems: readonly { code: string; mapping: string; message: string }[];
  readonly of: (mapping: string) => MappingReport;
}

/** @param env what the sidecar is given */
export function sidecarRuns(env: Readonly<Record<string, string>>): SidecarRuns {
  const sidecar: SidecarRuns['sidecar'] = (args, over = {}) => ranHere(args, { ...env, ...over });
  return {
    sidecar,
    command: (args, over = {}) =>
      run('node', ['sidecar/bin/woo-salesforce.js', ...args], { env: { ...env, ...over } }),
    backfill: async (over) => read(await sidecar(['backfill', '--json'], over)),
    startService: (over = {}) => startService({ ...env, ...over }),
  };
}

/** Runs the program in this process, on nothing but the environment that it is given. */
async function ranHere(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ran> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const said = Promise.all([text(out), text(err)]);
  const code = await runProgram(args, env, out, err);
  out.end();
  err.end();
  const [stdout, stderr] = await said;
  return { code, stdout, stderr };
}

function read({ code, stdout, stderr }: Ran): Backfilled {
  if (stdout.trim() === '') throw new Error(`no report; exit code ${code}: ${stderr}`);
  const { results, problems } = JSON.parse(stdout) as Pick<Backfilled, 'results' | 'problems'>;
  return {
    code,
    stderr,
    results,
    problems,
    of: (mapping) => {
      const row = results
        .flatMap(({ mappings }) => mappings)
        .find((one) => one.mapping === mapping);
      if (!row) throw new Error(`no report for ${mapping}`);
      return row;
    },
  };
}
