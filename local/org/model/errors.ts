/** What a duplicate rule found, as the API shows it. */
export interface DuplicateResult {
  /** Whether the same call with `allowSave=true` would pass. */
  readonly allowSave: boolean;
  readonly duplicateRule: string;
  readonly duplicateRuleEntityType: string;
  readonly errorMessage: string;
  readonly matchResults: readonly {
    readonly entityType: string;
    readonly errors: readonly unknown[];
    readonly matchEngine: string;
    readonly matchRecords: readonly {
      readonly additionalInformation: readonly unknown[];
      readonly fieldDiffs: readonly unknown[];
      readonly matchConfidence: number;
      readonly record: Readonly<Record<string, unknown>>;
    }[];
    readonly rule: string;
    readonly size: number;
    readonly success: boolean;
  }[];
}

/** One reason why a record was refused, as the item of a collection reports it. */
export interface SaveError {
  readonly statusCode: string;
  readonly message: string;
  readonly fields: readonly string[];
  readonly duplicateResult?: DuplicateResult;
}

export const saveError = (
  statusCode: string,
  message: string,
  ...fields: readonly string[]
): SaveError => ({ statusCode, message, fields });

/** A whole call that is refused: answered with its status and `[{errorCode, message}]`. */
export class ApiError extends Error {
  readonly status: number;
  readonly errorCode: string;
  readonly fields: readonly string[] | undefined;

  constructor(status: number, errorCode: string, message: string, fields?: readonly string[]) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = fields;
  }
}

export const resourceNotFound = (): ApiError =>
  new ApiError(404, 'NOT_FOUND', 'The requested resource does not exist');

export const unsupportedType = (name: string): string =>
  `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure ` +
  "to append the '__c' after the entity name. Please reference your WSDL or the describe call for " +
  'the appropriate names.';

export const noSuchColumn = (column: string, object: string): SaveError =>
  saveError('INVALID_FIELD', `No such column '${column}' on sobject of type ${object}`);

/** The answer to JSON of another type than the field's; the position is not kept track of here. */
export const notDeserializable = (type: string, value: unknown): SaveError => {
  const [kind, shown] = jsonKind(value);
  return saveError(
    'JSON_PARSER_ERROR',
    `Cannot deserialize instance of ${type} from ${kind} value ${shown} ` +
      'or request may be missing a required field at [line:1, column:1]',
  );
};

function jsonKind(value: unknown): readonly [string, string] {
  if (value === null) return ['VALUE_NULL', 'null'];
  if (Array.isArray(value)) return ['START_ARRAY', '['];
  if (typeof value === 'object') return ['START_OBJECT', '{'];
  if (typeof value === 'boolean') return value ? ['VALUE_TRUE', 'true'] : ['VALUE_FALSE', 'false'];
  if (typeof value === 'number') {
    return [Number.isInteger(value) ? 'VALUE_NUMBER_INT' : 'VALUE_NUMBER_FLOAT', String(value)];
  }
  return ['VALUE_STRING', typeof value === 'string' ? value : ''];
}
