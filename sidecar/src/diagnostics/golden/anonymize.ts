import { isObject } from '../../mapping/model/json-shape.ts';
import type { Resource, WooRecord } from '../../mapping/model/record.ts';
import { Refusal } from '../../mapping/model/refusal.ts';
import { parseStructured } from '../../mapping/values/structured-text.ts';
import { isShopsOwn, PROSE } from './personal-data.ts';
import { StandIns } from './pseudonyms.ts';

/** The shop that stands in for the real one. */
export const GOLDEN_URL = 'https://shop.example';

export interface ReplaceOptions {
  /** Address of the real shop. */
  readonly url: string;
  /** Keys of custom fields whose values decide or are no text in Salesforce: they stay. */
  readonly keep: ReadonlySet<string>;
}

/** The option of a variation that was bought, such as pa_color: the shop's own word. */
const OPTION = /^pa_/;

/** Shorter texts are found in too many others by chance. */
const SHORTEST = 4;

/**
 * Records without anything personal. Types, emptiness, script and length stay, so that a mapping treats the records
 * as it treats the real ones; the same text has the same stand-in in all of them.
 */
export class Replacer {
  readonly standIns = new StandIns();
  readonly #options: ReplaceOptions;
  /** What was replaced outside of custom fields: names and addresses, that other texts may repeat. */
  readonly #persons = new Set<string>();

  constructor(options: ReplaceOptions) {
    this.#options = options;
  }

  record(resource: Resource, record: WooRecord): WooRecord {
    const own = Object.entries(record).filter(([name]) => name !== '_links');
    const replaced = this.#value(resource, Object.fromEntries(own), []);
    const swept = this.#sweep(replaced, '');
    return isObject(swept) ? swept : {};
  }

  #value(resource: Resource, value: unknown, path: readonly string[]): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#value(resource, one, path));
    if (isObject(value)) {
      if (path.at(-1) === 'meta_data' && 'key' in value) return this.#meta(value);
      return Object.fromEntries(
        Object.entries(value).map(([name, one]) => [
          name,
          this.#value(resource, one, [...path, name]),
        ]),
      );
    }
    if (isShopsOwn(resource, path, value)) return value;
    if (typeof value === 'string' && value.length >= SHORTEST) this.#persons.add(value);
    return this.#standIn(value);
  }

  /** A custom field: its key says what it is, the rest is anybody's. */
  #meta(entry: WooRecord): WooRecord {
    const { key } = entry;
    if (typeof key === 'string' && (this.#options.keep.has(key) || OPTION.test(key))) return entry;
    return Object.fromEntries(
      Object.entries(entry).map(([name, value]) => [
        name,
        name === 'id' || (name === 'key' && !looksPersonal(value)) ? value : this.#deep(value),
      ]),
    );
  }

  #deep(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#deep(one));
    if (!isObject(value)) return this.#standIn(value);
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, this.#deep(one)]));
  }

  #standIn(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    // Numbers of custom fields may be phone numbers or dates of birth.
    return typeof value === 'number' ? Number(this.standIns.of(`${value}`)) : value;
  }

  /** A text that holds several values stays one that can be taken apart, be it JSON in place of what PHP serialised. */
  #text(value: string): unknown {
    const parts = parseStructured(value);
    if (parts === null || parts instanceof Refusal) return this.standIns.of(value);
    return JSON.stringify(this.#deep(parts));
  }

  /** A name that stands in a product's name too, and the address of the shop. */
  #sweep(value: unknown, name: string): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#sweep(one, name));
    if (isObject(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([key, one]) => [key, this.#sweep(one, key)]),
      );
    }
    if (typeof value !== 'string') return value;
    let text = value.replaceAll(this.#options.url, GOLDEN_URL);
    if (!PROSE.has(name)) return text;
    for (const person of this.#persons) text = text.replaceAll(person, this.standIns.of(person));
    return text;
  }
}

function looksPersonal(key: unknown): boolean {
  return typeof key !== 'string' || /@|\d{5}/.test(key);
}
