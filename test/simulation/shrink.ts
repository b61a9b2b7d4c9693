import type { Plan, Step } from './plan.ts';

/**
 * Leaves out steps as long as the plan still fails: halves first, then smaller parts, then single ones.
 * @param most how often a plan is played at the most
 */
export async function shrink(
  plan: Plan,
  fails: (plan: Plan) => Promise<boolean>,
  most: number,
): Promise<Plan> {
  let steps = plan.steps;
  let played = 0;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let from = 0; from < steps.length && played < most;) {
      const fewer: readonly Step[] = [...steps.slice(0, from), ...steps.slice(from + size)];
      played += 1;
      if (await fails({ ...plan, steps: fewer })) steps = fewer;
      else from += size;
    }
  }
  return { ...plan, steps };
}
