import type { SharedTo } from '@salesforce/types/metadata';
import { notFound } from '../rule.ts';

/** What names whom something is shared with, and what that is; the local org has none of them. */
const kinds = {
  group: 'Group',
  role: 'Role',
  roleAndSubordinates: 'Role',
  roleAndSubordinatesInternal: 'Role',
  territory: 'Territory',
  territoryAndSubordinates: 'Territory',
} as const;

/** The first group or role that is named and not there. @param element which holds the names */
export function missingSharer(element: string, shared: SharedTo): string | undefined {
  return Object.entries(kinds)
    .flatMap(([kind, type]) =>
      shared[kind as keyof typeof kinds].map((name) => notFound(element, type, name)),
    )
    .at(0);
}
