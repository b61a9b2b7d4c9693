import type { ImageLinks } from '../../ports/images.ts';
import type { ApiBudget } from '../budget/api-budget.ts';
import type { Availability } from '../availability.ts';
import type { StoreBudgets } from '../budget/store-budgets.ts';
import type { EngineParts } from '../engine-parts.ts';

export interface StoreParts extends EngineParts {
  readonly availability: Availability;
  readonly budget: ApiBudget;
  readonly budgets: StoreBudgets;
  readonly links: ImageLinks;
  readonly signal: AbortSignal;
  /** There is news of issues. */
  readonly onIssues: () => void;
  /** All of the store was looked at. */
  readonly onLoaded: () => Promise<void>;
  /** The first backfill is complete, now or long ago: from now on changes are followed. */
  readonly onFollowing: () => void;
}
