import type { Value } from '../values/value.ts';
import { runningCode } from './running.ts';

/** An exception that Apex code can catch; classes of exceptions that code declares extend it. */
export class ApexException extends Error {
  /** As `getTypeName` gives it: `System.DmlException`. */
  readonly typeName: string;
  /** Of the code, as `getMessage` gives it. */
  text: string | null;
  reason: Value = null;
  readonly trace: string;
  readonly line: number;
  /** Of a DmlException, what was refused. */
  failures: readonly DmlFailure[] = [];

  constructor(typeName: string, text: string | null = null) {
    super();
    this.name = typeName;
    this.typeName = typeName;
    this.text = text;
    const { frames } = runningCode();
    this.trace = frames.trace();
    this.line = frames.line;
  }

  override get message(): string {
    return this.text ?? 'Script-thrown exception';
  }

  override toString(): string {
    return `${this.typeName}: ${this.message}`;
  }
}

export interface DmlFailure {
  /** Of the record in the statement. */
  readonly index: number;
  readonly id: string | null;
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
}

/** @param type without its namespace: `MathException` */
export const exception = (type: string, message: string): ApexException =>
  new ApexException(`System.${type}`, message);

export const nullPointer = (): ApexException =>
  exception('NullPointerException', 'Attempt to de-reference a null object');

/** A limit of the platform, which no code catches: the transaction ends. */
export class LimitFault extends Error {
  readonly trace: string;

  constructor(message: string) {
    super(message);
    this.name = 'LimitFault';
    this.trace = runningCode().frames.trace();
    runningCode().isAbandoned = true;
  }

  get typeName(): string {
    return 'System.LimitException';
  }
}

/** What this org does not run and only a running transaction meets: it ends, and nothing is guessed. */
export class NotEmulated extends Error {
  constructor(what: string) {
    super(`NOT_EMULATED: the local org does not run ${what}.`);
    this.name = 'NotEmulated';
    runningCode().isAbandoned = true;
  }
}
