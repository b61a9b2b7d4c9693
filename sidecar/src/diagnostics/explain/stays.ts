import type { Mapping } from '../../mapping/model/mapping.ts';
import type { WriteWhen } from '../../mapping/model/record.ts';
import { sameValue } from './org-records.ts';
import type { View } from './views.ts';
import type { Outcome } from './would-write.ts';

/** A field beside what Salesforce has in it now. */
export interface Beside {
  readonly field: string;
  /** Undefined where the record is not in Salesforce. */
  readonly now: unknown;
  /** Whether a write would change it; null where that cannot be said. */
  readonly same: boolean | null;
}

/** Fields that are not written though the mapping has a value for them, and why, in the words of the reader. */
export type Stays = Readonly<Record<string, string>>;

const ALONE = 'left alone';
const MAY_STAY =
  'written unless it waits for a person or was edited, which cannot be looked at here';

/** The fields that wait for a person's word. */
export function waitingFor(outcome: Outcome | null): readonly string[] {
  const open = outcome?.failures.filter(({ code }) => code === 'CONFLICT_OPEN') ?? [];
  return open.flatMap(({ field }) => field ?? []);
}

/**
 * Which fields of a record that is in Salesforce stay as they are, as the sync decides it.
 * @param outcome null where that cannot be said, so that only settings speak
 */
export function staysOf(one: View, beside: readonly Beside[], outcome: Outcome | null): Stays {
  const { trace, row } = one;
  const given = [
    ...trace.fields.filter(({ result, problem }) => result !== undefined && problem === null),
    ...(row?.lookups ?? []).map(({ field, relationshipName, onCreate, whenEmpty }) => ({
      field,
      relationshipName,
      writeWhen: whenEmpty ? 'when_empty' : onCreate ? 'on_create' : 'always',
    })),
  ] as const;
  const stays = given.flatMap((each): (readonly [string, string])[] => {
    const there = beside.find(({ field }) => field === each.field);
    const names = 'relationshipName' in each ? [each.field, each.relationshipName] : [each.field];
    const why =
      outcome === null
        ? mayStay(one, each.field, each.writeWhen as WriteWhen, there)
        : whyNot(one, names, there, each.writeWhen as WriteWhen, outcome);
    return why === null ? [] : [[each.field, why]];
  });
  return Object.fromEntries(stays);
}

function whyNot(
  one: View,
  names: readonly string[],
  there: Beside | undefined,
  when: WriteWhen,
  { written, toShop, failures }: Outcome,
): string | null {
  const [field = ''] = names;
  if (names.some((name) => written?.has(name))) return null;
  const conflict = failures.find(({ code, field: of }) => of === field && /^CONFLICT_/.test(code));
  if (conflict) {
    const waits = conflict.code === 'CONFLICT_OPEN' ? 'waits for a person' : ALONE;
    // A part of a line, which puts its own full stop.
    return `${waits}: ${conflict.message.replace(/\.$/, '')}`;
  }
  if (toShop.has(field)) return "left alone: Salesforce's value goes to the shop";
  return when === 'on_create' || when === 'when_empty' || !isSame(one, field, there) ? ALONE : null;
}

/** Whether what people typed may stay, by the settings alone. */
function mayStay(
  one: View,
  field: string,
  when: WriteWhen,
  there: Beside | undefined,
): string | null {
  const held = there?.now ?? null;
  if (when === 'on_create' || (when === 'when_empty' && held !== null)) return ALONE;
  const isDecided = comparedOf(one.mapping, field) !== undefined;
  return isDecided && held !== null && !isSame(one, field, there) ? MAY_STAY : null;
}

/** As the sync compares both sides, where it does. */
function isSame(one: View, field: string, there: Beside | undefined): boolean {
  const form = comparedOf(one.mapping, field);
  const said = one.row?.fields[field];
  if (form === undefined || said === undefined) return there?.same ?? sameValue(said, there?.now);
  return form(said) === form(there?.now);
}

function comparedOf(mapping: Mapping, field: string): ((value: unknown) => unknown) | undefined {
  const kept = mapping.kept.find((one) => one.field === field);
  if (kept) return (value) => kept.form(value);
  const out = mapping.outgoing.find((one) => one.field === field && one.kind === 'value');
  return out && ((value) => out.fromSalesforce(value));
}
