import { openSidecar, type Sidecar } from '../app/open-sidecar.ts';
import { CodedError } from '../errors/coded-error.ts';
import type { Problem } from '../mapping/model/config-rows.ts';
import type { OrgLimits } from '../ports/org.ts';
import type { BackfillResult } from '../sync/pipeline/backfill.ts';
import { type CountedNeeds, countedNeeds } from '../sync/pipeline/counted-needs.ts';
import { estimate, type Estimate } from '../sync/pipeline/estimate.ts';
import { loadStore } from './load-store.ts';
import { describeDryRun, describeResult } from './output/backfill-table.ts';
import { describeCounted, describeEstimates } from './output/estimate.ts';
import { progressView } from './output/progress.ts';
import { type Screen, screenOf } from './output/table.ts';
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
    const { org } = sidecar;
    const ahead = dry ? null : await lookAhead(sidecar);
    const tell = (line: string) => err.write(`${line}\n`);
    if (ahead) describeEstimates(ahead.estimates, ahead.limits).forEach(tell);
    const results: BackfillResult[] = [];
    const counted: CountedNeeds[] = [];
    for (const store of sidecar.stores) {
      const onProgress = view.show.bind(view);
      const before = org.calls;
      const result = await loadStore(sidecar, store, { onProgress, dry });
      results.push(result);
      if (dry && result.lists.length === 0) counted.push(countedNeeds(result, org.calls - before));
    }
    view.stop();
    const limits = ahead?.limits ?? (await org.limits());
    report(
      sidecar,
      screenOf(out, env),
      { estimates: ahead?.estimates ?? [], counted, limits, results, dry },
      flags,
      out,
    );
    if (dry) describeCounted(counted, limits).forEach(tell);
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

interface Outcome extends Ahead {
  readonly dry: boolean;
  /** By a dry run that could read all lists; it needs no estimate. */
  readonly counted: readonly CountedNeeds[];
  readonly results: readonly BackfillResult[];
}

function report(
  sidecar: Sidecar,
  screen: Screen,
  { dry, results, ...needs }: Outcome,
  { json }: BackfillFlags,
  out: Terminal,
): void {
  const { problems, org } = sidecar;
  if (json) {
    const storeProblems = sidecar.storeProblems.map(({ code, message, cure }) => ({
      code,
      message,
      cure,
    }));
    const rest = { problems, storeProblems, apiCalls: org.calls };
    out.write(`${JSON.stringify({ dryRun: dry, ...needs, results, ...rest }, null, 2)}\n`);
    return;
  }
  for (const result of results) {
    const describe = dry ? describeDryRun : describeResult;
    out.write(`${describe(result, screen)}\n`);
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
