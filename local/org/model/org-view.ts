import type { Database, Row, SqlValue } from '../lib/database.ts';
import type { Access } from './access.ts';
import type { Component } from './deploy-target.ts';
import type { DuplicateRule } from './duplicate-rule.ts';
import type { ObjectDefinition, Schema } from './schema.ts';

/** The org as data calls meet it: the whole of it, or what the rights of a user leave. */
export interface OrgView {
  readonly db: Database;
  /** All of it, for what the platform does by itself: cascades, defaults, unique values. */
  readonly whole: WholeOrg;
  /** The user's rights; undefined when nobody's rights count. */
  readonly access: Access | undefined;
  schema(): Schema;
  /** The object of that API name, in any case. */
  object(name: string): ObjectDefinition | undefined;
  /** The object whose record this is. */
  objectOfId(id: string): ObjectDefinition | undefined;
  time(): Date;
  /** The time of the org's clock in the form that the REST API gives, whole seconds. */
  now(): string;
  nextId(object: ObjectDefinition): string;
  nextAutoNumber(object: ObjectDefinition): number;
  row(object: ObjectDefinition, id: string): Row | undefined;
  insert(object: ObjectDefinition, values: ReadonlyMap<string, SqlValue>): void;
  update(object: ObjectDefinition, id: string, values: ReadonlyMap<string, SqlValue>): void;
}

/** The org past the rights of its users, with what rules of records and flows ask of it. */
export interface WholeOrg extends OrgView {
  /** Grows with each change of schema or components, which is when what was worked out from them is old. */
  readonly revision: number;
  /** Where it answers, such as `http://127.0.0.1:8090`; null while it does not. */
  readonly address: string | null;
  readonly duplicateRules: { of(object: string): readonly DuplicateRule[] };
  /** What the next writes meet, as tests asked for it. */
  readonly faults: {
    takeRowLock(object: string): boolean;
    takeReadOnly(): boolean;
    takeKeyRace(object: string, keys: readonly unknown[]): boolean;
    takeUsername(username: string): boolean;
  };
  /** @see OutboundMessages */
  readonly outbound: {
    queue(message: string, recordId: string): void;
    /** What an action says that cannot send; undefined where all is well. */
    readonly refusal: string | undefined;
  };
  /** @see RecycleBin */
  readonly recycleBin: {
    put(id: string, others: readonly string[], emptied: readonly EmptiedLookup[]): void;
    deletedWith(id: string): string | undefined;
    take(id: string): {
      readonly others: readonly string[];
      readonly emptied: readonly EmptiedLookup[];
    };
  };
  /** @see ScheduledPaths */
  readonly scheduled: {
    queue(one: ScheduledFor & { readonly userId: string }, dueAt: number): void;
    queueNow(one: ScheduledFor & { readonly userId: string }, now: number): void;
    move(one: ScheduledFor, dueAt: number): void;
  };
  /** @see SentMessages */
  readonly sent: {
    readonly deliverability: 'all' | 'system' | 'none';
    add(message: object, sentAt: string): void;
  };
  components(): readonly Component[];
}

/** A lookup that the deletion of its target has emptied. */
export interface EmptiedLookup {
  readonly object: string;
  readonly field: string;
  readonly record: string;
  readonly parent: string;
}

/** A scheduled path of a flow, for a record. */
interface ScheduledFor {
  readonly flow: string;
  readonly path: string;
  readonly record: string;
}
