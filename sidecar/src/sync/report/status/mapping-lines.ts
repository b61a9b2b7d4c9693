import type { HeldMapping } from '../../../ports/held-mappings.ts';
import type { Mapping } from '../../../mapping/model/mapping.ts';
import { isReadFor, type Resource } from '../../../mapping/model/resources.ts';
import type { Backlog } from '../../../ports/change-queue.ts';
import type { LastWritten } from './last-written.ts';

/** How one mapping of a store is doing. */
export interface MappingStanding {
  /** DeveloperName. */
  readonly name: string;
  readonly label: string;
  /** Null where the row of a held one names none that exists. */
  readonly resource: Resource | null;
  /** `late`: records of it wait longer than they should. */
  readonly state: 'active' | 'held' | 'late';
  /** When it last wrote a record to Salesforce, as ISO 8601; null where no write was noted. */
  readonly written: string | null;
}

interface Known {
  readonly mappings: readonly Pick<Mapping, 'name' | 'label' | 'resource' | 'object'>[];
  readonly held: readonly Pick<HeldMapping, 'name' | 'label' | 'resource' | 'object'>[];
  /** Of the store. */
  readonly backlog: readonly Backlog[];
  readonly written: LastWritten;
  /** Of a mapping that is the only one of its object, what an earlier version noted. */
  readonly writtenByObject?: LastWritten;
  /** What was queued before is late. */
  readonly lateBefore: Date;
}

/** Those that are held come first, then those that are late. */
export function mappingStandings(known: Known): readonly MappingStanding[] {
  const { mappings, held, backlog, written, writtenByObject = {}, lateBefore } = known;
  const late = backlog.filter(({ oldest }) => oldest !== null && oldest <= lateBefore);
  const all = [
    ...held.map((one) => ({ ...one, state: 'held' as const })),
    ...mappings.map((one) => {
      const isLate = late.some(({ resource }) => isReadFor(one.resource, resource));
      return { ...one, state: isLate ? ('late' as const) : ('active' as const) };
    }),
  ];
  const isAlone = (object: string) => all.filter((one) => one.object === object).length === 1;
  const before = (object: string | null) =>
    object !== null && isAlone(object) ? writtenByObject[object] : undefined;
  const rank = { held: 0, late: 1, active: 2 };
  return all
    .map(({ name, label, resource, state, object }) => ({
      name,
      label,
      resource,
      state,
      written: written[name] ?? before(object) ?? null,
    }))
    .sort((one, other) => rank[one.state] - rank[other.state]);
}

/** `Order active 2026-11-28T10:15:00.000Z Orders`; a dash for never. */
export const mappingLines = (all: readonly MappingStanding[]): readonly string[] =>
  all.map(({ name, state, written, label }) => `${name} ${state} ${written ?? '-'} ${label}`);
