import { createRequire } from 'node:module';
import { memoised } from '../../lib/memoised.ts';

const load = createRequire(import.meta.url);
const compiler = (): Compiler => load('lwc/template-compiler') as Compiler;

/** A component that a template shows, and where; lines and columns count from 1. */
export interface Child {
  /** As the tag spells it: `c-woo-badge`. */
  readonly tag: string;
  readonly line: number;
  readonly column: number;
}

interface Node {
  readonly type: string;
  readonly name?: string;
  readonly location?: { readonly startLine: number; readonly startColumn: number };
  readonly children?: readonly Node[];
}

/** What is used of `lwc/template-compiler`, whose own declarations lack it. */
interface Compiler {
  parse(
    source: string,
    config: { readonly enableDynamicComponents: boolean; readonly enableLwcOn: boolean },
  ): { readonly root?: Node };
}

function childrenIn(node: Node): readonly Child[] {
  const below = (node.children ?? []).flatMap(childrenIn);
  const { name: tag = '', location } = node;
  if (node.type !== 'Component' || !location) return below;
  return [{ tag, line: location.startLine, column: location.startColumn }, ...below];
}

/** The components of a template; none when it does not parse, which the compiler says. */
export const componentsIn = memoised((source): readonly Child[] => {
  const { root } = compiler().parse(source, { enableDynamicComponents: true, enableLwcOn: true });
  return root ? childrenIn(root) : [];
});

/** `c-woo-badge` → `c` and `wooBadge`, as modules are named. */
export function moduleOf(tag: string): { readonly namespace: string; readonly name: string } {
  const at = tag.indexOf('-');
  const name = tag
    .slice(at + 1)
    .replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  return { namespace: tag.slice(0, at), name };
}
