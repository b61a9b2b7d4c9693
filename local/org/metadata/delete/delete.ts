import type { Flow } from '@salesforce/types/metadata';
import type { Component } from '../../model/deploy-target.ts';
import { splitName, type Before } from '../plan/plan.ts';
import { typeOfRecord } from '../plan/records.ts';
import type { Failure } from '../read/components.ts';
import type { Deletion } from '../read/deletions.ts';
import { containers, type FileType } from '../read/kinds.ts';
import { orgOf, type MetadataTarget } from '../plan/target.ts';
import { References } from './references.ts';
import { keyOf, objectWithout, removalOf, type Removal } from './removal.ts';
import { tidied } from './tidy.ts';

/** What became of a list of deletions. */
export interface Deleted {
  readonly done: readonly Deletion[];
  /** Those that were not there: a real org warns of them, and goes on. */
  readonly unknown: readonly Deletion[];
  readonly failures: readonly Failure[];
}

interface Named {
  readonly deletion: Deletion;
  readonly component: Component;
}

/** `CustomField` as a sentence says it: custom field. */
const words = (type: string): string =>
  type.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();

const isAssigned = (target: MetadataTarget, name: string): boolean =>
  target.db.get(
    'SELECT a.Id FROM PermissionSetAssignment a JOIN PermissionSet p ON p.Id = a.PermissionSetId WHERE p.Name = ? AND a.IsDeleted = 0',
    name,
  ) !== undefined;

/** What keeps a component from being deleted, whoever refers to it. */
function ownRefusal({ type, fullName, body }: Component, target: MetadataTarget) {
  if (type !== 'CustomObject' && containers.has(type as FileType)) {
    return `A ${words(type)} file is deleted by deleting what is in it`;
  }
  if (type === 'CustomObject' && !/__(c|mdt)$/.test(fullName)) {
    return `Cannot delete standard object: ${fullName}`;
  }
  if (type === 'Flow' && (body as Flow).status === 'Active') {
    return 'insufficient access rights on cross-reference id';
  }
  if (type === 'Queue') return 'The local org does not delete queues.';
  if (type === 'PermissionSet' && isAssigned(target, fullName)) {
    return `The permission set ${fullName} is assigned to users. Remove the assignments and try again.`;
  }
  return undefined;
}

const usedBy = (component: Component, users: readonly Component[]): string =>
  `This ${words(component.type)} is referenced elsewhere in salesforce.com. ` +
  'Remove the usage and try again. : ' +
  users.map((one) => `${one.type} - ${one.fullName}`).join(', ');

function splitBy(named: readonly Named[], messageOf: (one: Component) => string | undefined) {
  const verdicts = named.map((one) => ({ one, message: messageOf(one.component) }));
  return {
    kept: verdicts.filter(({ message }) => message === undefined).map(({ one }) => one),
    failures: verdicts.flatMap(({ one, message }): Failure[] =>
      message === undefined ? [] : [{ ...one.deletion, message }],
    ),
  };
}

const componentsOf = (named: readonly Named[]): readonly Component[] =>
  named.map(({ component }) => component);

/** Leaves out what others need, until nobody needs any of the rest. */
function whatNobodyNeeds(named: readonly Named[], before: Before, all: readonly Component[]) {
  const failures: Failure[] = [];
  let rest = named;
  for (;;) {
    const removal = removalOf(componentsOf(rest), all);
    const staying = all.filter((one) => !removal.has(one)).map((one) => tidied(one, removal));
    const references = new References(before, removal, staying);
    const { kept, failures: refused } = splitBy(rest, (component) => {
      const users = references.to(component);
      return users.length === 0 ? undefined : usedBy(component, users);
    });
    if (refused.length === 0) return { named: rest, removal, staying, failures };
    failures.push(...refused);
    rest = kept;
  }
}

function removeRow({ type, fullName }: Component, target: MetadataTarget): void {
  const { object, name } = splitName(fullName);
  if (type === 'CustomMetadata') {
    target.removeSystemRow(typeOfRecord(fullName), { DeveloperName: name });
  } else if (type === 'PermissionSet' || type === 'StaticResource') {
    target.removeSystemRow(type, { Name: fullName });
  } else if (type === 'RecordType') {
    target.removeSystemRow(type, { SobjectType: object, DeveloperName: name });
  }
}

function write(removal: Removal, staying: readonly Component[], target: MetadataTarget): void {
  const before = new Set(target.components());
  target.putComponents(staying.filter((one) => !before.has(one)));
  for (const component of removal.components) removeRow(component, target);
  target.removeComponents(removal.components);
  target.removeObjects(removal.objects);
  for (const object of Array.from(target.schema().values())) {
    const without = objectWithout(object, removal);
    if (without !== object) target.replaceObject(without);
  }
}

/**
 * Deletes components, but none that another one needs.
 * The caller begins before it, and commits or rolls back after it.
 */
export function deleteComponents(deletions: readonly Deletion[], target: MetadataTarget): Deleted {
  if (deletions.length === 0) return { done: [], unknown: [], failures: [] };
  const all = target.components();
  const byKey = new Map(all.map((one) => [keyOf(one), one]));
  const known = new Map<string, Named>();
  const unknown: Deletion[] = [];
  for (const deletion of deletions) {
    const component =
      byKey.get(keyOf(withoutVersion(deletion))) ?? standardObject(deletion, target);
    if (component) known.set(keyOf(component), { deletion, component });
    else unknown.push(deletion);
  }
  const own = splitBy([...known.values()], (one) => ownRefusal(one, target));
  const { named, removal, staying, failures } = whatNobodyNeeds(own.kept, orgOf(target), all);
  write(removal, staying, target);
  return {
    done: named.map(({ deletion }) => deletion),
    unknown,
    failures: [...own.failures, ...failures],
  };
}

/** `Name-1` is a version of a flow, the only one that this org keeps. */
const withoutVersion = ({ type, fullName }: Deletion): Pick<Component, 'type' | 'fullName'> => ({
  type,
  fullName: type === 'Flow' ? fullName.replace(/-1$/, '') : fullName,
});

/** Standard objects are there though nobody deployed them. */
function standardObject({ type, fullName }: Deletion, target: MetadataTarget) {
  const object = target.schema().get(fullName.toLowerCase());
  return type === 'CustomObject' && object ? { type, fullName, body: {} } : undefined;
}
