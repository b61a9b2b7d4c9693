import { idsOf } from '../attributes/referenced-resource.ts';
import type { LookupWriter } from '../build/field-writer.ts';
import { isRequired, type ReferenceWriter } from '../build/fill-field.ts';
import type { Settings } from '../model/mapping.ts';
import { recordTypeOf, RESOURCES } from '../model/resources.ts';
import type { Draft } from './draft.ts';
import { isOfKind, kindOf, referredKind, writes } from './referred-kind.ts';
import { storesWithOwn } from './store-overrides.ts';

/**
 * Settles which object's key each lookup needs, from the mappings that write to the objects its field may
 * refer to. A lookup to an object that no running mapping writes is left out with a warning; a record
 * that cannot exist without it holds its mapping, and so on along the chain.
 * @returns the references of each draft, in the drafts' order
 */
export function resolveLookups(drafts: readonly Draft[]): readonly References[] {
  for (const draft of drafts) holdForWrongIds(draft, drafts);
  holdChains(drafts);
  return drafts.map((draft) => {
    const found: References = { references: [], leftOut: [] };
    for (const writer of draft.lookups) {
      const target = targetOf(writer, draft, drafts);
      if (target !== null) found.references.push(toReference(writer, target, recordTypeOf(target)));
      else if (!needed(writer)) {
        report(draft, writer, drafts);
        found.leftOut.push(...leftOut(writer));
      }
    }
    return found;
  });
}

/** The lookups of one mapping. */
export interface References {
  readonly references: ReferenceWriter[];
  /** Those to records that no running mapping writes: they are not written, and known from what was written before. */
  readonly leftOut: ReferenceWriter[];
}

export const NO_REFERENCES: References = { references: [], leftOut: [] };

/** What its mapping wrote before it was held or switched off; of several objects nobody knows to which. */
function leftOut(writer: LookupWriter): readonly ReferenceWriter[] {
  const [object, other] = writer.field.referenceTo;
  if (object === undefined || other !== undefined) return [];
  return [toReference(writer, { object, keyField: '' }, typeReferred(writer))];
}

/** As the attribute says whose id it is. */
function typeReferred({ refersTo }: LookupWriter): string | null {
  if (refersTo === 'unknown' || refersTo === 'content') return null;
  return isResource(refersTo) ? RESOURCES[refersTo].keyType : refersTo;
}

function isResource(name: string): name is keyof typeof RESOURCES {
  return Object.hasOwn(RESOURCES, name);
}

/** The id of a product in a lookup to Contact would link whichever customer has the same number. */
function holdForWrongIds(draft: Draft, drafts: readonly Draft[]): void {
  const { lookups, problems, settings } = draft;
  if (settings === null) return;
  for (const writer of lookups) {
    const { row, field, path, refersTo } = writer;
    const written = drafts.flatMap((one) => one.settings ?? []).filter(writes(field));
    if (written.length === 0 || targetsOf(writer, draft, drafts).length > 0) continue;
    const held = new Set(written.map(kindOf));
    const right = [...held].flatMap((kind) => idsOf(settings.resource, kind));
    const what =
      refersTo === 'unknown'
        ? 'an id of a kind that cannot be known'
        : `an id of the kind ${refersTo.replace('_', ' ')}`;
    const other = right.length > 0 ? `Choose ${right.join(' or ')}` : 'Choose another attribute';
    problems.hold({
      code: 'MAPPING_LOOKUP_ATTRIBUTE',
      place: row.name,
      message: `${row.name} looks up ${field.name} by ${path.canonical}, which is ${what}, but ${field.referenceTo.join(' and ')} holds ${[...held].join(' and ').replaceAll('_', ' ')} records: it would link whichever has the same number.`,
      cure:
        refersTo === 'unknown'
          ? `${other}, or a field that refers to an object with records of the right kind alone.`
          : `${other}, or another field.`,
    });
  }
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
  const targets = targetsOf(writer, from, drafts).filter(({ problems }) => !problems.held);
  const own = targets.find(({ row }) => row.store === store);
  const common = targets.find(
    (draft) =>
      store === null || (draft.row.store === null && !storesWithOwn(draft, drafts).includes(store)),
  );
  return (own ?? common)?.settings ?? null;
}

/** The mappings of records that the lookup's ids are of, those of exactly their kind first. */
function targetsOf(writer: LookupWriter, from: Draft, drafts: readonly Draft[]): readonly Draft[] {
  const kind = referredKind(writer, from, drafts);
  if (kind === null) return [];
  const targets = drafts.filter(
    ({ settings }) =>
      settings !== null && writes(writer.field)(settings) && isOfKind(kind, settings),
  );
  const exact = targets.filter(({ settings }) => settings !== null && kindOf(settings) === kind);
  return exact.length > 0 ? exact : targets;
}

function needed({ field }: LookupWriter): boolean {
  return isRequired(field);
}

function toReference(
  { field, path, writeWhen }: LookupWriter,
  target: Pick<Settings, 'object' | 'keyField'>,
  keyType: string | null,
): ReferenceWriter {
  const { name, relationshipName } = field;
  return {
    path,
    writeWhen,
    ...(keyType !== null && { keyType }),
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
  if (draft.problems.isHeldAt(row.name)) return;
  const [held] = targetsOf(writer, draft, drafts);
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
