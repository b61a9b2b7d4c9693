import type { FlexiPage } from '@salesforce/types/metadata';
import { mainFile } from '../../lwc/bundle.ts';
import { readScript, type Script } from '../../lwc/script.ts';
import { targetConfigs, type TargetConfig } from '../../lwc/settings.ts';
import type { Plan } from '../../plan/plan.ts';
import type { DraftOf } from '../../read/kinds.ts';
import { childrenOf, type XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';
import { notExposed } from '../pages/page-item-rules.ts';
import { ownName } from '../pages/page-items.ts';
import { isPageType, targetOf } from '../pages/page-templates.ts';
import { attributeProblems } from '../pages/property-attributes.ts';
import { notFound, refuse, repeated, type Rule } from '../rule.ts';

type BundleDraft = DraftOf<'LightningComponentBundle'>;
type BundleRule = Rule<'LightningComponentBundle'>;

const knownTargets = new Set([
  'lightning__AppPage',
  'lightning__HomePage',
  'lightning__RecordPage',
  'lightning__RecordAction',
  'lightning__Tab',
  'lightning__UtilityBar',
  'lightning__UrlAddressable',
  'lightning__FlowScreen',
  'lightning__FlowAction',
  'lightning__Inbox',
  'lightning__GlobalAction',
  'lightning__AgentforceInput',
  'lightning__AgentforceOutput',
  'lightning__Dashboard',
  'lightning__EnablementProgram',
  'lightning__VoiceExtension',
  'analytics__Dashboard',
  'lightningCommunity__Page',
  'lightningCommunity__Default',
  'lightningCommunity__Page_Layout',
  'lightningCommunity__Theme_Layout',
  'lightningSnapin__ChatHeader',
  'lightningSnapin__ChatMessage',
  'lightningSnapin__Minimized',
  'lightningSnapin__PreChat',
  'lightningStatic__Email',
]);

/** Targets whose components take no values from whoever places them. */
const withoutProperties = new Set(['lightning__RecordAction', 'lightning__Tab']);

const targetElements = (draft: BundleDraft): readonly XmlElement[] =>
  childrenOf(draft.element, 'targets').flatMap((targets) => childrenOf(targets, 'target'));

const exposureIsSaid: BundleRule = (draft) =>
  draft.body.isExposed === undefined ? refuse(draft, 'Required field is missing: isExposed') : [];

const targetsAreKnown: BundleRule = (draft) => {
  const targets = targetElements(draft);
  const unknown = targets
    .filter(({ text }) => !knownTargets.has(text.trim()))
    .map((place) => problemAt(place, `Invalid target: '${place.text.trim()}'`));
  const twice = repeated(targets, ({ text }) => text.trim()).map(({ value }) =>
    problemAt(value, `Duplicate target: ${value.text.trim()}`),
  );
  return [...unknown, ...twice];
};

/** Applies to each `targetConfig` alone. */
const eachConfig =
  (check: (config: TargetConfig, draft: BundleDraft) => readonly Problem[]): BundleRule =>
  (draft) =>
    targetConfigs(draft.element).flatMap((config) => check(config, draft));

const configsFitTargets = eachConfig(({ element, targets }, draft) => {
  if (targets.length === 0) {
    return [problemAt(element, "Required attribute is missing in targetConfig: 'targets'")];
  }
  const listed = new Set(targetElements(draft).map(({ text }) => text.trim()));
  return targets
    .filter((one) => !listed.has(one))
    .map((one) => problemAt(element, `The target '${one}' of a targetConfig is not in targets`));
});

const configElements = new Set([
  'property',
  'objects',
  'supportedFormFactors',
  'actionType',
  'event',
  'propertyType',
  'hasStep',
  'configurationEditor',
  'sourceTypes',
]);

const configsHoldKnownElements = eachConfig(({ element }) =>
  element.children
    .filter(({ name }) => !configElements.has(name))
    .map((one) =>
      problemAt(one, `Element ${one.name} invalid at this location in type targetConfig`),
    ),
);

const actionTypesFit = eachConfig(({ element, targets }) =>
  childrenOf(element, 'actionType').flatMap((place) => {
    const type = place.text.trim();
    if (!['ScreenAction', 'Action'].includes(type)) {
      return [problemAt(place, `Invalid actionType: '${type}'; it is ScreenAction or Action`)];
    }
    return targets.includes('lightning__RecordAction')
      ? []
      : [problemAt(place, 'An actionType stands only with the target lightning__RecordAction')];
  }),
);

const formFactorsAreKnown = eachConfig(({ element }) =>
  childrenOf(element, 'supportedFormFactors')
    .flatMap((factors) => childrenOf(factors, 'supportedFormFactor'))
    .filter(({ attributes }) => !['Large', 'Small'].includes(attributes['type'] ?? ''))
    .map((place) =>
      problemAt(place, `Invalid form factor: '${place.attributes['type'] ?? ''}'; Large or Small`),
    ),
);

const objectsExist: BundleRule = (draft, plan) =>
  targetConfigs(draft.element).flatMap(({ objects, targets, element }) => {
    if (objects.length > 0 && !targets.includes('lightning__RecordPage')) {
      return [problemAt(element, 'Objects stand only with the target lightning__RecordPage')];
    }
    return objects
      .filter(({ text }) => text.trim() !== '*' && !plan.object(text.trim()))
      .map((place) => problemAt(place, notFound('object', 'CustomObject', place.text.trim())));
  });

interface Holder {
  readonly page: string;
  readonly type: string;
}

/** The pages of the org that hold the component, but those of this deploy, which speak for themselves. */
function holdersOf(component: string, plan: Plan): readonly Holder[] {
  const changed = new Set(plan.draftsOf('FlexiPage').map(({ fullName }) => fullName));
  const pages = [...plan.before.components.values()].filter(
    ({ type, fullName }) => type === 'FlexiPage' && !changed.has(fullName),
  );
  return pages.flatMap(({ fullName, body }) => {
    const { flexiPageRegions, type } = body as FlexiPage;
    const names = flexiPageRegions.flatMap(({ itemInstances }) =>
      itemInstances.map(({ componentInstance }) => ownName(componentInstance?.componentName ?? '')),
    );
    return names.includes(component) ? [{ page: fullName, type }] : [];
  });
}

/** A page holds what it holds: the component under it stays placeable. */
const pagesKeepIt: BundleRule = (draft, plan) => {
  const holders = holdersOf(draft.fullName, plan);
  const listed = new Set(targetElements(draft).map(({ text }) => text.trim()));
  if (draft.body.isExposed === false && holders.length > 0) {
    const pages = holders.map(({ page }) => page).join(', ');
    return refuse(draft, `${notExposed(draft.fullName)}: ${pages}`, 'isExposed');
  }
  return holders.flatMap(({ page, type }) => {
    const target = isPageType(type) ? targetOf[type] : undefined;
    return target === undefined || listed.has(target)
      ? []
      : refuse(
          draft,
          `This component needs the target ${target}: it is on the Lightning page ${page}`,
          'targets',
        );
  });
};

const nameOf = (property: XmlElement): string => property.attributes['name'] ?? '';

const scriptOf = ({ fullName, body }: BundleDraft): Script | undefined => {
  const file = mainFile(body, fullName, 'js');
  return file && readScript(file.source);
};

const propertiesAreOfTheClass = eachConfig(({ properties, targets }, draft) => {
  if (properties.length === 0) return [];
  const closed = targets.find((one) => withoutProperties.has(one));
  if (closed !== undefined) {
    return properties.map((one) => problemAt(one, `The target ${closed} takes no property`));
  }
  const script = scriptOf(draft);
  const isKnown = (name: string): boolean =>
    script !== undefined && (script.inherits || script.api.has(name));
  const strange = properties.filter((one) => !isKnown(nameOf(one)));
  return strange.map((one) =>
    problemAt(
      one,
      `The '${nameOf(one)}' property doesn't exist on the 'c:${draft.fullName}' component: ` +
        'its class has no such @api property',
    ),
  );
});

const propertiesAreDistinct = eachConfig(({ properties }) =>
  repeated(properties, nameOf).map(({ value }) =>
    problemAt(value, `Duplicate property: ${nameOf(value)}`),
  ),
);

const attributesFit = eachConfig(({ properties, targets }) =>
  properties.flatMap((property) => attributeProblems(property, targets)),
);

/** What the settings of a Lightning web component, its `js-meta.xml`, must fulfil. */
export const bundleSettingsRules: readonly BundleRule[] = [
  exposureIsSaid,
  targetsAreKnown,
  configsFitTargets,
  configsHoldKnownElements,
  actionTypesFit,
  formFactorsAreKnown,
  objectsExist,
  pagesKeepIt,
  propertiesAreOfTheClass,
  propertiesAreDistinct,
  attributesFit,
];
