import { ComponentSet } from '@salesforce/source-deploy-retrieve';
import { join } from 'node:path';

export interface Named {
  readonly type: string;
  readonly fullName: string;
}

/** All that this project may have brought into an org. A recipe may have been deployed from where it is. */
const FOLDERS = [
  'force-app',
  'config/org',
  'config/second-store',
  'config/recipes',
  'config/japanese',
];

/** Files that are deleted by deleting what is in them, and words that go with what they are about. */
const NOT_DELETED: ReadonlySet<string> = new Set([
  'CustomFieldTranslation',
  'CustomLabels',
  'CustomObjectTranslation',
  'SharingRules',
  'Translations',
  'Workflow',
]);

const CUSTOM = /__(?:c|mdt)$/;
const isStandardObject = ({ type, fullName }: Named): boolean =>
  type === 'CustomObject' && !CUSTOM.test(fullName);

/**
 * What a deletion names: a custom object stands for all that is about it alone, such as its fields and layouts.
 * @param root of the project
 */
export function projectComponents(root: string): readonly Named[] {
  const source = ComponentSet.fromSource(FOLDERS.map((folder) => join(root, folder)));
  const all = source
    .getSourceComponents()
    .toArray()
    .flatMap((one) => [one, ...one.getChildren()])
    .map(({ type, fullName }) => ({ type: type.name, fullName }))
    .filter((one) => !NOT_DELETED.has(one.type) && !isStandardObject(one));
  const objects = all.filter(({ type }) => type === 'CustomObject').map((one) => one.fullName);
  const named = all.filter((one) => !objects.some((object) => isAbout(one, object)));
  return [...new Map(named.map((one) => [keyOf(one), one])).values()];
}

/** By which a component is known, in any case. */
export const keyOf = ({ type, fullName }: Named): string => `${type}:${fullName}`.toLowerCase();

/** Outbound messages are named all the same: a flow may keep one, and then that is what is said. */
function isAbout({ type, fullName }: Named, object: string): boolean {
  if (type === 'Layout') return fullName.startsWith(`${object}-`);
  if (type === 'WorkflowOutboundMessage') return false;
  return fullName.startsWith(`${object}.`);
}
