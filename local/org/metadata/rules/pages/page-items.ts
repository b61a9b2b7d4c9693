import type { DraftOf } from '../../read/kinds.ts';
import { childOf, childrenOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';

type PageDraft = DraftOf<'FlexiPage'>;

const textAt = (element: XmlElement, name: string): string =>
  childOf(element, name)?.text.trim() ?? '';

/** One property that a page gives to a component. */
export interface ItemProperty {
  readonly name: string;
  /** Its value, or those of its list. */
  readonly values: readonly string[];
  readonly place: XmlElement;
}

/** A component on a page. */
export interface Item {
  /** As the page spells it, own components with or without `c:`. */
  readonly component: string;
  readonly properties: readonly ItemProperty[];
  readonly place: XmlElement;
}

function propertyOf(place: XmlElement): ItemProperty {
  const list = elementsAt(place, 'valueList', 'valueListItems', 'value');
  const values = [...childrenOf(place, 'value'), ...list].map(({ text }) => text.trim());
  return { name: textAt(place, 'name'), values, place };
}

/** A part of a page that its template, or a facet of a component, shows. */
export interface Region {
  readonly name: string;
  readonly type: string;
  readonly place: XmlElement;
}

export const regionsOf = (draft: PageDraft): readonly Region[] =>
  childrenOf(draft.element, 'flexiPageRegions').map((place) => ({
    name: textAt(place, 'name'),
    type: textAt(place, 'type'),
    place,
  }));

export const itemsOf = (draft: PageDraft): readonly Item[] =>
  elementsAt(draft.element, 'flexiPageRegions', 'itemInstances', 'componentInstance').map(
    (place) => ({
      component: textAt(place, 'componentName'),
      properties: childrenOf(place, 'componentInstanceProperties').map(propertyOf),
      place,
    }),
  );

/** The fields that stand on a page by themselves. */
export const fieldsOf = (draft: PageDraft): readonly XmlElement[] =>
  elementsAt(draft.element, 'flexiPageRegions', 'itemInstances', 'fieldInstance');

/** The name of an own component; undefined for one of the platform. */
export function ownName(component: string): string | undefined {
  return /^(?:c:)?(\w+)$/.exec(component)?.[1];
}
