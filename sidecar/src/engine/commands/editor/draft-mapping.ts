import { z } from 'zod';
import { CodedError } from '../../../errors/coded-error.ts';
import type {
  ConditionRow,
  FieldMappingRow,
  MappingRow,
  MappingSource,
} from '../../../mapping/model/config-rows.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => (value?.trim() ?? '') || null);
const name = z.string().trim().min(1);
const flag = (otherwise: boolean) => z.boolean().default(otherwise);
/** From 1: a result that is longer than the record takes comes in parts. */
export const part = z.number().int().positive().default(1);
const number = z.number().nullable().default(null);

/** As the rows of the configuration are; what is left out is blank, and checkboxes are as Setup has them at first. */
const mapping = z.strictObject({
  name,
  label: text,
  store: text,
  resource: text,
  contentType: text,
  object: text,
  externalIdField: text,
  matchFields: text,
  direction: text,
  conditionLogic: text,
  whenUnmet: text,
  onCreate: flag(true),
  onUpdate: flag(true),
  onDelete: flag(true),
  realTime: flag(true),
  sweepMinutes: number,
  deleteRule: text,
  deleteField: text,
  deleteValue: text,
  conflictRule: text,
  wooMetaKey: text,
  createInWoo: flag(false),
  keepShopImages: flag(true),
  editsToAllStores: flag(false),
});
const field = z.strictObject({
  name,
  attribute: text,
  field: text,
  kind: text,
  staticValue: text,
  valueTable: text,
  transform: text,
  transformArgument: text,
  defaultValue: text,
  overflow: text,
  direction: text,
  writeWhen: text,
  active: flag(true),
});
const condition = z.strictObject({
  name,
  position: number,
  attribute: text,
  operator: text,
  value: text,
  otherAttribute: text,
  active: flag(true),
});
const draft = z.strictObject({
  mapping,
  fields: z.array(field).default([]),
  conditions: z.array(condition).default([]),
  /** Id of a record in the shop, of a guest `guest:<e-mail>`; or the latest one. */
  record: z.union([name, z.number().int().positive().transform(String)]).default('latest'),
  part,
});

/** A mapping that somebody edits and has not saved. */
export interface DraftMapping {
  readonly mapping: MappingRow;
  readonly fields: readonly (FieldMappingRow & { readonly active: boolean })[];
  readonly conditions: readonly (ConditionRow & { readonly active: boolean })[];
  readonly record: string;
  /** Which part of the answer. */
  readonly part: number;
}

/** @throws CodedError `COMMAND_ARGUMENTS_INVALID` */
export function parseDraft(json: string): DraftMapping {
  const { mapping: row, fields, conditions, ...rest } = parseArguments(json, draft);
  const of = { mapping: row.name };
  return {
    mapping: { ...row, label: row.label ?? row.name, active: true },
    fields: fields.map((one) => ({ ...one, ...of })),
    conditions: conditions.map((one) => ({ ...one, ...of })),
    ...rest,
  };
}

/** @throws CodedError `COMMAND_ARGUMENTS_INVALID` */
export function parseArguments<T>(json: string, shape: z.ZodType<T>): T {
  const invalid = (why: string) =>
    new CodedError(
      'COMMAND_ARGUMENTS_INVALID',
      `Arguments is not what this command takes: ${why}.`,
      'docs/commands.md says what it takes, in JSON.',
    );
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw invalid('it is not JSON');
  }
  const parsed = shape.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

/** The configuration as it would be with the draft saved. */
export function withDraft(source: MappingSource, given: DraftMapping): MappingSource {
  const isDraft = (one: string | null) => one?.toLowerCase() === given.mapping.name.toLowerCase();
  const others = <Row extends { readonly mapping: string | null }>(rows: readonly Row[] = []) =>
    rows.filter((row) => !isDraft(row.mapping));
  return {
    ...source,
    mappings: [...source.mappings.filter((row) => !isDraft(row.name)), given.mapping],
    fields: [...others(source.fields), ...given.fields.filter(({ active }) => active)],
    conditions: [...others(source.conditions), ...given.conditions.filter(({ active }) => active)],
    off: {
      fields: [...others(source.off?.fields), ...given.fields.filter(({ active }) => !active)],
      conditions: [
        ...others(source.off?.conditions),
        ...given.conditions.filter(({ active }) => !active),
      ],
    },
    ...(source.hidden && {
      hidden: {
        mappings: source.hidden.mappings.filter((row) => !isDraft(row.name)),
        fields: others(source.hidden.fields),
      },
    }),
  };
}
