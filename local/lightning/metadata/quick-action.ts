import { fieldsIn, type LayoutField } from './layout.ts';
import { firstOf, listOf, textOf, type Element } from './xml.ts';

export interface QuickAction {
  /** `Product2.Woo_Edit_Shop_Fields`. */
  readonly name: string;
  readonly label: string;
  /** `Update`, `LightningWebComponent` and so on. */
  readonly type: string;
  /** The bundle of an action of type LightningWebComponent. */
  readonly component: string;
  /** Of an action of type Update. */
  readonly columns: readonly (readonly LayoutField[])[];
}

export function parseQuickAction(action: Element, name: string): QuickAction {
  const layout = firstOf(action, 'quickActionLayout');
  return {
    name,
    label: textOf(action, 'label'),
    type: textOf(action, 'type'),
    component: textOf(action, 'lightningWebComponent'),
    columns: listOf(layout, 'quickActionLayoutColumns')
      .map((column) => fieldsIn(listOf(column, 'quickActionLayoutItems'), 'uiBehavior'))
      .filter((fields) => fields.length > 0),
  };
}
