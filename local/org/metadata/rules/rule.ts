import type { DraftOf, SupportedType } from '../read/kinds.ts';
import type { Plan } from '../plan/plan.ts';
import { childrenOf, type XmlElement } from '../xml/parse-xml.ts';
import { problemAt, type Problem } from '../xml/read-typed.ts';

/**
 * One thing that a real org refuses. It sees the component and the org as it would be after the
 * deploy, and answers with what is wrong; nothing when all is well.
 */
export type Rule<T extends SupportedType> = (draft: DraftOf<T>, plan: Plan) => readonly Problem[];

interface Placed {
  readonly element: XmlElement;
}

/** A refusal at the n-th element of that name, or at the component when it has none. */
export function refuse(draft: Placed, message: string, element?: string, index = 0): Problem[] {
  const place = element === undefined ? undefined : childrenOf(draft.element, element)[index];
  return [problemAt(place ?? draft.element, message)];
}

/** A real org says no more of what it does not take: a feature that is off, a language. */
export const notAvailable = 'Not available for deploy for this organization';

/** How a real org says that a name leads nowhere. */
export const notFound = (element: string, type: string, name: string): string =>
  `In field: ${element} - no ${type} named ${name} found`;

/** The things that occur more than once, by the name that `nameOf` gives them in any case. */
export function repeated<V>(
  values: readonly V[],
  nameOf: (value: V) => string,
): readonly { readonly value: V; readonly index: number }[] {
  const seen = new Set<string>();
  return values.flatMap((value, index) => {
    const name = nameOf(value).toLowerCase();
    const isRepeat = seen.has(name);
    seen.add(name);
    return isRepeat ? [{ value, index }] : [];
  });
}
