import type { DraftOf } from '../../read/kinds.ts';
import { childrenOf, elementsAt, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt } from '../../xml/read-typed.ts';
import { labelProblem, nameProblem, textProblem } from '../names.ts';
import { standardComponents } from './page-components.ts';
import { fieldsOf, itemsOf, regionsOf } from './page-items.ts';
import { pageItemRules } from './page-item-rules.ts';
import { isPageType, templates } from './page-templates.ts';
import { pageVisibilityRules } from './page-visibility-rules.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type PageRule = Rule<'FlexiPage'>;

const textsFit: PageRule = (draft) => {
  const wrong = {
    fullName: nameProblem(draft.fullName, 80),
    masterLabel: labelProblem('FlexiPage', draft.body.masterLabel, 80),
    description: textProblem('description', draft.body.description, 255),
  };
  return Object.entries(wrong).flatMap(([element, message]) =>
    message === undefined ? [] : refuse(draft, message, element),
  );
};

const typeIsEmulated: PageRule = (draft) =>
  isPageType(draft.body.type)
    ? []
    : refuse(draft, `The local org does not emulate pages of the type ${draft.body.type}.`, 'type');

const partsAreEmulated: PageRule = (draft) =>
  (['parentFlexiPage', 'events', 'quickActionList', 'platformActionlist'] as const).flatMap(
    (part) =>
      childrenOf(draft.element, part).length > 0
        ? refuse(draft, `The local org does not emulate pages with ${part}.`, part)
        : [],
  );

const objectFits: PageRule = (draft, plan) => {
  const { type, sobjectType } = draft.body;
  if (type === 'RecordPage' && sobjectType === undefined) {
    return refuse(draft, 'Required field is missing: sobjectType');
  }
  if (sobjectType === undefined) return [];
  if (type !== 'RecordPage') {
    return refuse(draft, `A page of the type ${type} has no sobjectType`, 'sobjectType');
  }
  return ['standard', 'custom'].includes(plan.object(sobjectType)?.kind ?? '')
    ? []
    : refuse(draft, notFound('sobjectType', 'CustomObject', sobjectType), 'sobjectType');
};

const templateFits: PageRule = (draft) => {
  const { name } = draft.body.template;
  const template = templates.get(name);
  if (!template) return refuse(draft, `Template ${name} doesn't exist.`, 'template');
  return template.type === draft.body.type
    ? []
    : refuse(draft, `Template ${name} is not for pages of the type ${draft.body.type}`, 'template');
};

const regionsAreOfTheTemplate: PageRule = (draft) => {
  const template = templates.get(draft.body.template.name);
  if (!template) return [];
  const regions = regionsOf(draft).filter(({ type }) => type === 'Region');
  const strange = regions
    .filter(({ name }) => !template.regions.includes(name))
    .map(({ name, place }) =>
      problemAt(place, `The '${name}' region (type Region) doesn't exist.`),
    );
  const missing = template.regions
    .filter((name) => !regions.some((one) => one.name === name))
    .flatMap((name) =>
      refuse(draft, `The page has no '${name}' region of its template`, 'template'),
    );
  return [...strange, ...missing];
};

const regionsAreDistinct: PageRule = (draft) =>
  repeated(regionsOf(draft), ({ name }) => name).map(({ value: { name, place } }) =>
    problemAt(place, `Duplicate region: ${name}`),
  );

interface FacetUse {
  readonly name: string;
  readonly place: XmlElement;
}

const facetUses = (draft: DraftOf<'FlexiPage'>): readonly FacetUse[] =>
  itemsOf(draft).flatMap(({ component, properties }) => {
    const facets = standardComponents.get(component)?.facets ?? [];
    return properties
      .filter(({ name }) => facets.includes(name))
      .flatMap(({ values, place }) => values.map((name) => ({ name, place })));
  });

const facetsFit: PageRule = (draft) => {
  const facets = regionsOf(draft).filter(({ type }) => type === 'Facet');
  const uses = facetUses(draft);
  const missing = uses
    .filter(({ name }) => !facets.some((one) => one.name === name))
    .map(({ name, place }) =>
      problemAt(
        place,
        `The facet ${name} is defined by a component in the FlexiPage but not actually used.`,
      ),
    );
  const idle = facets
    .filter(({ name }) => !uses.some((one) => one.name === name))
    .map(({ name, place }) => problemAt(place, `The '${name}' region (type Facet) doesn't exist.`));
  const twice = repeated(uses, ({ name }) => name).map(({ value: { name, place } }) =>
    problemAt(place, `The facet ${name} is used by more than one component`),
  );
  return [...missing, ...idle, ...twice];
};

const instanceKinds = ['componentInstance', 'fieldInstance'] as const;

const identifiersAreDistinct: PageRule = (draft) => {
  const identifiers = instanceKinds.flatMap((kind) =>
    elementsAt(draft.element, 'flexiPageRegions', 'itemInstances', kind, 'identifier'),
  );
  return repeated(identifiers, ({ text }) => text).map(({ value }) =>
    problemAt(value, `Duplicate identifier: ${value.text}; it must be unique on the page`),
  );
};

const itemsHoldOneThing: PageRule = (draft) =>
  elementsAt(draft.element, 'flexiPageRegions', 'itemInstances')
    .filter(({ children }) => children.length !== 1)
    .map((place) =>
      problemAt(place, 'An itemInstances holds a componentInstance or a fieldInstance'),
    );

const fieldsExist: PageRule = (draft, plan) =>
  fieldsOf(draft).flatMap((instance) =>
    childrenOf(instance, 'fieldItem').flatMap((place) => {
      const name = /^Record\.(\w+)$/.exec(place.text.trim())?.[1];
      const object = draft.body.sobjectType ?? '';
      return name !== undefined && plan.field(object, name)
        ? []
        : [
            problemAt(
              place,
              notFound('fieldItem', 'CustomField', `${object}.${name ?? place.text}`),
            ),
          ];
    }),
  );

/** What a Lightning page must fulfil. */
export const pageRules: readonly PageRule[] = [
  textsFit,
  typeIsEmulated,
  partsAreEmulated,
  objectFits,
  templateFits,
  regionsAreOfTheTemplate,
  regionsAreDistinct,
  facetsFit,
  identifiersAreDistinct,
  itemsHoldOneThing,
  fieldsExist,
  ...pageItemRules,
  ...pageVisibilityRules,
];
