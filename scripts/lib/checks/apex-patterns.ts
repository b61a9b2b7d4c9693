import { nodesOf, type ApexNode } from '../../../local/org/metadata/apex/apex-parser.ts';
import type { ApexProblem } from '../../../local/org/metadata/apex/apex-problem.ts';

/** What stands for the part of a text that is not a literal. */
const UNKNOWN = 'x';

/** Times that a group may be repeated: each costs a few frames of Java's stack. */
const MOST = 50;

/**
 * Regular expressions of a class that may overflow Java's stack: for a repeated group whose parts differ in length
 * or in kind, java.util.regex recurses once per turn. Apex answers such an overflow with "Regex too complicated",
 * which cannot be caught. All texts of a class are looked at, since a pattern may reach its method by any way.
 */
export function recursivePatterns(tree: ApexNode): readonly ApexProblem[] {
  return textsOf(tree).flatMap(({ text, line, column }) => {
    const group = repeatedGroup(text);
    return group === null
      ? []
      : [
          {
            line,
            column,
            message: `A regular expression repeats the group ${group}: in Java each turn is a recursion, and a long text ends in "Regex too complicated". Search for what must not be there instead.`,
          },
        ];
  });
}

interface Text {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Literals, those that `+` joins as one. */
function textsOf(tree: ApexNode): readonly Text[] {
  const joined = new Set<ApexNode>();
  return [...nodesOf(tree)].flatMap((node) => {
    if (joined.has(node)) return [];
    const parts = isSum(node) ? summands(node, joined) : [node];
    const first = parts.find((part) => literalOf(part) !== null);
    if (first === undefined) return [];
    const { line, column } = first['loc'] as Text;
    return [{ text: parts.map((part) => literalOf(part) ?? UNKNOWN).join(''), line, column }];
  });
}

/** What a sum adds, from left to right. Its own sums and literals are noted, so that none is looked at twice. */
function summands(sum: ApexNode, joined: Set<ApexNode>): readonly ApexNode[] {
  return [sum['left'] as ApexNode, sum['right'] as ApexNode].flatMap((side) => {
    if (isSum(side) || literalOf(side) !== null) joined.add(side);
    return isSum(side) ? summands(side, joined) : [side];
  });
}

function isSum(node: ApexNode): boolean {
  const op = node['op'] as { readonly $?: string } | undefined;
  return String(node['@class']).endsWith('Expr$BinaryExpr') && op?.$ === 'ADDITION';
}

function literalOf(node: ApexNode): string | null {
  const value = (node['literal'] as { readonly $?: unknown } | undefined)?.$;
  return typeof value === 'string' ? value : null;
}

/** A group varies where a group within it does. */
function lendVariation(outer: { varies: boolean } | undefined, varies: boolean): void {
  if (outer && varies) outer.varies = true;
}

/** The first group with alternatives or repetitions in it that is repeated without a narrow bound. */
export function repeatedGroup(pattern: string): string | null {
  const open: { from: number; varies: boolean }[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at];
    const within = open.at(-1);
    if (char === '\\') at += 1;
    else if (char === '[') at = endOfClass(pattern, at);
    else if (char === '(') open.push({ from: at, varies: false });
    else if (char === ')') {
      const group = open.pop();
      const isRepeated = isManyTimes(pattern.slice(at + 1));
      if (group?.varies && isRepeated) return pattern.slice(group.from, at + 2);
      lendVariation(open.at(-1), isRepeated || group?.varies === true);
    } else if (within && (char === '|' || isManyTimes(pattern.slice(at)))) within.varies = true;
  }
  return null;
}

function isManyTimes(rest: string): boolean {
  const [, from, to] = /^\{(\d+)(?:,(\d*))?\}/.exec(rest) ?? [];
  if (from === undefined) return /^[*+]/.test(rest);
  return to === '' || Number(to ?? from) > MOST;
}

/** Where a class of characters ends; a bracket at its beginning belongs to it. */
function endOfClass(pattern: string, from: number): number {
  let at = pattern[from + 1] === '^' ? from + 2 : from + 1;
  if (pattern[at] === ']') at += 1;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}
