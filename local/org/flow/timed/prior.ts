import type { Flow, FlowConnector } from '@salesforce/types/metadata';
import type { Surroundings } from '../elements.ts';

const NODES = [
  ...(['actionCalls', 'assignments', 'decisions', 'loops', 'subflows'] as const),
  ...(['recordCreates', 'recordLookups', 'recordUpdates'] as const),
];

/** All texts of an element under that key, however deep; without a key, all its texts. */
function textsOf(element: unknown, key?: string): readonly string[] {
  if (typeof element !== 'object' || element === null) return [];
  return Object.entries(element).flatMap(([name, value]): readonly string[] => {
    if (typeof value === 'string') return key === undefined || key === name ? [value] : [];
    return textsOf(value, key);
  });
}

/** Elements that a path can come to, by their names. */
function reachedFrom(first: string | undefined, flow: Flow): ReadonlySet<string> {
  const nodes = NODES.flatMap((kind) => flow[kind].map((one) => ({ kind, one })));
  const reached = new Set<string>();
  const open = first === undefined ? [] : [first];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(
      ...nodes
        .filter(({ one }) => one.name === name)
        .flatMap(({ one }) => textsOf(one, 'targetReference')),
    );
  }
  return reached;
}

/** Whether the texts name the record as it was, or a formula or text template that does. */
function namesPrior(texts: readonly string[], flow: Flow, seen: readonly string[] = []): boolean {
  if (texts.some((text) => /\$Record__Prior\b/i.test(text))) return true;
  return [...flow.formulas, ...flow.textTemplates].some((resource) => {
    const { name = '' } = resource;
    const isNamed = texts.some((text) => text === name || text.includes(`{!${name}}`));
    return isNamed && !seen.includes(name) && namesPrior(textsOf(resource), flow, [...seen, name]);
  });
}

/** There is no record as it was once the save is over: what a scheduled path comes to must not ask for it. */
export function refusePrior(
  connector: FlowConnector | undefined,
  { flow, problems }: Surroundings,
): void {
  const reached = reachedFrom(connector?.targetReference, flow);
  for (const kind of NODES) {
    for (const [index, one] of flow[kind].entries()) {
      const { name = '' } = one;
      if (!reached.has(name) || !namesPrior(textsOf(one), flow)) continue;
      problems.add(
        `${name}: $Record__Prior can't be used in a scheduled path, which runs when the save is over`,
        [kind, index],
      );
    }
  }
}
