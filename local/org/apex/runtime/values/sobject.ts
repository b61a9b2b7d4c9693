import type { Value } from './value.ts';

/** A record as code holds it: the fields that were read or set. */
export class SObjectValue {
  readonly type: string;
  /** By lower-case name. */
  readonly fields = new Map<string, Value>();
  /** Names as they are spelt, by lower-case name. */
  private readonly spelling = new Map<string, string>();
  /** Names of fields that code has set, in lower case. */
  private readonly set = new Set<string>();
  /** Whether it came from a query, which then must have asked for a field. */
  isQueried = false;
  /** Of `Trigger.old`, and of `Trigger.new` after the save. */
  isReadOnly = false;
  /** What `addError` has said of it. */
  readonly errors: { readonly message: string; readonly field: string | undefined }[] = [];

  constructor(type: string) {
    this.type = type;
  }

  has(name: string): boolean {
    return this.fields.has(name.toLowerCase());
  }

  get(name: string): Value {
    return this.fields.get(name.toLowerCase()) ?? null;
  }

  /** Code sets a field. */
  put(name: string, value: Value): void {
    this.set.add(name.toLowerCase());
    this.load(name, value);
  }

  /** A field comes with the record. */
  load(name: string, value: Value): void {
    const key = name.toLowerCase();
    this.fields.set(key, value);
    if (!this.spelling.has(key)) this.spelling.set(key, name);
  }

  entries(): (readonly [string, Value])[] {
    return [...this.fields].map(([key, value]) => [this.spelling.get(key) ?? key, value]);
  }

  /** What code has set. */
  changed(): (readonly [string, Value])[] {
    return this.entries().filter(([name]) => this.set.has(name.toLowerCase()));
  }

  clone(withId: boolean): SObjectValue {
    const copy = new SObjectValue(this.type);
    for (const [name, value] of this.entries()) {
      if (withId || name.toLowerCase() !== 'id') copy.put(name, value);
    }
    return copy;
  }
}
