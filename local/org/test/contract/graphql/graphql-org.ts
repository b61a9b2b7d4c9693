import { HttpOrg } from '../http-org.ts';
import { RightsOrg, type User } from '../rights-org.ts';

interface Shown {
  readonly message: string;
  readonly locations: readonly unknown[];
  readonly paths: readonly string[];
  readonly extensions: { readonly ErrorType: string };
}

export interface Answered {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly Shown[];
}

type Variables = Readonly<Record<string, unknown>>;

/** Sends a request to an org as its administrator, or as the user that is given. */
export async function send(
  at: HttpOrg | User,
  query: string,
  variables: Variables = {},
  operationName?: string,
): Promise<Answered> {
  const body = { query, variables, operationName };
  const { status, body: answered } = await at.rest('POST', '/graphql', body);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(answered)}`);
  return answered as Answered;
}

/** `query { … }` below `uiapi`; throws what it was refused with. */
export async function read(
  at: HttpOrg | User,
  inner: string,
  variables: Variables = {},
  head = '',
): Promise<Record<string, unknown>> {
  const { data, errors } = await send(
    at,
    `query ${head} { uiapi { query { ${inner} } } }`,
    variables,
  );
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
  return (data as { uiapi: { query: Record<string, unknown> } }).uiapi.query;
}

interface Connection {
  readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[];
}

/** The nodes of a connection, each `{ value }` alone as its value. */
export const nodes = (connection: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (connection as Connection).edges.map(({ node }) => unwrapped(node) as Record<string, unknown>);

function unwrapped(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === 'value') return entries[0][1];
  return Object.fromEntries(entries.map(([key, one]) => [key, unwrapped(one)]));
}

/** Messages of the errors of a request, without the place at their end. */
export async function refusals(
  at: HttpOrg | User,
  query: string,
  variables: Variables = {},
): Promise<readonly string[]> {
  return (await send(at, query, variables)).errors.map(
    ({ message, extensions }) => `${extensions.ErrorType} ${message}`,
  );
}

/** Refusals of what stands below `uiapi { query { … } }`. */
export const refused = (at: HttpOrg | User, inner: string): Promise<readonly string[]> =>
  refusals(at, `{ uiapi { query { ${inner} } } }`);

export { HttpOrg, RightsOrg, type User };
