import {
  getVariableValues,
  GraphQLError,
  parse,
  valueFromASTUntyped,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type OperationDefinitionNode,
} from 'graphql';
import type { OrgView } from '../model/org-view.ts';
import { withoutHidden } from './run/optional.ts';
import { GraphqlProblem, shownProblem } from './problem.ts';
import { graphqlSchemaOf } from './schema/schema.ts';
import { select, type Operation, type Selected } from './run/select.ts';
import { problemsOf } from './validate.ts';

/** A document of more tokens is no query of a component, and would take memory. */
const maxLexicalTokens = 20_000;

export interface GraphqlRequest {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
}

export interface Prepared {
  readonly kind: 'query' | 'mutation';
  readonly fields: readonly Selected[];
}

const refused = (
  type: 'InvalidSyntax' | 'OperationNotSupported' | 'ValidationError',
  text: string,
) => new GraphqlProblem([shownProblem(type, text)]);

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxLexicalTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const shown = shownProblem('InvalidSyntax', `Invalid syntax encountered. ${error.message}`);
    throw new GraphqlProblem([{ ...shown, locations: error.locations ?? [] }]);
  }
}

function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const all = document.definitions.flatMap((one) =>
    one.kind === 'OperationDefinition' ? [one] : [],
  );
  const named = name === undefined ? all : all.filter((one) => one.name?.value === name);
  const [operation, ...more] = named;
  if (operation && more.length === 0) return operation;
  throw refused(
    'OperationNotSupported',
    name === undefined
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named '${name}'.`,
  );
}

/** Values of the variables as they were given, checked against their types; defaults for those left out. */
function variablesOf(
  schema: Operation['schema'],
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const definitions = operation.variableDefinitions ?? [];
  const { errors } = getVariableValues(schema, definitions, given, { hideSuggestions: true });
  if (errors) {
    throw new GraphqlProblem(
      errors.map(({ message, nodes }) => shownProblem('ValidationError', message, nodes)),
    );
  }
  return Object.fromEntries(
    definitions.flatMap(({ variable, defaultValue }): readonly (readonly [string, unknown])[] => {
      const name = variable.name.value;
      if (given[name] !== undefined) return [[name, given[name]]];
      return defaultValue ? [[name, valueFromASTUntyped(defaultValue)]] : [];
    }),
  );
}

/**
 * A request as the fields that it asks for.
 * @throws GraphqlProblem for syntax, for what the user's schema does not have, and for what is not emulated
 */
export function prepare(org: OrgView, request: GraphqlRequest): Prepared {
  const schema = graphqlSchemaOf(org.schema());
  const document = withoutHidden(org, schema, parsed(request.query));
  const problems = problemsOf(schema, document);
  if (problems.length > 0) throw new GraphqlProblem(problems);
  const node = operationOf(document, request.operationName);
  const fragments = document.definitions.filter(
    (one): one is FragmentDefinitionNode => one.kind === 'FragmentDefinition',
  );
  const operation: Operation = {
    schema,
    fragments: new Map(fragments.map((one) => [one.name.value, one])),
    variables: variablesOf(schema, node, request.variables),
  };
  const kind = node.operation === 'mutation' ? 'mutation' : 'query';
  const root = schema.getRootType(node.operation) as GraphQLObjectType;
  return { kind, fields: select(operation, root, node.selectionSet.selections) };
}
