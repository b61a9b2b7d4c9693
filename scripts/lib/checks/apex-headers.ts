import { nodesOf, type ApexNode } from '../../../local/org/metadata/apex/apex-parser.ts';
import type { ApexProblem } from '../../../local/org/metadata/apex/apex-problem.ts';

interface Name {
  readonly value: string;
  readonly loc: { readonly line: number; readonly column: number };
}

/** A method call: `answer.headers.get(name)` goes through `answer` and `headers`. */
interface Call {
  readonly path: readonly string[];
  readonly method: Name;
  readonly argument: ApexNode | undefined;
}

const lower = (text: string | undefined): string => text?.toLowerCase() ?? '';

/** Names of headers that a class puts into a map `headers`: read back they have the same case. */
export function headersPut(tree: ApexNode): readonly string[] {
  return callsOf(tree).flatMap(({ path, method, argument }) => {
    if (lower(method.value) !== 'put' || lower(path.at(-1)) !== 'headers') return [];
    return literalOf(argument) ?? [];
  });
}

/**
 * Headers that a class reads by a name of its own: `HttpResponse.getHeader` and the map `headers` of a `RestRequest`
 * compare names with case, and others send them in any. What is read by the names that were sent is right, and so is
 * what our own classes have put into a map. Tests read what the classes themselves send.
 * @param put `headersPut` of all classes
 */
export function headersByCase(tree: ApexNode, put: ReadonlySet<string>): readonly ApexProblem[] {
  if (isTest(tree)) return [];
  const sent = new Set([...nodesOf(tree)].flatMap(keysOf));
  const headers = aliasesOf(tree);
  const requests = requestsOf(tree);
  return callsOf(tree).flatMap(({ path, method, argument }) => {
    const from = path.length === 1 ? (headers.get(lower(path[0])) ?? path) : path;
    const way = wayOf(method.value, from);
    if (way === undefined || sent.has(lower(variableOf(argument)))) return [];
    const isOurs = way.keys === 'keySet' && !requests.has(lower(from.at(-2)));
    if (isOurs && put.has(literalOf(argument) ?? '')) return [];
    const message = `${way.name} finds a header by its case only, and others send names in any: go through ${way.keys}.`;
    return [{ line: method.loc.line, column: method.loc.column, message }];
  });
}

function wayOf(method: string, path: readonly string[]) {
  const name = lower(method);
  if (name === 'getheader') return { name: 'getHeader', keys: 'getHeaderKeys' };
  const isMap = lower(path.at(-1)) === 'headers' && (name === 'get' || name === 'containskey');
  return isMap ? { name: `headers.${method}`, keys: 'keySet' } : undefined;
}

/** Variables that stand for a map `headers`, with the names behind it. */
function aliasesOf(tree: ApexNode): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...nodesOf(tree)].flatMap((node) => {
      const value = (node['assignment'] as { readonly value?: ApexNode } | undefined)?.value;
      const path = (value?.['names'] ?? []) as readonly Name[];
      const isAlias =
        String(value?.['@class']).endsWith('$VariableExpr') &&
        lower(path.at(-1)?.value) === 'headers';
      return isAlias
        ? [[lower((node['name'] as Name).value), path.map((one) => one.value)] as const]
        : [];
    }),
  );
}

/** What stands for the request of a caller: `request` of `RestContext`, and variables of its type. */
function requestsOf(tree: ApexNode): ReadonlySet<string> {
  const typed = [...nodesOf(tree)].flatMap((node) => {
    const type = (node['typeRef'] ?? node['type']) as
      | { readonly names?: readonly Name[] }
      | undefined;
    if (lower(type?.names?.at(-1)?.value) !== 'restrequest') return [];
    return ((node['decls'] ?? [node]) as readonly ApexNode[]).map(({ name }) =>
      lower((name as Name | undefined)?.value),
    );
  });
  return new Set(['request', ...typed]);
}

/** The variable of a loop over the names of the headers that were sent. */
function keysOf(node: ApexNode): readonly string[] {
  if (!String(node['@class']).endsWith('.ForInit')) return [];
  const over = (node['expr'] as { readonly value?: ApexNode } | undefined)?.value;
  const call = over && callOf(over);
  if (!call || !['getheaderkeys', 'keyset'].includes(lower(call.method.value))) return [];
  return (node['name'] as readonly Name[]).map(({ value }) => lower(value));
}

const callsOf = (tree: ApexNode): readonly Call[] =>
  [...nodesOf(tree)].flatMap((node) => callOf(node) ?? []);

function callOf(node: ApexNode): Call | undefined {
  if (!String(node['@class']).endsWith('$MethodCallExpr')) return undefined;
  const names = node['names'] as readonly Name[];
  const method = names.at(-1);
  const [argument] = node['inputParameters'] as readonly ApexNode[];
  return method && { path: names.slice(0, -1).map((one) => one.value), method, argument };
}

function variableOf(node: ApexNode | undefined): string | undefined {
  const [name] = (node?.['names'] ?? []) as readonly Name[];
  return name?.value;
}

function literalOf(node: ApexNode | undefined): string | undefined {
  const value = (node?.['literal'] as { readonly $?: unknown } | undefined)?.$;
  return typeof value === 'string' ? value : undefined;
}

function isTest(tree: ApexNode): boolean {
  const body = tree['body'] as { readonly modifiers?: readonly ApexNode[] } | undefined;
  return (body?.modifiers ?? []).some(
    ({ name }) => lower((name as Name | undefined)?.value) === 'istest',
  );
}
