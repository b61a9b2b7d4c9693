import type { TransitionRow } from '../model/config-rows.ts';
import type { Transitions } from '../model/mapping.ts';
import type { Problems } from '../model/problems.ts';
import type { Resource } from '../model/resources.ts';
import { statusSlug } from './order-status.ts';

/** What the shop makes itself, and no person gives. */
const OF_THE_SHOP: readonly string[] = ['trash', 'auto-draft', 'checkout-draft'];

/** The list of transitions of a mapping, checked. One that is wrong is left out, so that nothing is sent by it. */
export function readTransitions(
  resource: Resource,
  rows: readonly TransitionRow[],
  problems: Problems,
): Transitions {
  const open = new Map<string, Set<string>>();
  for (const row of rows) {
    const { name: place } = row;
    const [from, to] = [statusSlug(row.from), statusSlug(row.to)];
    const wrong = resource === 'order' ? mistakeOf(row, from, to) : 'only orders have transitions';
    if (wrong !== null || from === null || to === null) {
      problems.warn({
        code: 'MAPPING_TRANSITION',
        place,
        message: `The transition ${place} from "${row.from ?? ''}" to "${row.to ?? ''}" is left out: ${wrong ?? ''}.`,
        cure: `Name two statuses of the shop as its REST API does, such as on-hold and processing; or uncheck Active of the transition.`,
      });
      continue;
    }
    open.set(from, new Set([...(open.get(from) ?? []), to]));
  }
  return open;
}

function mistakeOf(
  { from: givenFrom, to: givenTo }: TransitionRow,
  from: string | null,
  to: string | null,
): string | null {
  if (from === null) return `"${givenFrom ?? ''}" is no status`;
  if (to === null) return `"${givenTo ?? ''}" is no status`;
  if (OF_THE_SHOP.includes(to)) return `the shop alone makes orders ${to}`;
  return from === to ? 'it changes nothing' : null;
}
