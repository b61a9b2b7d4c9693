import { parseType } from './types/type.ts';
import type { ClassOutline, MethodOutline } from './run/linked.ts';

/** A value that goes in or comes out of an invocable method. */
interface Side {
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
}

/** A method that flows and the REST API may call, with a list in and a list out. */
export interface InvocableMethod {
  readonly label: string;
  readonly inputs: readonly Side[];
  readonly outputs: readonly Side[];
  readonly method: MethodOutline;
  /** The class of its requests, and of its results, where they have variables. */
  readonly request: ClassOutline | undefined;
  readonly result: ClassOutline | undefined;
}

/** `label='Add' required=true` */
function settingOf(inside: string, name: string): string | undefined {
  const found = new RegExp(`\\b${name}\\s*=\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|(\\w+))`, 'i').exec(
    inside,
  );
  return found?.[1] ?? found?.[2];
}

const sidesOf = ({ fields }: ClassOutline): readonly Side[] =>
  fields.flatMap(({ name, type, annotations }) => {
    const { invocablevariable: inside } = annotations;
    if (inside === undefined) return [];
    return [{ name, type, isRequired: settingOf(inside, 'required')?.toLowerCase() === 'true' }];
  });

/** What the list of a method holds. */
function itemOf(classes: readonly ClassOutline[], type: string) {
  const item = parseType(type).args[0]?.text ?? '';
  return { item, outline: classes.find(({ name }) => name === item) };
}

/** The method of a class that may be called, by the name of the class in any case. */
export function invocableOf(
  classes: readonly ClassOutline[],
  className: string,
): InvocableMethod | undefined {
  const found = classes.find(({ name }) => name.toLowerCase() === className.toLowerCase());
  const method = found?.methods.find((one) => 'invocablemethod' in one.annotations);
  if (!method) return undefined;
  const [parameter] = method.parameters;
  const request = parameter && itemOf(classes, parameter.type);
  const result = method.returns === 'void' ? undefined : itemOf(classes, method.returns);
  return {
    label: settingOf(method.annotations['invocablemethod'] ?? '', 'label') ?? method.name,
    method,
    request: request?.outline,
    result: result?.outline,
    inputs: !request
      ? []
      : request.outline
        ? sidesOf(request.outline)
        : [{ name: parameter.name, type: request.item, isRequired: true }],
    outputs: !result
      ? []
      : result.outline
        ? sidesOf(result.outline)
        : [{ name: 'output', type: result.item, isRequired: false }],
  };
}
