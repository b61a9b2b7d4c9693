import { listOf, textOf, type Element } from './xml.ts';

/** Types of a component's properties by name: `Integer`, `Boolean`, `String` … */
export type PropertyTypes = Readonly<Record<string, string>>;

/** The properties that a component's metadata lets admins set, of all the places that it may be put in. */
export function parsePropertyTypes(component: Element): PropertyTypes {
  const properties = listOf(component, 'targetConfigs')
    .flatMap((configs) => listOf(configs, 'targetConfig'))
    .flatMap((config) => listOf(config, 'property'));
  return Object.fromEntries(
    properties.map((property) => [textOf(property, 'name'), textOf(property, 'type')]),
  );
}
