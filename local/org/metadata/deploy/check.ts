import type { Failure } from '../read/components.ts';
import type { Draft } from '../read/kinds.ts';
import { problemsOf } from '../rules/all-rules.ts';
import { repeated } from '../rules/rule.ts';
import { problemAt } from '../xml/read-typed.ts';
import { Plan, type Before } from '../plan/plan.ts';

function failuresOf(draft: Draft, plan: Plan): Failure[] {
  const { type, fullName, fileName } = draft;
  return problemsOf(draft, plan).map((problem) => ({ fileName, ...problem, type, fullName }));
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
 * @returns the plan of what can be deployed, and what cannot
 */
export function check(
  before: Before,
  drafts: readonly Draft[],
): { readonly plan: Plan; readonly failures: readonly Failure[] } {
  const { single, failures: doubles } = withoutDoubles(drafts);
  const failures: Failure[] = [...doubles];
  let accepted = single;
  for (;;) {
    const plan = new Plan(before, accepted);
    const verdicts = accepted.map((draft) => ({ draft, wrong: failuresOf(draft, plan) }));
    const bad = verdicts.filter(({ wrong }) => wrong.length > 0);
    if (bad.length === 0) return { plan, failures };
    failures.push(...bad.flatMap(({ wrong }) => wrong));
    accepted = verdicts.filter(({ wrong }) => wrong.length === 0).map(({ draft }) => draft);
  }
}
