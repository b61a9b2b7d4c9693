import type { Layout } from './layout.ts';
import type { ListView } from './list-view.ts';
import type { QuickAction } from './quick-action.ts';

export interface ObjectPages {
  /** Of the highlights panel: the first is the record's name. */
  readonly compactFields: readonly string[];
  readonly layout: Layout;
  readonly listViews: readonly ListView[];
  /** Columns of _Recently Viewed_, with which the tab of the object opens. */
  readonly recentColumns: readonly string[];
  readonly actions: readonly QuickAction[];
}

/** Objects whose actions have the labels of a language, where it has them. */
export function translatedActions(
  objects: Readonly<Record<string, ObjectPages>>,
  labels: ReadonlyMap<string, string>,
): Readonly<Record<string, ObjectPages>> {
  const entries = Object.entries(objects).map(([object, pages]): [string, ObjectPages] => {
    const actions = pages.actions.map((one) => ({
      ...one,
      label: labels.get(one.name) ?? one.label,
    }));
    return [object, { ...pages, actions }];
  });
  return Object.fromEntries(entries);
}
