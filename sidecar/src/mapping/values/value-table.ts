import type { FieldValue } from '../model/record.ts';
import { quoted, Refusal } from '../model/refusal.ts';
import type { FieldSchema } from '../model/schema.ts';
import { canonical } from './canonical.ts';
import { isEmpty, scalarText } from './convert.ts';
import { folded, type TableLine } from './parse-table.ts';

/** A line whose value in Salesforce was fitted to its field. */
export interface TablePair extends TableLine {
  readonly value: FieldValue;
}

/** Values of the shop, and what stands for each of them in one field. Empty values stay empty, both ways. */
export class ValueTable {
  readonly pairs: readonly TablePair[];
  readonly #field: FieldSchema;
  readonly #rest: string | null;
  readonly #byShop: ReadonlyMap<string, TablePair>;
  readonly #bySalesforce: ReadonlyMap<string, TablePair>;

  /** @param rest what a value becomes that has no line; null where it is refused */
  constructor(field: FieldSchema, pairs: readonly TablePair[], rest: string | null) {
    this.pairs = pairs;
    this.#field = field;
    this.#rest = rest;
    this.#byShop = new Map(pairs.map((pair) => [folded(pair.shop), pair]));
    this.#bySalesforce = new Map(pairs.map((pair) => [this.#form(pair.value), pair]));
  }

  /** Why a value in Salesforce cannot be turned back, as the rest of a sentence; null where each can. */
  get lossy(): string | null {
    if (this.#rest !== null) return 'its default value stands for each value that has no line';
    for (const pair of this.pairs) {
      const last = this.#bySalesforce.get(this.#form(pair.value)) ?? pair;
      if (last === pair) continue;
      return `its value table has ${quoted(pair.salesforce)} for ${quoted(pair.shop)} and for ${quoted(last.shop)}`;
    }
    return null;
  }

  /** Whether a value of the shop, or one of a list, has no line. */
  lacks(value: unknown): boolean {
    if (isEmpty(value)) return false;
    if (Array.isArray(value)) return value.some((one) => this.lacks(one));
    const text = scalarText(value);
    return typeof text === 'string' && !this.#byShop.has(folded(text));
  }

  /** What stands for a value of the shop; for a list, what stands for each of its values. */
  toSalesforce(value: unknown): unknown {
    if (isEmpty(value)) return value;
    if (Array.isArray(value)) {
      const all: readonly unknown[] = value.map((one) => this.toSalesforce(one));
      return all.find((one) => one instanceof Refusal) ?? all;
    }
    const text = scalarText(value);
    if (text instanceof Refusal) return text;
    const found = this.#byShop.get(folded(text))?.salesforce ?? this.#rest;
    return found ?? unknown('VALUE_NOT_IN_TABLE', text, this.#names('shop'), NO_LINE);
  }

  /** The value of the shop for what the field holds. */
  toShop(held: unknown): unknown {
    if (isEmpty(held)) return null;
    const found = this.#bySalesforce.get(this.#form(held))?.shop;
    return found ?? unknown('TO_WOO_NOT_IN_TABLE', held, this.#names('salesforce'), NO_VALUE);
  }

  /** What the field holds, as the table writes it. */
  asWritten(held: unknown): unknown {
    return this.#bySalesforce.get(this.#form(held))?.value ?? held;
  }

  #form(value: unknown): string {
    return folded(String(canonical(this.#field, value)));
  }

  #names(side: 'shop' | 'salesforce'): readonly string[] {
    return [...new Set(this.pairs.map((pair) => pair[side]))];
  }
}

const NO_LINE = 'add a line for it, or give the field mapping a default value';
const NO_VALUE = 'choose one of these, or add a line for it';

/** Lines that a message names. */
const NAMED = 10;

function unknown(code: string, value: unknown, known: readonly string[], cure: string): Refusal {
  const some = `${known.slice(0, NAMED).join(', ')}${known.length > NAMED ? ', …' : ''}`;
  return new Refusal(
    code,
    `is ${quoted(value)}, which the value table does not have (it has ${some}): ${cure}`,
  );
}
