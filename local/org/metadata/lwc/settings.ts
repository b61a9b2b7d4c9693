import type { LightningComponentBundle } from '@salesforce/types/metadata';
import { childOf, childrenOf, parseXml, type XmlElement } from '../xml/parse-xml.ts';
import { mainFile } from './bundle.ts';

/** What the settings of a component say of some of its targets. */
export interface TargetConfig {
  readonly targets: readonly string[];
  readonly properties: readonly XmlElement[];
  /** Objects on whose pages it can be placed; on all when there are none. */
  readonly objects: readonly XmlElement[];
  readonly element: XmlElement;
}

const listOf = (text = ''): readonly string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** The `targetConfig` elements of a component's settings. */
export const targetConfigs = (root: XmlElement): readonly TargetConfig[] =>
  childrenOf(root, 'targetConfigs')
    .flatMap((configs) => childrenOf(configs, 'targetConfig'))
    .map((element) => ({
      targets: listOf(element.attributes['targets']),
      properties: childrenOf(element, 'property'),
      objects: childrenOf(element, 'objects').flatMap((objects) => childrenOf(objects, 'object')),
      element,
    }));

/** What of a component other components ask for. */
export interface Exposure {
  readonly isExposed: boolean;
  readonly targets: readonly string[];
  readonly configs: readonly TargetConfig[];
}

/** What a component that was deployed, or is in this deploy, lets others do with it. */
export function exposureOf(name: string, body: LightningComponentBundle): Exposure {
  const file = mainFile(body, name, 'js-meta.xml');
  return {
    isExposed: body.isExposed ?? false,
    targets: (body.targets?.target ?? []).map((one) => one.trim()),
    configs: file ? targetConfigs(parseXml(file.source)) : [],
  };
}

/** The kind of quick action that a component is: a screen unless its settings say otherwise. */
export function actionTypeOf({ configs }: Exposure): string {
  const config = configs.find(({ targets }) => targets.includes('lightning__RecordAction'));
  return (config && childOf(config.element, 'actionType')?.text.trim()) ?? 'ScreenAction';
}
