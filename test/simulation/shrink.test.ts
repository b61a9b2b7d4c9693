import { expect, it } from 'vitest';

import { type Plan, planOf } from './plan.ts';
import { shrink } from './shrink.ts';

const plan = planOf(7);
/** Fails with two of its steps, wherever they are. */
const needed = [plan.steps[11], plan.steps[52]];
const fails = ({ steps }: Plan) =>
  Promise.resolve(needed.every((one) => one && steps.includes(one)));

it('a plan that fails keeps the steps that it fails by', async () => {
  const { steps } = await shrink(plan, fails, 500);
  expect(steps).toEqual(needed);
});

it('is played no more often than is said, and still fails', async () => {
  let played = 0;
  const least = await shrink(
    plan,
    (one) => {
      played += 1;
      return fails(one);
    },
    9,
  );
  expect(played).toBe(9);
  expect(least.steps.length).toBeLessThan(plan.steps.length);
  expect(await fails(least)).toBe(true);
});

it('a seed is the same plan each time, and another seed another one', () => {
  expect(planOf(7)).toEqual(plan);
  expect(planOf(8).steps).not.toEqual(plan.steps);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});
