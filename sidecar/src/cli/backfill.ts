import type { Problem } from '../mapping/types.ts';
import { backfill, type BackfillResult } from '../sync/backfill.ts';
import { openSidecar } from '../main.ts';
import { progressView } from './progress.ts';
import { describeResult } from './table.ts';

export interface BackfillFlags {
  readonly store?: string;
  readonly json?: boolean;
}

/**
 * Runs a backfill of every active store, or of one.
 * @returns whether everything that was wanted is in step
 */
export async function runBackfill(
  env: NodeJS.ProcessEnv,
  flags: BackfillFlags,
  out: NodeJS.WriteStream,
  err: NodeJS.WriteStream,
): Promise<boolean> {
  const sidecar = await openSidecar(env, flags.store);
  const view = progressView(err);
  try {
    for (const problem of sidecar.problems) err.write(`${describeProblem(problem)}\n`);
    for (const { code, message, cure } of sidecar.storeProblems) {
      err.write(`${code}: ${message} ${cure}\n`);
    }
    const results: BackfillResult[] = [];
    for (const store of sidecar.stores) {
      const { org, state, mappings } = sidecar;
      const onProgress = view.show.bind(view);
      results.push(await backfill({ org, state, store, mappings, onProgress }));
    }
    view.stop();
    const storeProblems = sidecar.storeProblems.map(({ code, message, cure }) => ({
      ...{ code, message, cure },
    }));
    const { problems } = sidecar;
    const summary = { results, problems, storeProblems, apiCalls: sidecar.org.calls };
    if (flags.json) out.write(`${JSON.stringify(summary, null, 2)}\n`);
    else {
      for (const result of results) out.write(`${describeResult(result)}\n`);
      out.write(`Salesforce API calls: ${summary.apiCalls}\n`);
    }
    return sidecar.storeProblems.length === 0 && isComplete(results, sidecar.problems);
  } finally {
    view.stop();
    await sidecar.close();
  }
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
