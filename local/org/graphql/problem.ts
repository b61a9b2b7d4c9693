import { getLocation, type ASTNode } from 'graphql';

/** `ErrorType` of the GraphQL API: https://developer.salesforce.com/docs/platform/graphql/guide/query-status.html */
export type ErrorType =
  | 'InvalidSyntax'
  | 'ValidationError'
  | 'DataFetchingException'
  | 'OperationNotSupported';

/** An entry of `errors`; the real API says `paths`, where GraphQL has `path`. */
export interface ShownProblem {
  readonly message: string;
  readonly locations: readonly { readonly line: number; readonly column: number }[];
  readonly paths: readonly string[];
  readonly extensions: { readonly ErrorType: ErrorType };
}

const locationsOf = (nodes: readonly ASTNode[]): ShownProblem['locations'] =>
  nodes.flatMap(({ loc }) => (loc ? [getLocation(loc.source, loc.start)] : []));

/** Why a request, or one operation of a mutation, is refused. */
export class GraphqlProblem extends Error {
  readonly shown: readonly ShownProblem[];

  constructor(shown: readonly ShownProblem[]) {
    super(shown.map(({ message }) => message).join('\n'));
    this.name = 'GraphqlProblem';
    this.shown = shown;
  }
}

export const shownProblem = (
  type: ErrorType,
  message: string,
  nodes: readonly ASTNode[] = [],
  paths: readonly string[] = [],
): ShownProblem => ({
  message,
  locations: locationsOf(nodes),
  paths,
  extensions: { ErrorType: type },
});

/** A request that is valid, but asks for what cannot be given. */
export const fetchProblem = (message: string, node?: ASTNode): GraphqlProblem =>
  new GraphqlProblem([shownProblem('DataFetchingException', message, node ? [node] : [])]);

/** For what the real API takes and this org does not: never an answer that is wrong. */
export const notEmulated = (what: string, node?: ASTNode): GraphqlProblem =>
  new GraphqlProblem([
    shownProblem(
      'OperationNotSupported',
      `NOT_EMULATED: The local org does not emulate ${what} in GraphQL.`,
      node ? [node] : [],
    ),
  ]);
