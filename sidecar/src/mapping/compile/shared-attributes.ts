import type { OutgoingField } from '../model/mapping.ts';
import type { Draft } from './draft.ts';

/**
 * Two mappings that write one attribute of the shop from different fields: the emptier one would take away what the
 * other brings. Where one of them has no condition they meet for sure, and one is held: the one that only goes to
 * the shop, else the later.
 */
export function holdForSharedAttributes(drafts: readonly Draft[]): void {
  drafts.forEach((later, at) => {
    for (const earlier of drafts.slice(0, at)) {
      const [kept, given] =
        isOutward(earlier) && !isOutward(later) ? [later, earlier] : [earlier, later];
      const found = sharedBy(kept, given);
      if (found === null || kept.problems.held || given.problems.held) continue;
      const [mine, other] = found;
      const isSure = [kept, given].some(({ conditions }) => conditions.all.length === 0);
      const details = {
        code: 'MAPPING_ATTRIBUTE_SHARED',
        place: mine.place,
        message: `${mine.place} writes ${mine.field} to ${mine.attribute} of the shop, and ${other.place} of ${kept.row.name} writes ${other.field} there: where one is empty it takes away what the other brings.`,
        cure: `Remove one of the two field mappings, or map both to the same field${isSure ? '' : '; conditions that exclude each other are fine'}.`,
      };
      if (isSure) given.problems.hold(details);
      else given.problems.warn(details);
    }
  });
}

function isOutward({ settings }: Draft): boolean {
  return settings?.direction === 'to_woo';
}

/** The first attribute that both write to the same records of the shop, from different fields. */
function sharedBy(kept: Draft, given: Draft): readonly [OutgoingField, OutgoingField] | null {
  const [a, b] = [kept.settings, given.settings];
  if (a === null || b === null || a.resource !== b.resource) return null;
  const areApart = a.store !== null && b.store !== null && a.store !== b.store;
  // A store's own mapping takes the place of the common one of the same object.
  const replaces =
    a.store !== b.store && a.object === b.object && !isOutward(kept) && !isOutward(given);
  if (areApart || replaces) return null;
  for (const mine of given.outgoing) {
    const other = kept.outgoing.find(({ attribute }) => attribute === mine.attribute);
    if (other !== undefined && (a.object !== b.object || other.field !== mine.field)) {
      return [mine, other];
    }
  }
  return null;
}
