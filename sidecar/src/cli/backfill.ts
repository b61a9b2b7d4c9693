import { openSidecar, type Sidecar } from '../app/open-sidecar.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { Problem } from '../mapping/model/config-rows.ts';
import type { OrgLimits } from '../ports/org.ts';
import { backfill, type BackfillResult } from '../sync/pipeline/backfill.ts';
import { estimate, type Estimate } from '../sync/pipeline/estimate.ts';
import { describeDryRun, describeResult } from './output/backfill-table.ts';
import { describeEstimates } from './output/estimate.ts';
import { progressView } from './output/progress.ts';
import type { Terminal } from './output/terminal.ts';

export interface BackfillFlags {
  readonly store?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Runs a backfill of every active store, or of one.
 * @returns whether everything that was wanted is in step, or would be
 */
export async function runBackfill(
  env: NodeJS.ProcessEnv,
  flags: BackfillFlags,
  out: Terminal,
  err: Terminal,
): Promise<boolean> {
  const sidecar = await openSidecar(env, flags.store);
  const view = progressView(err);
  const dry = flags.dryRun === true;
  try {
    for (const problem of sidecar.problems) err.write(`${describeProblem(problem)}\n`);
    for (const { code, message, cure } of sidecar.storeProblems) {
      err.write(`${code}: ${message} ${cure}\n`);
    }
    const ahead = await lookAhead(sidecar);
    for (const line of describeEstimates(ahead.estimates, ahead.limits)) err.write(`${line}\n`);
    const results: BackfillResult[] = [];
    for (const store of sidecar.stores) {
      const { org, state, mappings } = sidecar;
      const onProgress = view.show.bind(view);
      results.push(await backfill({ org, state, store, mappings, onProgress, dry }));
    }
    view.stop();
    report(sidecar, { ...ahead, results, dry }, flags, out);
    return sidecar.storeProblems.length === 0 && isComplete(results, sidecar.problems);
  } finally {
    view.stop();
    await sidecar.close();
  }
}

interface Ahead {
  readonly estimates: readonly Estimate[];
  readonly limits: OrgLimits;
}

/** What it will take. A store that cannot be read is left out here: its lists are reported when they fail. */
async function lookAhead({ stores, state, mappings, org }: Sidecar): Promise<Ahead> {
  const estimates: Estimate[] = [];
  for (const store of stores) {
    try {
      estimates.push(await estimate({ org, store, state, mappings }));
    } catch (error) {
      if (!(error instanceof CodedError) || !error.code.startsWith('WOO_')) throw error;
    }
  }
  return { estimates, limits: await org.limits() };
}

function report(
  sidecar: Sidecar,
  { estimates, limits, results, dry }: Ahead & { results: BackfillResult[]; dry: boolean },
  { json }: BackfillFlags,
  out: Terminal,
): void {
  const { problems, org } = sidecar;
  if (json) {
    const storeProblems = sidecar.storeProblems.map(({ code, message, cure }) => ({
      ...{ code, message, cure },
    }));
    const rest = { problems, storeProblems, apiCalls: org.calls };
    out.write(`${JSON.stringify({ dryRun: dry, estimates, limits, results, ...rest }, null, 2)}\n`);
    return;
  }
  for (const result of results) {
    out.write(`${dry ? describeDryRun(result) : describeResult(result)}\n`);
  }
  out.write(`Salesforce API calls: ${org.calls}\n`);
}

function isComplete(results: readonly BackfillResult[], problems: readonly Problem[]): boolean {
  return (
    !problems.some(({ fatal }) => fatal) &&
    results.every(
      ({ lists, mappings }) => lists.length === 0 && mappings.every(({ failed }) => failed === 0),
    )
  );
}

function describeProblem({ code, mapping, place, message, cure, fatal }: Problem): string {
  const effect = fatal ? `mapping ${mapping} is left out` : 'the mapping runs all the same';
  return `${code} (${place}): ${message} ${cure} (${effect})`;
}
