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
  /**
   * Takes back issues that stand open in Salesforce and that the state does not know, after all of the store was
   * looked at.
   * @returns whether none is left
   */
  readonly takeBackIssues: () => Promise<boolean>;
  /** Keys of stores that are about to be loaded for the first time: which records they share is not known. */
  readonly unreadStores: () => Promise<readonly string[]>;
  /**
   * The first backfill is complete: from now on changes are followed.
   * @param loaded key of the store that has just been loaded; null where that was long ago
   */
  readonly onFollowing: (loaded: string | null) => void;
}
