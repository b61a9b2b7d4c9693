import type { Draft } from './compile.ts';
import type { LookupWriter } from './fields.ts';
import { isRequired, type ReferenceWriter } from './fill.ts';
import { storesWithOwn } from './own-mappings.ts';
import type { Settings } from './settings.ts';

/**
 * Settles which object's key each lookup needs, from the mappings that write to the objects its field may
 * refer to. A lookup to an object that no running mapping writes is left out with a warning; a record
 * that cannot exist without it holds its mapping, and so on along the chain.
 * @returns the references of each draft, in the drafts' order
 */
export function resolveLookups(drafts: readonly Draft[]): readonly (readonly ReferenceWriter[])[] {
  holdChains(drafts);
  return drafts.map((draft) =>
    draft.lookups.flatMap((writer) => {
      const target = targetOf(writer, draft, drafts);
      if (target === null) {
        if (!needed(writer)) report(draft, writer, drafts);
        return [];
      }
      return [toReference(writer, target)];
    }),
  );
}

/** Holds mappings that need a held one, until no more are found. */
function holdChains(drafts: readonly Draft[]): void {
  let held: boolean;
  do {
    held = false;
    for (const draft of drafts) {
      if (draft.problems.held) continue;
      const broken = draft.lookups.find(
        (writer) => needed(writer) && targetOf(writer, draft, drafts) === null,
      );
      if (broken === undefined) continue;
      report(draft, broken, drafts);
      held = true;
    }
  } while (held);
}

/** The mapping whose records a lookup refers to: one of the same store, else one for every store. */
function targetOf(writer: LookupWriter, from: Draft, drafts: readonly Draft[]): Settings | null {
  const { store } = from.row;
  const targets = drafts.filter(
    ({ settings, problems }) => settings !== null && !problems.held && isTarget(writer, settings),
  );
  const own = targets.find(({ row }) => row.store === store);
  const common = targets.find(
    (draft) =>
      store === null || (draft.row.store === null && !storesWithOwn(draft, drafts).includes(store)),
  );
  return (own ?? common)?.settings ?? null;
}

function isTarget({ field }: LookupWriter, { object, direction }: Settings): boolean {
  return direction !== 'to_woo' && field.referenceTo.includes(object);
}

function needed({ field }: LookupWriter): boolean {
  return isRequired(field);
}

function toReference({ field, path, writeWhen }: LookupWriter, target: Settings): ReferenceWriter {
  const { name, relationshipName } = field;
  return {
    path,
    writeWhen,
    lookup: {
      ...(writeWhen !== 'always' && { onCreate: true }),
      ...(writeWhen === 'when_empty' && { whenEmpty: true }),
      field: name,
      relationshipName: relationshipName ?? name,
      object: target.object,
      keyField: target.keyField,
      required: isRequired(field),
    },
  };
}

function report(draft: Draft, writer: LookupWriter, drafts: readonly Draft[]): void {
  const { row, field } = writer;
  const held = drafts.find(({ settings }) => settings !== null && isTarget(writer, settings));
  const objects = field.referenceTo.join(' or ');
  const why = held
    ? `the mapping ${held.row.name} to ${held.settings?.object ?? objects} is held by its own problem`
    : `no active mapping writes ${objects}`;
  const details = {
    code: 'MAPPING_LOOKUP_WITHOUT_MAPPING',
    place: row.name,
    message: needed(writer)
      ? `${row.name} needs ${field.name}, but ${why}.`
      : `${row.name} leaves ${field.name} alone, since ${why}.`,
    cure: held
      ? `Correct ${held.row.name}.`
      : `Add a mapping to ${objects}, or remove ${row.name}.`,
  };
  if (needed(writer)) draft.problems.hold(details);
  else draft.problems.warn(details);
}
