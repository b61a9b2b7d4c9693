import type { ApiSchemaTypes } from '@salesforce/types/metadata';
import type { XmlElement } from './parse-xml.ts';
import { metadataModel, type ComplexModel, type ValueType } from './type-model.ts';

/** Something wrong at a place of a deployed file. */
export interface Problem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
  /** Path in the zip, where it is not the component's own file. */
  readonly fileName?: string;
}

/** A value whose type only the file tells, by `xsi:type` or `xsi:nil`. */
export interface AnyValue {
  /** Such as `xsd:boolean`; undefined when the file does not say. */
  readonly xsiType: string | undefined;
  /** undefined for `xsi:nil`. */
  readonly text: string | undefined;
}

export const problemAt = (place: XmlElement, message: string): Problem => ({
  message,
  line: place.line,
  column: place.column,
});

const parsing = (place: XmlElement, message: string): Problem =>
  problemAt(place, `Error parsing file: ${message}`);

function complexType(name: string): ComplexModel {
  const model = metadataModel().complex(name);
  if (!model) throw new Error(`The Metadata API has no type ${name}`);
  return model;
}

function checkSimple(element: XmlElement, type: ValueType): Problem[] {
  const [child] = element.children;
  if (child && type.kind !== 'any') {
    return [parsing(child, `Element ${child.name} invalid at this location in ${element.name}`)];
  }
  const text = element.text.trim();
  switch (type.kind) {
    case 'boolean':
      return ['true', 'false', '1', '0'].includes(text)
        ? []
        : [parsing(element, `'${text}' is not a valid value for xsd:boolean in ${element.name}`)];
    case 'number':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text)
        ? []
        : [parsing(element, `'${text}' is not a valid number in ${element.name}`)];
    case 'enum':
      return type.values.has(text)
        ? []
        : [parsing(element, `'${text}' is not a valid value for the enum '${type.name}'`)];
    default:
      return [];
  }
}

/**
 * Elements that stand twice. Those of a list may, but side by side: a real org refuses a second
 * group of them elsewhere in the file.
 */
export function checkRepeats(element: XmlElement, typeName: string): Problem[] {
  const model = complexType(typeName);
  const lastSeen = new Map<string, number>();
  return element.children.flatMap((child, at) => {
    const previous = lastSeen.get(child.name);
    lastSeen.set(child.name, at);
    const isList = model.get(child.name)?.list ?? true;
    if (previous === undefined || (isList && previous === at - 1)) return [];
    return [
      parsing(child, `Element ${child.name} is duplicated at this location in type ${typeName}`),
    ];
  });
}

function checkChildren(element: XmlElement, typeName: string, model: ComplexModel): Problem[] {
  const problems = element.children.flatMap((child): Problem[] => {
    const declared = model.get(child.name);
    if (!declared) {
      return [parsing(child, `Element ${child.name} invalid at this location in type ${typeName}`)];
    }
    return declared.type.kind === 'complex'
      ? checkElement(child, declared.type.name)
      : checkSimple(child, declared.type);
  });
  const present = new Set(element.children.map((one) => one.name));
  for (const [name, declared] of model) {
    if (declared.required && !present.has(name)) {
      problems.push(problemAt(element, `Required field is missing: ${name}`));
    }
  }
  return problems;
}

/**
 * Checks an element against a type of the Metadata API. As in a real org the order of different
 * elements is free; names, enums, simple types, required and repeated elements are not.
 */
export function checkElement(element: XmlElement, typeName: string): Problem[] {
  return [
    ...checkChildren(element, typeName, complexType(typeName)),
    ...checkRepeats(element, typeName),
  ];
}

function anyValue(element: XmlElement): AnyValue {
  const attribute = (name: string): string | undefined =>
    Object.entries(element.attributes).find(([key]) => key.endsWith(`:${name}`))?.[1];
  const isNil = ['true', '1'].includes(attribute('nil') ?? '');
  return { xsiType: attribute('type'), text: isNil ? undefined : element.text };
}

function valueOf(element: XmlElement, type: ValueType): unknown {
  switch (type.kind) {
    case 'boolean':
      return ['true', '1'].includes(element.text.trim());
    case 'number':
      return Number(element.text.trim());
    case 'enum':
      return element.text.trim();
    case 'string':
      return element.text;
    case 'any':
      return anyValue(element);
    case 'complex':
      return readElement(element, type.name);
  }
}

function readElement(element: XmlElement, typeName: string): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, declared] of complexType(typeName)) {
    const found = element.children.filter((one) => one.name === name);
    const values = found.map((one) => valueOf(one, declared.type));
    if (declared.list) result[name] = values;
    else if (values.length > 0) result[name] = values[0];
  }
  return result;
}

/**
 * The element as the value that `@salesforce/types` declares for the type: lists always arrays,
 * booleans and numbers as such. Call it only for an element that `checkElement` found right.
 */
export function readTyped<T extends keyof ApiSchemaTypes>(
  element: XmlElement,
  typeName: T,
): ApiSchemaTypes[T] {
  return readElement(element, typeName) as ApiSchemaTypes[T];
}
