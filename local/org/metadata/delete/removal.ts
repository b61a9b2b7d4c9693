import type { Component } from '../../model/deploy-target.ts';
import type { ObjectDefinition, Schema } from '../../model/schema.ts';
import { splitName, type Before } from '../plan/plan.ts';
import { isChild } from '../read/kinds.ts';

const lower = (text: string): string => text.toLowerCase();

export const keyOf = ({ type, fullName }: Pick<Component, 'type' | 'fullName'>): string =>
  lower(`${type}:${fullName}`);

/** Files about an object that bear its name. */
const namedLikeTheirObject: ReadonlySet<string> = new Set([
  'CustomTab',
  'Workflow',
  'SharingRules',
]);

function belongsTo({ type, fullName }: Component, object: string): boolean {
  const name = lower(fullName);
  const owner = lower(object);
  if (isChild(type) || type === 'QuickAction') return name.startsWith(`${owner}.`);
  if (type === 'Layout' || type === 'CustomObjectTranslation') return name.startsWith(`${owner}-`);
  if (type === 'CustomMetadata') return name.startsWith(`${owner.replace(/__mdt$/, '')}.`);
  return namedLikeTheirObject.has(type) && name === owner;
}

/** What leaves an org. */
export interface Removal {
  /** What was named, and what goes with the objects among it. */
  readonly components: readonly Component[];
  readonly objects: readonly string[];
  /** Fields of objects that stay. */
  readonly fields: readonly { readonly object: string; readonly name: string }[];
  has(component: Pick<Component, 'type' | 'fullName'>): boolean;
}

/** Deleting an object deletes all that is about it alone. */
export function removalOf(named: readonly Component[], all: readonly Component[]): Removal {
  const objects = named.filter(({ type }) => type === 'CustomObject').map((one) => one.fullName);
  const isGone = new Set(objects.map(lower));
  const along = all.filter((one) => objects.some((object) => belongsTo(one, object)));
  const components = [...new Map([...named, ...along].map((one) => [keyOf(one), one])).values()];
  const keys = new Set(components.map(keyOf));
  return {
    components,
    objects,
    fields: components
      .filter(({ type }) => type === 'CustomField')
      .map(({ fullName }) => splitName(fullName))
      .filter(({ object }) => !isGone.has(lower(object))),
    has: (one) => keys.has(keyOf(one)),
  };
}

/** The object without the fields of it that leave. */
export function objectWithout(object: ObjectDefinition, { fields }: Removal): ObjectDefinition {
  const gone = new Set(
    fields.filter((one) => lower(one.object) === lower(object.name)).map((one) => lower(one.name)),
  );
  return gone.size === 0
    ? object
    : { ...object, fields: object.fields.filter(({ name }) => !gone.has(lower(name))) };
}

/** The org as it was, without what leaves. */
export function beforeWithout(before: Before, removal: Removal): Before {
  const gone = new Set(removal.objects.map(lower));
  const schema: Schema = new Map(
    [...before.schema]
      .filter(([name]) => !gone.has(name))
      .map(([name, object]) => [name, objectWithout(object, removal)]),
  );
  const components = new Map(
    [...before.components].filter(([, component]) => !removal.has(component)),
  );
  return { schema, components, rows: before.rows };
}
