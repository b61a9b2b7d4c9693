import { z } from 'zod';

import { CodedError } from '../../errors/coded-error.ts';
import { RESOURCE_NAMES } from '../../mapping/model/resources.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const values = z.record(z.string(), value);

const row = z.union([
  z.strictObject({
    key: z.string(),
    fields: values,
    /** Only sent when the record is created. */
    onCreate: values.optional(),
    /** Sent when the record is created, or where the field is empty. */
    whenEmpty: values.optional(),
    /** By field: `<object> <key>`, null for none. */
    references: z.record(z.string(), z.string().nullable()).optional(),
  }),
  /** The record is refused: `<code> <field>` of each reason. */
  z.strictObject({ key: z.string().nullable(), refused: z.array(z.string()).min(1) }),
]);

const golden = z.strictObject({
  /** What it is there for, in a sentence. */
  description: z.string(),
  store: z.strictObject({ key: z.string().min(1), url: z.string() }),
  /** When it was recorded: periods such as `last 30 days` are taken then; absent for now. */
  at: z.iso.datetime().optional(),
  /** Items come with their order. */
  resource: z.enum(RESOURCE_NAMES).exclude(['order_item']),
  record: z.record(z.string(), z.unknown()),
  /** The refunds of an order, as their own list has them. */
  refunds: z.array(z.record(z.string(), z.unknown())).optional(),
  /** By mapping: the rows that it makes of the record and its parts; none where it does not want it. */
  expected: z.record(z.string(), z.array(row)),
});

/** What a mapping makes of one record. */
export type GoldenRow = z.infer<typeof row>;

/** A record of the shop and what must become of it. */
export type GoldenCase = z.infer<typeof golden>;

/**
 * A golden order as read from a file.
 * @param file for the sentence of an error
 * @throws CodedError `GOLDEN_INVALID`
 */
export function parseCase(file: string, text: string): GoldenCase {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid(file, 'it is not JSON');
  }
  const parsed = golden.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalid(file, `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}

function invalid(file: string, reason: string): CodedError {
  return new CodedError(
    'GOLDEN_INVALID',
    `${file} is no golden order: ${reason}.`,
    'Record it again (woo-salesforce test --record), or correct it by hand; docs/check.md describes the file.',
  );
}
