import { listOf, textOf, textsOf, type Element } from './xml.ts';

/** A page that stands in for the standard one. */
export interface PageOverride {
  /** `Contact`, or `standard-home`. */
  readonly object: string;
  readonly page: string;
  /** `Large` or `Small`; empty for both. */
  readonly formFactor: string;
}

export interface App {
  readonly label: string;
  /** `#7F54B3`. */
  readonly color: string;
  /** As metadata names them: `Woo_Order__c`, `standard-Contact`, `standard-home`. */
  readonly tabs: readonly string[];
  readonly overrides: readonly PageOverride[];
}

/** The Lightning pages among an app's or an object's `actionOverrides`. @param object where they do not say it */
export function pageOverrides(element: Element, object: string): PageOverride[] {
  return listOf(element, 'actionOverrides')
    .filter((one) => textOf(one, 'type').toLowerCase() === 'flexipage')
    .map((one) => ({
      object: textOf(one, 'pageOrSobjectType') || object,
      page: textOf(one, 'content'),
      formFactor: textOf(one, 'formFactor'),
    }));
}

export function parseApp(app: Element): App {
  return {
    label: textOf(app, 'label'),
    color: textOf(listOf(app, 'brand')[0], 'headerColor'),
    tabs: textsOf(app, 'tabs'),
    overrides: pageOverrides(app, ''),
  };
}
