import {
  nodesOf,
  type ApexNode,
  type ApexProblem,
} from '../../../local/org/metadata/apex/apex-parser.ts';

interface Name {
  readonly value: string;
  readonly loc: { readonly line: number; readonly column: number };
}

/**
 * Headers of answers that a class reads by a name of its own: `getHeader` compares names with case, and shops send
 * them in any. What is read by the names of `getHeaderKeys` is right. Tests read what the classes themselves send.
 */
export function headersByCase(tree: ApexNode): readonly ApexProblem[] {
  if (isTest(tree)) return [];
  const sent = new Set([...nodesOf(tree)].flatMap(keysOf));
  return [...nodesOf(tree)].flatMap((node) => {
    const method = methodOf(node);
    if (method?.value.toLowerCase() !== 'getheader') return [];
    const [argument] = node['inputParameters'] as readonly ApexNode[];
    const [variable] = (argument?.['names'] ?? []) as readonly Name[];
    if (variable !== undefined && sent.has(variable.value)) return [];
    return [
      {
        ...{ line: method.loc.line, column: method.loc.column },
        message:
          'getHeader finds a header by its case only, and shops send names in any: go through getHeaderKeys.',
      },
    ];
  });
}

/** The variable of a loop over the names of the headers that were sent. */
function keysOf(node: ApexNode): readonly string[] {
  if (!String(node['@class']).endsWith('.ForInit')) return [];
  const over = (node['expr'] as { readonly value?: ApexNode } | undefined)?.value;
  if (over === undefined || methodOf(over)?.value.toLowerCase() !== 'getheaderkeys') return [];
  return (node['name'] as readonly Name[]).map(({ value }) => value);
}

function methodOf(node: ApexNode): Name | undefined {
  if (!String(node['@class']).endsWith('$MethodCallExpr')) return undefined;
  return (node['names'] as readonly Name[]).at(-1);
}

function isTest(tree: ApexNode): boolean {
  const body = tree['body'] as { readonly modifiers?: readonly ApexNode[] } | undefined;
  return (body?.modifiers ?? []).some(
    ({ name }) => (name as Name | undefined)?.value.toLowerCase() === 'istest',
  );
}
