import type { ObjectDefinition } from '../../../model/schema.ts';
import type { SObjectValue } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import type { DmlFailure } from './exception.ts';

/** What counts: all rights of the user, which records are shared with the user, or nothing. */
export type Access = 'user' | 'sharing' | 'system';

export type DmlVerb = 'insert' | 'update' | 'delete' | 'undelete' | 'upsert';

/** What became of one record. */
export interface Saved {
  readonly id: string | null;
  readonly isCreated: boolean;
  readonly errors: readonly Omit<DmlFailure, 'index' | 'id'>[];
}

export interface HttpAsked {
  readonly method: string;
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
}

export interface HttpAnswered {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: Buffer;
  /** How long it took. */
  readonly milliseconds: number;
}

/** Whether code that has ended made a deploy, and how it went. */
export interface DeployOutcome {
  readonly success: boolean;
  /** Why it has failed, where no component did. */
  readonly message: string | null;
  readonly failures: readonly { readonly fullName: string; readonly problem: string }[];
}

export interface DeployedRecord {
  readonly fullName: string;
  readonly label: string | null;
  readonly values: readonly {
    readonly field: string;
    readonly value: string | number | boolean | null;
  }[];
}

/** Code that is to run by the clock. */
export interface ScheduledJob {
  readonly name: string;
  /** Seconds, minutes, hours, day of month, month, day of week, and the year where there is one. */
  readonly cron: string;
  readonly className: string;
  /** JSON of the object. */
  readonly state: string;
}

/** What `System.debug` says. */
export interface DebugLine {
  readonly text: string;
  /** `DEBUG` */
  readonly level: string;
  /** Of the code. */
  readonly line: number;
}

/** What running Apex code finds around it: the org's data and the world outside. */
export interface Host {
  readonly user: { readonly id: string; readonly name: string; readonly userName: string };
  readonly organizationId: string;
  /** Milliseconds, of the org's clock. */
  now(): number;
  object(name: string, access: Access): ObjectDefinition | undefined;
  objects(access: Access): readonly ObjectDefinition[];
  objectOfId(id: string): ObjectDefinition | undefined;
  mayCreate(object: ObjectDefinition): boolean;
  mayUpdate(object: ObjectDefinition): boolean;
  mayRead(object: ObjectDefinition): boolean;
  mayDelete(object: ObjectDefinition): boolean;
  hasCustomPermission(name: string): boolean;
  /** @throws ApexException System.QueryException */
  query(soql: string, access: Access): readonly SObjectValue[];
  save(
    verb: DmlVerb,
    records: readonly SObjectValue[],
    how: { readonly allOrNone: boolean; readonly access: Access; readonly by?: string },
  ): readonly Saved[];
  /** All rows of a custom metadata type, as `getAll` has them. */
  metadataRows(object: ObjectDefinition): readonly SObjectValue[];
  /** The answer to the n-th callout of the transaction. @throws what ends the transaction for now */
  callout(asked: HttpAsked, at: number): HttpAnswered;
  startFlow(name: string, inputs: ReadonlyMap<string, Value>): ReadonlyMap<string, Value>;
  /** Deploys once the code has ended. @returns the id of the deploy */
  enqueueDeployment(
    records: readonly DeployedRecord[],
    heard: (outcome: DeployOutcome) => void,
  ): string;
  /** @returns the id of its CronTrigger. @throws ApexException */
  schedule(job: ScheduledJob): string;
  /** @throws ApexException where there is no such job */
  abortJob(id: string): void;
  setCreatedDate(id: string, ms: number): void;
  savepoint(): number;
  rollbackTo(savepoint: number): void;
  /** The same org for another user. */
  as(userId: string): Host;
  debug(line: DebugLine): void;
}
