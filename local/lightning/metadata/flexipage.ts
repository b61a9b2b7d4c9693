import { firstOf, listOf, parseMetadata, textOf, type Element } from './xml.ts';

/** A component on a page. */
export interface PageComponent {
  /** `force:detailPanel`, or `c:wooOrderItems` for one of the project. */
  readonly name: string;
  /** Unique on the page. */
  readonly id: string;
  /** Values as they stand in the metadata: texts, or lists of texts. */
  readonly properties: Readonly<Record<string, string | readonly string[]>>;
  /** Properties that name a facet, such as a tab's `body`: the components in it. */
  readonly facets: Readonly<Record<string, readonly PageComponent[]>>;
  /** `Large` or `Small` where the component is shown on such devices only. */
  readonly formFactor?: string;
  /** Why the host cannot tell whether the component is shown. */
  readonly unknownRule?: string;
}

export interface FlexiPage {
  readonly name: string;
  readonly label: string;
  readonly type: string;
  /** `flexipage:recordHomeTemplateDesktop` and so on. */
  readonly template: string;
  readonly regions: Readonly<Record<string, readonly PageComponent[]>>;
}

type Facets = ReadonlyMap<string, Element>;

function valueOf(property: Element): string | readonly string[] {
  const list = firstOf(property, 'valueList');
  return list
    ? listOf(list, 'valueListItems').map((item) => textOf(item, 'value'))
    : textOf(property, 'value');
}

/** The rule that authors use most is told apart by device; others need the record and the user. */
function visibilityOf(instance: Element): Pick<PageComponent, 'formFactor' | 'unknownRule'> {
  const rule = firstOf(instance, 'visibilityRule');
  if (!rule) return {};
  const criteria = listOf(rule, 'criteria').map((one) => ({
    left: textOf(one, 'leftValue'),
    operator: textOf(one, 'operator'),
    right: textOf(one, 'rightValue'),
  }));
  const [only] = criteria;
  const isFormFactor = only?.left === '{!$Client.FormFactor}' && only.operator === 'EQUAL';
  if (isFormFactor && criteria.length === 1) return { formFactor: only.right };
  return {
    unknownRule: criteria
      .map(({ left, operator, right }) => `${left} ${operator} ${right}`)
      .join(', '),
  };
}

function componentOf(instance: Element, facets: Facets, path: readonly string[]): PageComponent {
  const name = textOf(instance, 'componentName');
  const properties = listOf(instance, 'componentInstanceProperties').map(
    (one) => [textOf(one, 'name'), valueOf(one)] as const,
  );
  const isFacet = (value: string | readonly string[]): value is string =>
    typeof value === 'string' && facets.has(value);
  return {
    name: name.includes(':') ? name : `c:${name}`,
    id: textOf(instance, 'identifier'),
    properties: Object.fromEntries(properties.filter(([, value]) => !isFacet(value))),
    facets: Object.fromEntries(
      properties.flatMap(([key, value]) =>
        isFacet(value) ? [[key, componentsIn(value, facets, path)]] : [],
      ),
    ),
    ...visibilityOf(instance),
  };
}

/** @param path facets that lead here, as a facet that holds itself would never end */
function componentsIn(region: string, facets: Facets, path: readonly string[]): PageComponent[] {
  if (path.includes(region)) throw new Error(`The facet ${region} holds itself.`);
  const items = listOf(facets.get(region), 'itemInstances');
  return items.map((item) => {
    const instance = firstOf(item, 'componentInstance');
    if (instance) return componentOf(instance, facets, [...path, region]);
    const field = textOf(firstOf(item, 'fieldInstance'), 'fieldItem');
    return { name: 'a field of Dynamic Forms', id: field, properties: {}, facets: {} };
  });
}

/**
 * A Lightning page as metadata describes it, its facets put where they are used.
 * @param name its API name
 * @param file named in errors
 */
export function parseFlexiPage(text: string, name: string, file: string): FlexiPage {
  const page = parseMetadata(text, file);
  const regions = listOf(page, 'flexiPageRegions');
  const facets = new Map(
    regions
      .filter((one) => textOf(one, 'type') === 'Facet')
      .map((one) => [textOf(one, 'name'), one]),
  );
  const all = new Map(regions.map((one) => [textOf(one, 'name'), one]));
  const names = [...all.keys()].filter((one) => !facets.has(one));
  return {
    name,
    label: textOf(page, 'masterLabel'),
    type: textOf(page, 'type'),
    template: textOf(firstOf(page, 'template'), 'name'),
    regions: Object.fromEntries(
      names.map((region) => [
        region,
        componentsIn(region, new Map([...facets, [region, all.get(region) ?? {}]]), []),
      ]),
    ),
  };
}
