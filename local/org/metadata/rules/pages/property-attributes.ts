import type { XmlElement } from '../../xml/parse-xml.ts';
import { problemAt, type Problem } from '../../xml/read-typed.ts';

const known = new Set([
  'name',
  'type',
  'label',
  'description',
  'default',
  'required',
  'min',
  'max',
  'placeholder',
  'datasource',
  'role',
  'exposedTo',
  'filter',
  'screenResponsive',
  'translatable',
]);

/** Types that every page takes, and those that only some targets take. */
const pageTypes = new Set(['String', 'Integer', 'Boolean']);
const otherTypes: ReadonlyMap<string, readonly string[]> = new Map([
  ['Color', ['lightningCommunity__Default']],
  ['ContentReference', ['lightningCommunity__Default']],
  ['Date', ['lightning__FlowScreen']],
  ['DateTime', ['lightning__FlowScreen']],
  ['Decimal', ['lightning__FlowScreen']],
]);

function isType(type: string, targets: readonly string[]): boolean {
  if (pageTypes.has(type)) return true;
  if (targets.every((one) => one === 'lightning__FlowScreen')) {
    return (
      otherTypes.get(type)?.includes('lightning__FlowScreen') ?? /^(@salesforce|apex|\{)/.test(type)
    );
  }
  return targets.every((one) => otherTypes.get(type)?.includes(one) ?? false);
}

const whole = /^-?\d+$/;

function isValue(type: string, value: string): boolean {
  if (type === 'Integer') return whole.test(value);
  return type !== 'Boolean' || ['true', 'false'].includes(value);
}

function rangeProblem(type: string, { min, max, default: value }: XmlElement['attributes']) {
  if (min === undefined && max === undefined) return undefined;
  if (type !== 'Integer') return "Only a property of the type 'Integer' has min and max";
  const [low, high] = [Number(min ?? -Infinity), Number(max ?? Infinity)];
  const wrong =
    low > high || (value !== undefined && (Number(value) < low || Number(value) > high));
  return wrong ? `The default ${value ?? ''} is not from ${low} to ${high}` : undefined;
}

/**
 * What is wrong with the attributes of a `property`.
 * @param targets of the `targetConfig` that it stands in
 */
export function attributeProblems(property: XmlElement, targets: readonly string[]): Problem[] {
  const { attributes } = property;
  const { name, type = '', default: value } = attributes;
  const strange = Object.keys(attributes).find((one) => !known.has(one));
  const range = rangeProblem(type, attributes);
  const wrong = [
    strange === undefined ? undefined : `Invalid attribute in property: '${strange}'`,
    name === undefined ? "Required attribute is missing in property: 'name'" : undefined,
    isType(type, targets) ? undefined : `Invalid type of the property ${name ?? ''}: '${type}'`,
    value === undefined || isValue(type, value)
      ? undefined
      : `Invalid default of the property ${name ?? ''}: '${value}' is no ${type}`,
    range,
  ];
  return wrong.flatMap((message) => (message === undefined ? [] : [problemAt(property, message)]));
}

/** Why a page may not give the value to a property; undefined when it may. */
export function valueProblem(
  { name = '', type = '', min = '-Infinity', max = 'Infinity' }: XmlElement['attributes'],
  value: string,
): string | undefined {
  if (!isValue(type, value)) {
    return `Invalid value '${value}' of the property [${name}] of type ${type}`;
  }
  return type === 'Integer' && (Number(value) < Number(min) || Number(value) > Number(max))
    ? `Invalid value '${value}' of the property [${name}]: ${min} to ${max}`
    : undefined;
}
