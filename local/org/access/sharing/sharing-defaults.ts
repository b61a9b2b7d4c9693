import type { ObjectDefinition } from '../../model/schema.ts';

/** Organization-wide defaults by object, where they are not the object's own. */
export type SharingDefaults = Readonly<Record<string, SharingModel>>;

/** What users who do not own a record may do with it. */
type SharingModel = 'Private' | 'Read' | 'ReadWrite' | 'ControlledByParent';

const models = new Set<string>(['Private', 'Read', 'ReadWrite', 'ControlledByParent']);

/**
 * The defaults that a command line states.
 * @param texts such as `Account=Private`
 * @throws Error for a text of another form
 */
export function sharingOf(texts: readonly string[]): SharingDefaults {
  return Object.fromEntries(
    texts.map((text) => {
      const [, object = '', model = ''] = /^(\w+)=(\w+)$/.exec(text) ?? [];
      if (isModel(model)) return [object, model];
      const known = [...models].join(', ');
      throw new Error(
        `--sharing is "${text}": give an object and its model, such as Account=Private; models are ${known}.`,
      );
    }),
  );
}

const isModel = (text: string): text is SharingModel => models.has(text);

/**
 * The defaults by lower-case object name.
 * @throws Error for an object that has no sharing, or a model that it cannot have
 */
export function readSharingDefaults(
  defaults: SharingDefaults,
  objectNamed: (name: string) => ObjectDefinition | undefined,
): ReadonlyMap<string, string> {
  const known = [...models].join(', ');
  return new Map(
    Object.entries(defaults).map(([name, model]) => {
      const object = objectNamed(name);
      if (object?.fields.some((field) => field.name === 'OwnerId') !== true) {
        throw new Error(
          `Sharing of ${name} cannot be set: name an object whose records have owners.`,
        );
      }
      if (!models.has(model)) {
        throw new Error(`Sharing of ${name} cannot be ${model}: it is one of ${known}.`);
      }
      return [name.toLowerCase(), model];
    }),
  );
}
