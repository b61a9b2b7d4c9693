/** Cursor of a store whose orders were all counted by a load. */
export const COUNTED = 'totals:counted';

/** An order as its customer's totals go by it. */
export interface CustomerOrder {
  /** `<store>:<id>`. */
  readonly key: string;
  /** Key of its customer, registered or guest. */
  readonly customer: string;
  readonly status: string;
  /** Whether that is a paid status of its store. */
  readonly counts: boolean;
  /** Code such as `EUR`. */
  readonly currency: string;
  /** Decimal text, refunds included. */
  readonly total: string;
  /** What was given back, as a decimal text. */
  readonly refunded: string;
  /** Ids of what was given back. */
  readonly refunds: readonly number[];
  /** Null where the shop does not say. */
  readonly placedAt: Date | null;
}

/** Whose an order was, until that customer is told what is left. */
export interface FormerCustomer {
  /** Key of the order. */
  readonly order: string;
  /** Key of the customer. */
  readonly customer: string;
}

/** Whom orders that were read concern. */
export interface NotedOrders {
  /** Keys of all customers whose orders they are, or were. */
  readonly customers: readonly string[];
  /** Those of them whose orders they were, and who are not known to have been told. */
  readonly former: readonly FormerCustomer[];
}

/** What was spent in one currency. */
export interface CurrencyTotals {
  readonly currency: string;
  readonly orders: number;
  /** Less refunds, to the cent. */
  readonly spent: number;
  readonly refunded: number;
  /** `spent` by order, to the cent. */
  readonly average: number;
  /** ISO 8601 to the second; null where no order says when it was placed. */
  readonly first: string | null;
  readonly last: string | null;
}

/** A record of the org that is a customer. */
export interface CustomerRecord {
  readonly object: string;
  readonly recordId: string;
}

/** The orders of one customer that count. */
export interface Totals {
  /** By code. */
  readonly currencies: readonly CurrencyTotals[];
  /** Orders of guests of whom only the address says that they are this customer; in no other number. */
  readonly guestOrders: number;
}

export interface RecordTotals extends CustomerRecord, Totals {
  /** A key by which the record is linked; null where it is linked no more. */
  readonly key: string | null;
  /** A shop has another customer under a key of it, and a person has not said what becomes of it. */
  readonly isHeld: boolean;
}

/** What a record of the org holds of one currency, or of the customer's own fields: those have the currency ''. */
export interface HeldTotals extends CustomerRecord {
  readonly currency: string;
  /** Null where the outcome of a write is not known. */
  readonly digest: string | null;
  /** Of the record for the currency; null for the customer itself. */
  readonly childId: string | null;
}

/**
 * What customers ordered, and what the org was told of it. All that is counted is here, so that it costs the org no
 * query; each method is one statement or one transaction.
 */
export interface TotalsState {
  /**
   * Takes orders as they were read, and keys of those that are gone, in the trash or without a customer. Of what a later
   * reading is known nothing changes. Whose an order was is kept until `settleFormer`: where the write fails, the order
   * alone does not lead there any more.
   * @param readNumber of the reading (`State.beginRead`)
   */
  note(
    orders: readonly CustomerOrder[],
    gone: readonly string[],
    readNumber: number,
  ): Promise<NotedOrders>;
  /** All who are not known to have been told that an order is not theirs any more. */
  former(): Promise<readonly FormerCustomer[]>;
  /** These have been told. */
  settleFormer(former: readonly FormerCustomer[]): Promise<void>;
  /** Orders that were met and are to stay as they were counted. */
  keep(orders: readonly string[], readNumber: number): Promise<void>;
  /** Forgets orders of a store that no reading from this number on has met: a load has walked all that there are. */
  forgetUnread(store: string, from: number): Promise<void>;
  /** Counts the orders of a store that have one of the statuses, and no others. */
  recount(store: string, statuses: readonly string[]): Promise<void>;
  /** Ids of a store's orders behind `after`, ascending; fewer than `most` mean that the end is reached. */
  orders(store: string, after: number, most: number): Promise<readonly number[]>;
  /** The same of their refunds. */
  refunds(store: string, after: number, most: number): Promise<readonly number[]>;
  /** Keys of the orders of a store that have one of these refunds. */
  refundedBy(store: string, refunds: readonly number[]): Promise<readonly string[]>;
  /** Keys of the orders of customers, as far as they were counted. */
  ordersOf(customers: readonly string[]): Promise<readonly string[]>;
  /** The records that customers are linked to. */
  recordsOf(objects: readonly string[], customers: readonly string[]): Promise<CustomerRecord[]>;
  /** The next records by id that are linked or were told something; fewer than `most` mean that the end is reached. */
  recordsAfter(objects: readonly string[], after: string, most: number): Promise<CustomerRecord[]>;
  /** What the orders of all their links come to, but for those of stores without the cursor `COUNTED`. */
  totals(records: readonly CustomerRecord[]): Promise<readonly RecordTotals[]>;
  /** The same of keys that are not linked yet, by key; those without orders are left out. */
  totalsOf(customers: readonly string[]): Promise<ReadonlyMap<string, Totals>>;
  held(records: readonly CustomerRecord[]): Promise<readonly HeldTotals[]>;
  /**
   * Write-ahead: what the records hold is not known until it is settled.
   * @returns those that nobody else is writing; others are looked at again by whoever does
   */
  claim(records: readonly CustomerRecord[]): Promise<CustomerRecord[]>;
  /** Ends the claims of these records. What they are known to hold replaces what was known. */
  settle(held: readonly HeldTotals[], gone: readonly Omit<HeldTotals, 'digest'>[]): Promise<void>;
  /** Forgets records that are not in the org any more. */
  forget(recordIds: readonly string[]): Promise<void>;
}
