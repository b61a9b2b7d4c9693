import type { Conditions } from '../conditions/types.ts';
import { recordKey } from '../keys/keys.ts';
import type { Settings } from '../model/mapping.ts';
import type {
  BuildResult,
  FieldValue,
  Lookup,
  Row,
  StoreContext,
  ValueProblem,
  WooRecord,
  WriteWhen,
} from '../model/record.ts';
import { Refusal } from '../model/refusal.ts';
import type { FieldWriter } from './field-writer.ts';
import { fill, refer, type ReferenceWriter, type Steps } from './fill-field.ts';
import {
  conditionProblem,
  fieldNote,
  fieldProblem,
  keyProblem,
  referenceProblem,
} from './value-problems.ts';

/** A mapping ready to build rows. */
export interface Plan {
  readonly settings: Settings;
  readonly conditions: Conditions;
  readonly writers: readonly FieldWriter[];
  readonly references: readonly ReferenceWriter[];
  /** Lookups that are not written, since no running mapping writes their records. */
  readonly leftOut: readonly ReferenceWriter[];
}

type Values = Record<string, FieldValue>;

/**
 * An object with these fields, all empty. Copies of one that was parsed share its shape, which makes them
 * several times cheaper to fill and to write than objects that get their fields one by one.
 */
function blank(names: readonly string[]): Values {
  return JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:null`).join(',')}}`) as Values;
}

const NONE: Values = Object.freeze({});

type Part = Exclude<WriteWhen, 'unless_edited'>;

/** The merge withholds what was edited. */
function partOf(when: WriteWhen): Part {
  return when === 'unless_edited' ? 'always' : when;
}

/** The function that builds rows of a mapping, in one pass over its fields. */
export function builder({ settings, conditions, writers, references, leftOut }: Plan) {
  const { resource, name } = settings;
  const always = writers.filter(({ writeWhen }) => partOf(writeWhen) === 'always');
  const empty = blank(always.map(({ field }) => field.name));
  const has = (when: WriteWhen) => writers.some(({ writeWhen }) => writeWhen === when);
  const [hasOnCreate, hasWhenEmpty] = [has('on_create'), has('when_empty')];
  const unfilled = (): Record<Part, Values> => ({
    always: { ...empty },
    on_create: hasOnCreate ? {} : NONE,
    when_empty: hasWhenEmpty ? {} : NONE,
  });
  return (record: WooRecord, store: StoreContext): BuildResult => {
    const key = recordKey(resource, record, store.key);
    const problems = recordProblems({ settings, conditions }, record, key);
    const parts = unfilled();
    const notes: string[] = [];
    for (const writer of writers) {
      const steps: Steps | undefined = writer.transform === 'address' ? {} : undefined;
      const value = fill(writer, record, store, steps);
      if (steps?.note !== undefined) notes.push(fieldNote(writer, steps.note));
      if (value instanceof Refusal) problems.push(fieldProblem(name, writer, value));
      else if (value !== undefined) parts[partOf(writer.writeWhen)][writer.field.name] = value;
      else Reflect.deleteProperty(parts.always, writer.field.name);
    }
    const lookups: Lookup[] = [];
    for (const reference of references) {
      const other = refer(reference, record, store);
      if (other instanceof Refusal) problems.push(referenceProblem(name, reference, other));
      else if (other !== undefined) lookups.push({ ...reference.lookup, key: other });
    }
    if (key === null || problems.length > 0) return { problems };
    const { always: fields, on_create: onCreate, when_empty: whenEmpty } = parts;
    const row = withLeftOut({ key, fields, onCreate, whenEmpty, lookups }, leftOut, record, store);
    return notes.length > 0 ? { row, notes } : { row };
  };
}

/** What is wrong with a record apart from its fields. */
export function recordProblems(
  { settings, conditions }: Pick<Plan, 'settings' | 'conditions'>,
  record: WooRecord,
  key: string | null,
): ValueProblem[] {
  const isUsable = key !== null && key.length <= settings.key.length;
  const unread = conditions.unread(record);
  return [
    ...(isUsable ? [] : [keyProblem(settings, key)]),
    ...(unread === null ? [] : [conditionProblem(settings.name, unread)]),
  ];
}

/** What cannot be told is not known to have been written before. */
function withLeftOut(
  row: Row,
  references: readonly ReferenceWriter[],
  record: WooRecord,
  store: StoreContext,
): Row {
  if (references.length === 0) return row;
  const leftOut = references.flatMap((reference): readonly Lookup[] => {
    const key = refer(reference, record, store);
    return key === undefined || key instanceof Refusal ? [] : [{ ...reference.lookup, key }];
  });
  return { ...row, leftOut };
}
