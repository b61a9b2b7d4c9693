import type { Clock } from '../../lib/clock.ts';
import { isObject } from '../../mapping/model/json-shape.ts';
import { recordKey } from '../../mapping/keys/keys.ts';
import type { Mapping, OutgoingField } from '../../mapping/model/mapping.ts';
import type { StoreContext, WooRecord } from '../../mapping/model/record.ts';
import type { ChangeEvent } from '../../ports/change.ts';
import { digest } from '../model/digest.ts';
import { fieldsRead } from '../read/fields-param.ts';

/** The shop reports a change within seconds, or when its queue is worked on next. */
const KEPT_MS = 120_000;
/** Records that are remembered, at most. */
const MOST = 10_000;

interface Echo {
  readonly said: string;
  readonly until: number;
  /** Not an answer to a change of ours, but what was read. */
  readonly isRead?: true;
}

/**
 * What the shop answered to our own changes, and what was read of its orders. It reports each of our changes by an event
 * too, and some shops save an order whenever it is read: an event that says nothing else needs no look, and without one a
 * read that fires an event ends there. Kept in memory: what is forgotten costs a read.
 */
export class EchoFilter {
  readonly #store: StoreContext;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #kept = new Map<string, Echo>();

  constructor(store: StoreContext, clock: Pick<Clock, 'now'>) {
    this.#store = store;
    this.#clock = clock;
  }

  /**
   * Remembers what the shop answered, unless that changes something else than we wrote: then the event is welcome.
   * @param before the record as it was read, and is being brought to Salesforce
   * @param written the fields that we wrote
   */
  note(
    mapping: Mapping,
    key: string,
    before: WooRecord,
    answer: WooRecord,
    written: ReadonlySet<OutgoingField>,
  ): void {
    const product = { resource: 'product', key } as const;
    this.forget(product);
    const row = this.#row(mapping, before);
    if (row === null || row !== this.#row(mapping, answer)) return;
    // Somebody may have changed another field between our read and our write.
    const others = mapping.outgoing.filter((field) => !written.has(field));
    if (others.some((field) => field.fromWoo(before) !== field.fromWoo(answer))) return;
    this.#keep(product, { said: this.#said(mapping, answer) });
  }

  /**
   * Remembers what the shop answered of an order, all of which is brought to Salesforce as if it had been read: an
   * event that shows the same of all that is read of orders, their date among it, would bring nothing else.
   */
  noteOrder(key: string, answer: WooRecord, mappings: readonly Mapping[]): void {
    this.#keep({ resource: 'order', key }, { said: allRead(answer, mappings) });
  }

  /**
   * Remembers orders that were read, as long as they can be brought. Whoever saves one anew moves its date: an event that
   * shows no more than that is left to the next sweep.
   */
  noteReads(orders: readonly WooRecord[], mappings: readonly Mapping[]): void {
    for (const order of orders) {
      const key = recordKey('order', order, this.#store.key);
      if (key === null) continue;
      const said = allRead(undated(order), mappings);
      this.#keep({ resource: 'order', key }, { said, isRead: true });
    }
  }

  #keep(change: ChangeEvent, echo: Omit<Echo, 'until'>): void {
    this.forget(change);
    this.#kept.set(placeOf(change), { ...echo, until: this.#clock.now().getTime() + KEPT_MS });
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= MOST) return;
      this.#kept.delete(oldest);
    }
  }

  /** Whether an event's record says what the shop has answered to us, seen through all mappings of the record. */
  has(change: ChangeEvent, body: unknown, mappings: readonly Mapping[]): boolean {
    const echo = this.#kept.get(placeOf(change));
    if (echo === undefined || !isObject(body) || echo.until < this.#clock.now().getTime()) {
      return false;
    }
    const shown = echo.isRead === true ? undated(body) : body;
    const isSame = this.#seen(change, shown, mappings) === echo.said;
    if (!isSame) this.forget(change);
    return isSame;
  }

  /** The record as it was noted; null for one that cannot be an echo. */
  #seen(change: ChangeEvent, body: WooRecord, mappings: readonly Mapping[]): string | null {
    if (change.resource === 'order') return allRead(body, mappings);
    const [mapping, ...others] = mappings.filter(({ resource }) => resource === 'product');
    return mapping === undefined || others.length > 0 ? null : this.#said(mapping, body);
  }

  /** The record is looked at again, or was changed: what it said before is no echo any more when it comes back. */
  forget(change: ChangeEvent): void {
    this.#kept.delete(placeOf(change));
  }

  /** What goes to Salesforce alone; null for what cannot. */
  #row(mapping: Mapping, record: WooRecord): string | null {
    const { row } = mapping.build(record, this.#store);
    if (row === undefined) return null;
    const both = new Set(mapping.outgoing.map(({ field }) => field));
    const fields = Object.entries(row.fields).filter(([name]) => !both.has(name));
    return JSON.stringify([fields, row.whenEmpty, row.lookups, mapping.meets(record)]);
  }

  #said(mapping: Mapping, record: WooRecord): string {
    const both = mapping.outgoing.map((field) => field.fromWoo(record));
    return JSON.stringify([this.#row(mapping, record), both, record['status']]);
  }
}

/** Without the date that moves whenever a record is saved, in the zone of the shop and in GMT. */
function undated(record: WooRecord): WooRecord {
  return { ...record, date_modified: null, date_modified_gmt: null };
}

/** A product and an order may have the same key. */
function placeOf({ resource, key }: ChangeEvent): string {
  return `${resource} ${key}`;
}

/** What a read of the order would bring, of whatever mapping. */
function allRead(order: WooRecord, mappings: readonly Mapping[]): string {
  const names = fieldsRead('orders', mappings)._fields.split(',');
  return digest(JSON.stringify(names.map((name) => order[name])));
}
