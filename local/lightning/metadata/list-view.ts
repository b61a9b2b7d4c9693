import { fieldOfColumn } from './columns.ts';
import { listOf, textOf, textsOf, type Element } from './xml.ts';

interface ListFilter {
  readonly field: string;
  /** As metadata names it: `equals`, `greaterThan` … */
  readonly operation: string;
  readonly value: string;
}

export interface ListView {
  readonly name: string;
  readonly label: string;
  readonly columns: readonly string[];
  readonly filters: readonly ListFilter[];
  /** Why the host shows more than an org would. */
  readonly note: string;
}

const notesOn = (view: Element): string =>
  [
    textOf(view, 'booleanFilter') && `its filter logic (${textOf(view, 'booleanFilter')})`,
    textOf(view, 'filterScope') !== 'Everything' && `its scope (${textOf(view, 'filterScope')})`,
  ]
    .filter(Boolean)
    .join(' and ');

export function parseListView(view: Element): ListView {
  const note = notesOn(view);
  return {
    name: textOf(view, 'fullName'),
    label: textOf(view, 'label'),
    columns: textsOf(view, 'columns').map(fieldOfColumn),
    filters: listOf(view, 'filters').map((filter) => ({
      field: fieldOfColumn(textOf(filter, 'field')),
      operation: textOf(filter, 'operation'),
      value: textOf(filter, 'value'),
    })),
    note: note && `The host does not apply ${note} of this list view.`,
  };
}
