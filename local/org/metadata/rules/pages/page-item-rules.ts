import type { LightningComponentBundle } from '@salesforce/types/metadata';
import { exposureOf, type Exposure } from '../../lwc/settings.ts';
import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { actionNamesFit } from './page-actions.ts';
import { standardComponents } from './page-components.ts';
import { contentProblems } from './page-contents.ts';
import { itemsOf, ownName, type Item } from './page-items.ts';
import { isPageType, targetOf, type PageType } from './page-templates.ts';
import { valueProblem } from './property-attributes.ts';
import { repeated, type Rule } from '../rule.ts';

type PageDraft = DraftOf<'FlexiPage'>;

/** How a real org says that it cannot place a component; it does not say why. */
const noDesign = (component: string): string =>
  `We couldn't retrieve the design time component information for component ${component}.`;

/** A real org's words; pages and components say the same of each other. */
export const notExposed = (component: string): string =>
  `The c:${component} component must be marked 'isExposed=true' to be used on this Lightning Page`;

const invalidProperty = (property: string, component: string): string =>
  `Invalid property [${property}] in component [${component}]`;

function standardProblems({ component, properties, place }: Item, type: PageType): Problem[] {
  const known = standardComponents.get(component);
  if (!known || known.pages?.includes(type) === false) {
    return [problemAt(place, noDesign(component))];
  }
  const strange = properties
    .filter(({ name }) => known.properties?.includes(name) === false)
    .map((one) => problemAt(one.place, invalidProperty(one.name, component)));
  const missing = (known.required ?? [])
    .filter((name) => !properties.some((one) => one.name === name && one.values.length > 0))
    .map((name) =>
      problemAt(place, `Component [${component}] is missing required property [${name}]`),
    );
  return [...strange, ...missing];
}

/** Why a component cannot be on the page; undefined when it can. */
function hindrance({ targets, configs }: Exposure, type: PageType, object: string) {
  const target = targetOf[type];
  if (!targets.includes(target)) return `it has no target ${target}`;
  const objects = configs
    .filter((config) => config.targets.includes(target))
    .flatMap((config) => config.objects.map(({ text }) => text.trim().toLowerCase()));
  const isOpen = objects.length === 0 || objects.includes('*');
  return type !== 'RecordPage' || isOpen || objects.includes(object.toLowerCase())
    ? undefined
    : `it is not for pages of ${object}`;
}

function ownPropertyProblems(item: Item, name: string, exposure: Exposure, type: PageType) {
  const known = exposure.configs
    .filter(({ targets }) => targets.includes(targetOf[type]))
    .flatMap(({ properties }) => properties);
  const find = (wanted: string) => known.find(({ attributes }) => attributes['name'] === wanted);
  const strange = item.properties.flatMap((property): Problem[] => {
    const attributes = find(property.name)?.attributes;
    if (!attributes)
      return [problemAt(property.place, invalidProperty(property.name, `c:${name}`))];
    const wrong = property.values.flatMap((value) => valueProblem(attributes, value) ?? []);
    return wrong.slice(0, 1).map((message) => problemAt(property.place, message));
  });
  const missing = known
    .filter(
      ({ attributes }) => attributes['required'] === 'true' && attributes['default'] === undefined,
    )
    .map(({ attributes }) => attributes['name'] ?? '')
    .filter((wanted) => !item.properties.some((one) => one.name === wanted))
    .map((wanted) =>
      problemAt(item.place, `Component [c:${name}] is missing required property [${wanted}]`),
    );
  return [...strange, ...missing];
}

function ownProblems(item: Item, name: string, draft: PageDraft, plan: Plan): Problem[] {
  const { type, sobjectType = '' } = draft.body;
  if (!isPageType(type)) return [];
  const isThere = plan.nameOf('LightningComponentBundle', name) === name;
  if (!isThere) return [problemAt(item.place, noDesign(`c:${name}`))];
  const body = plan.bodyOf('LightningComponentBundle', name) as LightningComponentBundle;
  const exposure = exposureOf(name, body);
  if (!exposure.isExposed) return [problemAt(item.place, notExposed(name))];
  const why = hindrance(exposure, type, sobjectType);
  return why === undefined
    ? ownPropertyProblems(item, name, exposure, type)
    : [problemAt(item.place, `${noDesign(`c:${name}`)} (${why})`)];
}

const componentsFit: Rule<'FlexiPage'> = (draft, plan) => {
  const { type } = draft.body;
  if (!isPageType(type)) return [];
  return itemsOf(draft).flatMap((item) => {
    const name = ownName(item.component);
    return name === undefined ? standardProblems(item, type) : ownProblems(item, name, draft, plan);
  });
};

const propertiesAreDistinct: Rule<'FlexiPage'> = (draft) =>
  itemsOf(draft).flatMap(({ properties }) =>
    repeated(properties, ({ name }) => name).map(({ value }) =>
      problemAt(value.place, `Duplicate property: ${value.name}`),
    ),
  );

const contentsExist: Rule<'FlexiPage'> = (draft, plan) =>
  itemsOf(draft).flatMap((item) => contentProblems(item, draft.body.sobjectType ?? '', plan));

/** What the components on a page must fulfil. */
export const pageItemRules: readonly Rule<'FlexiPage'>[] = [
  componentsFit,
  propertiesAreDistinct,
  contentsExist,
  actionNamesFit,
];
