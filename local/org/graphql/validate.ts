import {
  ExecutableDefinitionsRule,
  FieldsOnCorrectTypeRule,
  FragmentsOnCompositeTypesRule,
  KnownArgumentNamesRule,
  KnownDirectivesRule,
  KnownFragmentNamesRule,
  KnownOperationTypesRule,
  KnownTypeNamesRule,
  LoneAnonymousOperationRule,
  NoFragmentCyclesRule,
  NoUndefinedVariablesRule,
  NoUnusedFragmentsRule,
  NoUnusedVariablesRule,
  OverlappingFieldsCanBeMergedRule,
  PossibleFragmentSpreadsRule,
  ProvidedRequiredArgumentsRule,
  ScalarLeafsRule,
  UniqueArgumentNamesRule,
  UniqueDirectivesPerLocationRule,
  UniqueFragmentNamesRule,
  UniqueInputFieldNamesRule,
  UniqueOperationNamesRule,
  UniqueVariableNamesRule,
  ValuesOfCorrectTypeRule,
  VariablesAreInputTypesRule,
  VariablesInAllowedPositionRule,
  validate,
  visit,
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { shownProblem, type ShownProblem } from './problem.ts';

/** The names that graphql-java, on which the real API stands, gives the errors of each rule. */
const rules: readonly (readonly [name: string, rule: ValidationRule])[] = [
  ['NonExecutableDefinition', ExecutableDefinitionsRule],
  ['UnknownOperation', KnownOperationTypesRule],
  ['DuplicateOperationName', UniqueOperationNamesRule],
  ['LoneAnonymousOperationViolation', LoneAnonymousOperationRule],
  ['UnknownType', KnownTypeNamesRule],
  ['InlineFragmentTypeConditionInvalid', FragmentsOnCompositeTypesRule],
  ['NonInputTypeOnVariable', VariablesAreInputTypesRule],
  ['FieldUndefined', FieldsOnCorrectTypeRule],
  ['SubSelectionRequired', ScalarLeafsRule],
  ['DuplicateFragmentName', UniqueFragmentNamesRule],
  ['UndefinedFragment', KnownFragmentNamesRule],
  ['UnusedFragment', NoUnusedFragmentsRule],
  ['InvalidFragmentType', PossibleFragmentSpreadsRule],
  ['FragmentCycle', NoFragmentCyclesRule],
  ['DuplicateVariableName', UniqueVariableNamesRule],
  ['UndefinedVariable', NoUndefinedVariablesRule],
  ['UnusedVariable', NoUnusedVariablesRule],
  ['UnknownDirective', KnownDirectivesRule],
  ['DuplicateDirectiveName', UniqueDirectivesPerLocationRule],
  ['UnknownArgument', KnownArgumentNamesRule],
  ['DuplicateArgumentNames', UniqueArgumentNamesRule],
  ['WrongType', ValuesOfCorrectTypeRule],
  ['MissingFieldArgument', ProvidedRequiredArgumentsRule],
  ['VariableTypeMismatch', VariablesInAllowedPositionRule],
  ['FieldsConflict', OverlappingFieldsCanBeMergedRule],
  ['UniqueObjectFieldName', UniqueInputFieldNamesRule],
];

/** `uiapi/query/Account` for a node there: the names of the fields that it stands in. */
function pathsOf(document: DocumentNode): ReadonlyMap<ASTNode, string> {
  const paths = new Map<ASTNode, string>();
  visit(document, {
    enter(node, _key, _parent, _path, ancestors) {
      const around = ancestors.flatMap((one) => ('kind' in one ? [one] : []));
      const names = [...around, node].flatMap((one) =>
        one.kind === 'Field' ? [one.name.value] : [],
      );
      paths.set(node, names.join('/'));
    },
  });
  return paths;
}

/** The words of the real API where they are known, else those of graphql-js. */
function worded(name: string, message: string): readonly [name: string, text: string] {
  const field = /^Cannot query field "(.+?)" on type "(.+?)"/.exec(message);
  if (field) return [name, `Field '${field[1]}' in type '${field[2]}' is undefined`];
  const bare = /^Field "(.+?)" of type "(.+?)" must have a selection/.exec(message);
  if (bare) return [name, `Sub selection required for type ${bare[2]} of field ${bare[1]}`];
  const leaf = /^Field "(.+?)" must not have a selection since type "(.+?)"/.exec(message);
  if (leaf) {
    const text = `Sub selection not allowed on leaf type ${leaf[2]} of field ${leaf[1]}`;
    return ['SubSelectionNotAllowed', text];
  }
  const variable = /^Variable ".+?" of type "(.+?)" used in position expecting type "(.+?)"/.exec(
    message,
  );
  if (variable) {
    return [name, `Variable type '${variable[1]}' doesn't match expected type '${variable[2]}'`];
  }
  return [name, message];
}

function shown(
  rule: string,
  error: GraphQLError,
  paths: ReadonlyMap<ASTNode, string>,
): ShownProblem {
  const [name, text] = worded(rule, error.message);
  // Of a variable the second node is its use, which is what graphql-java points at.
  const node = error.nodes?.at(-1);
  const path = node && paths.get(node);
  const place = path === undefined || path === '' ? '' : ` @ '${path}'`;
  const message = `Validation error of type ${name}: ${text}${place}`;
  return shownProblem('ValidationError', message, node ? [node] : []);
}

const options = { hideSuggestions: true };
const allRules = rules.map(([, rule]) => rule);

/** What is wrong with a document by the schema of a user; nothing when it may be run. */
export function problemsOf(schema: GraphQLSchema, document: DocumentNode): readonly ShownProblem[] {
  // All rules at once are quick, and an error does not tell which one it is of.
  if (validate(schema, document, allRules, options).length === 0) return [];
  const paths = pathsOf(document);
  return rules.flatMap(([name, rule]) =>
    validate(schema, document, [rule], options).map((error) => shown(name, error, paths)),
  );
}
