import type { Priority } from '../budget/levels.ts';
import { type ScheduledTask, TaskRunner } from '../scheduled-task.ts';
import type { StoreParts } from './store-parts.ts';

/** A scheduled task of one store, which needs the store itself, the org, its API calls and the state. */
export interface StoreTask extends Omit<ScheduledTask, 'store' | 'needs' | 'allowance'> {
  readonly priority: Priority;
}

export function storeTaskRunner(
  store: string,
  { priority, ...task }: StoreTask,
  { org, leases, availability, budgets, clock, log, signal }: StoreParts,
): TaskRunner {
  const needs = [
    availability.state,
    availability.org,
    availability.budget,
    availability.store(store),
  ];
  return new TaskRunner(
    { ...task, store, needs, allowance: budgets.allowance(priority, store) },
    { org, leases, availability, clock, log, signal },
  );
}
