import { type ScheduledTask, TaskRunner } from '../scheduled-task.ts';
import type { StoreParts } from './store-parts.ts';

/** A scheduled task of one store, which needs the store itself, the org, its API calls and the state. */
export type StoreTask = Omit<ScheduledTask, 'store' | 'needs'>;

export function storeTaskRunner(
  store: string,
  task: StoreTask,
  { org, leases, availability, clock, log, signal }: StoreParts,
): TaskRunner {
  const needs = [
    availability.state,
    availability.org,
    availability.budget,
    availability.store(store),
  ];
  return new TaskRunner(
    { ...task, store, needs },
    { org, leases, availability, clock, log, signal },
  );
}
