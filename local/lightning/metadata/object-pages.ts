import type { Layout } from './layout.ts';
import type { ListView } from './list-view.ts';
import type { QuickAction } from './quick-action.ts';

export interface ObjectPages {
  /** Of the highlights panel: the first is the record's name. */
  readonly compactFields: readonly string[];
  readonly layout: Layout;
  readonly listViews: readonly ListView[];
  readonly actions: readonly QuickAction[];
}
