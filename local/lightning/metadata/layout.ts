import { fieldOfColumn } from './columns.ts';
import { listOf, textOf, textsOf, type Element } from './xml.ts';

export interface LayoutField {
  readonly field: string;
  readonly isEditable: boolean;
  readonly isRequired: boolean;
}

interface LayoutSection {
  /** Empty where no heading is shown. */
  readonly heading: string;
  readonly columns: readonly (readonly LayoutField[])[];
}

interface RelatedList {
  /** Whose records are listed, and its field that leads to the page's record. */
  readonly object: string;
  readonly lookup: string;
  readonly fields: readonly string[];
}

/** What a record shows besides its page's own components. */
export interface Layout {
  readonly sections: readonly LayoutSection[];
  readonly relatedLists: readonly RelatedList[];
}

const fieldOf = (item: Element, behavior: string): LayoutField => ({
  field: textOf(item, 'field'),
  isEditable: behavior !== 'Readonly',
  isRequired: behavior === 'Required',
});

/** Fields of a column; links and blank spaces are left out. */
export const fieldsIn = (items: readonly Element[], behavior: string): LayoutField[] =>
  items
    .filter((item) => textOf(item, 'field') !== '')
    .map((item) => fieldOf(item, textOf(item, behavior)));

function sectionOf(section: Element): LayoutSection {
  return {
    heading: textOf(section, 'detailHeading') === 'true' ? textOf(section, 'label') : '',
    columns: listOf(section, 'layoutColumns')
      .map((column) => fieldsIn(listOf(column, 'layoutItems'), 'behavior'))
      .filter((fields) => fields.length > 0),
  };
}

/** A related list of a lookup: `Woo_Refund__c.Order__c`. Those of standard relations have names of their own. */
function relatedListOf(list: Element): RelatedList[] {
  const [object, lookup] = textOf(list, 'relatedList').split('.');
  if (object === undefined || lookup === undefined) return [];
  return [{ object, lookup, fields: textsOf(list, 'fields').map(fieldOfColumn) }];
}

export function parseLayout(layout: Element): Layout {
  return {
    sections: listOf(layout, 'layoutSections')
      .map(sectionOf)
      .filter(({ columns }) => columns.length > 0),
    relatedLists: listOf(layout, 'relatedLists').flatMap(relatedListOf),
  };
}
