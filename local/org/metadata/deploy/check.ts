import type { ApexLs } from '../apex-ls/apex-ls.ts';
import { refusedOf } from '../apex-ls/refused.ts';
import { workspaceOf } from '../apex-ls/workspace.ts';
import type { Failure } from '../read/components.ts';
import { fileName } from '../read/file-name.ts';
import type { Draft } from '../read/kinds.ts';
import { problemsOf } from '../rules/all-rules.ts';
import { repeated } from '../rules/rule.ts';
import { problemAt } from '../xml/read-typed.ts';
import { Plan, type Before } from '../plan/plan.ts';

interface Verdict {
  readonly draft: Draft;
  readonly wrong: readonly Failure[];
}

const isWrong = ({ wrong }: Verdict): boolean => wrong.length > 0;

function failuresOf(draft: Draft, plan: Plan): Failure[] {
  const { type, fullName, fileName } = draft;
  return problemsOf(draft, plan).map((problem) => ({ fileName, ...problem, type, fullName }));
}

/** What apex-ls refuses of Apex that is otherwise right. */
function failuresByApexLs(plan: Plan, apexLs: ApexLs | undefined): readonly Verdict[] {
  const workspace = apexLs && workspaceOf(plan);
  const refused = workspace ? refusedOf(apexLs.verdictOn(workspace)) : [];
  return plan.drafts.map((draft) => {
    const { type, fullName, fileName: own } = draft;
    const wrong = refused.filter(({ path }) => path === fileName(draft));
    return {
      draft,
      wrong: wrong.map((one) => ({
        line: one.line,
        column: one.column,
        message: one.message,
        type,
        fullName,
        fileName: own,
      })),
    };
  });
}

/** A component that stands twice in the package: which of the two would win is chance. */
function withoutDoubles(drafts: readonly Draft[]): {
  readonly single: readonly Draft[];
  readonly failures: readonly Failure[];
} {
  const doubles = new Set(
    repeated(drafts, (one) => `${one.type}:${one.fullName}`).map(({ value }) => value),
  );
  const failures = [...doubles].map(({ type, fullName, fileName, element }) => ({
    ...problemAt(element, `Duplicate name: ${fullName}`),
    type,
    fullName,
    fileName,
  }));
  return { single: drafts.filter((one) => !doubles.has(one)), failures };
}

/**
 * Checks all components against the org as it would be with them. What fails is taken out and the
 * rest is checked again, since it may have relied on what failed.
 * @param apexLs judges Apex too; undefined where it is not asked
 * @returns the plan of what can be deployed, and what cannot
 * @throws Unjudged where apex-ls has to run first
 */
export function check(
  before: Before,
  drafts: readonly Draft[],
  apexLs?: ApexLs,
): { readonly plan: Plan; readonly failures: readonly Failure[] } {
  const { single, failures: doubles } = withoutDoubles(drafts);
  const failures: Failure[] = [...doubles];
  let accepted = single;
  for (;;) {
    const plan = new Plan(before, accepted);
    const byRules = accepted.map((draft) => ({ draft, wrong: failuresOf(draft, plan) }));
    const verdicts = byRules.some(isWrong) ? byRules : failuresByApexLs(plan, apexLs);
    if (!verdicts.some(isWrong)) return { plan, failures };
    failures.push(...verdicts.flatMap(({ wrong }) => wrong));
    accepted = verdicts.filter((one) => !isWrong(one)).map(({ draft }) => draft);
  }
}
