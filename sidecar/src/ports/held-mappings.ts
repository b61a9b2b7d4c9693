import type { MappingSource, Problem } from '../mapping/model/config-rows.ts';
import type { Mapping, NotFor } from '../mapping/model/mapping.ts';
import { isOfRivals } from '../mapping/model/problems.ts';
import { resourceOf } from '../mapping/model/resource-of.ts';
import { type ChangeResource, isReadFor, type Resource } from '../mapping/model/resources.ts';

/** An active mapping that is left out: it could only write half or wrong. */
export interface HeldMapping {
  /** DeveloperName. */
  readonly name: string;
  readonly label: string;
  /** Key of the store that it is for; null for every store, and where the row names none that exists. */
  readonly store: string | null;
  /** Stores that have a mapping of their own for the same records, so that this one would not run for them. */
  readonly notFor: readonly string[];
  /** Null where the row names none that exists. */
  readonly resource: Resource | null;
  /** API name as the row has it, whether or not the org has such an object; null where the row is not known. */
  readonly object: string | null;
  /** Why; at least one. */
  readonly problems: readonly Problem[];
}

export function heldMappings(
  { mappings }: Pick<MappingSource, 'mappings'>,
  { problems, notFor }: { readonly problems: readonly Problem[]; readonly notFor: NotFor },
): readonly HeldMapping[] {
  const fatal = Map.groupBy(
    problems.filter((problem) => problem.fatal),
    ({ mapping }) => mapping,
  );
  return [...fatal].map(([name, those]) => {
    const row = mappings.find((one) => one.name === name);
    const isOfNoStore = those.some(({ code }) => code === 'MAPPING_UNKNOWN_STORE');
    return {
      name,
      label: row?.label ?? name,
      problems: those,
      notFor: notFor.get(name) ?? [],
      store: isOfNoStore ? null : (row?.store ?? null),
      resource: (row && resourceOf(row)[0]) ?? null,
      object: row?.object ?? null,
    };
  });
}

/** Those that a store lacks: one for every store is not missed where the store has its own, be that held. */
export function heldFor(
  { held }: { readonly held: readonly HeldMapping[] },
  key: string,
): readonly HeldMapping[] {
  return held.filter(({ store, notFor }) =>
    store === null ? !notFor.includes(key) : store === key,
  );
}

/** Whether a change event of the resource may bring records that the mapping is of. */
export function isOfChange(
  { resource: mapped }: Pick<HeldMapping, 'resource'>,
  resource: ChangeResource,
): boolean {
  return mapped === null || isReadFor(mapped, resource);
}

/** Which of these mappings write to the same place as another, one line per problem. */
export function rivalLines(
  problems: readonly Problem[],
  mappings: readonly Pick<Mapping, 'name'>[],
): readonly string[] {
  const names = new Set(mappings.map(({ name }) => name));
  return problems
    .filter((problem) => !problem.fatal && isOfRivals(problem) && names.has(problem.mapping))
    .map(({ code, place, message, cure }) => `${code} at ${place}: ${message} ${cure}`);
}

/** Why a mapping is held, one line per problem. */
export function heldLines({ label, problems }: HeldMapping): readonly string[] {
  return problems.map(
    ({ code, place, message, cure }) => `${label} is held. ${code} at ${place}: ${message} ${cure}`,
  );
}

/** What is wrong behind where it is: many messages begin with that themselves. */
export function placed({ place, message }: Pick<Problem, 'place' | 'message'>): string {
  const isNamed = [' ', ':'].some((next) => message.startsWith(`${place}${next}`));
  return isNamed ? message : `${place}: ${message}`;
}
