import type { Reply } from './http-org.ts';

interface Field {
  readonly displayValue: string | null;
  readonly value: unknown;
}

export interface UiRecord {
  readonly fields: Readonly<Record<string, Field | undefined>>;
  readonly [name: string]: unknown;
}

export const recordOf = ({ body }: Reply): UiRecord => body as UiRecord;

/** The fields of a record as pairs of display value and value. */
export const pairs = (record: UiRecord): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    Object.entries(record.fields).map(([name, field]) => [
      name,
      [field?.displayValue, field?.value],
    ]),
  );

/** A record inside the answer for another one. */
export const parentOf = (record: UiRecord, name: string): UiRecord =>
  record.fields[name]?.value as UiRecord;

export interface RecordErrorBody {
  readonly enhancedErrorType: string;
  readonly message: string;
  readonly output: {
    readonly errors: readonly Detail[];
    readonly fieldErrors: Readonly<Record<string, readonly Detail[] | undefined>>;
  };
}

export interface Detail {
  readonly errorCode: string;
  readonly field: string | null;
  readonly fieldLabel: string | null;
  readonly message: string;
}

export const recordErrorOf = ({ body }: Reply): RecordErrorBody => body as RecordErrorBody;
