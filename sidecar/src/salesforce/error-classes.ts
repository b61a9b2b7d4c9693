/**
 * What to do about an error code of Salesforce: `retry` it (a lock, a race, a code that we do not know), look
 * after the record that it refers to (`reference`), tell a person (`permanent` for the record's data, `setup`
 * for rights and schema), or wait for the org's limits (`limit`).
 */
export type ErrorClass = 'retry' | 'reference' | 'permanent' | 'setup' | 'limit';

const classes: Readonly<Record<ErrorClass, readonly string[]>> = {
  retry: [
    'UNABLE_TO_LOCK_ROW',
    'SERVER_UNAVAILABLE',
    'INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE',
    'REQUEST_RUNNING_TOO_LONG',
    'QUERY_TIMEOUT',
    'UNKNOWN_EXCEPTION',
    'TXN_SECURITY_RUNTIME_EXCEPTION',
    'DUPLICATE_VALUE',
    'ENTITY_IS_LOCKED',
  ],
  reference: ['ENTITY_IS_DELETED', 'INVALID_CROSS_REFERENCE_KEY', 'NOT_FOUND', 'MULTIPLE_CHOICES'],
  permanent: [
    'REQUIRED_FIELD_MISSING',
    'STRING_TOO_LONG',
    'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
    'INVALID_EMAIL_ADDRESS',
    'NUMBER_OUTSIDE_VALID_RANGE',
    'FIELD_CUSTOM_VALIDATION_EXCEPTION',
    'FIELD_INTEGRITY_EXCEPTION',
    'FIELD_FILTER_VALIDATION_EXCEPTION',
    'DUPLICATES_DETECTED',
    'JSON_PARSER_ERROR',
    'STANDARD_PRICE_NOT_DEFINED',
    'MALFORMED_ID',
    'DELETE_FAILED',
    'APEX_ERROR',
    'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    'CANNOT_EXECUTE_FLOW_TRIGGER',
  ],
  setup: [
    'INSUFFICIENT_ACCESS',
    'INSUFFICIENT_ACCESS_OR_READONLY',
    'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    'INVALID_FIELD',
    'INVALID_FIELD_FOR_INSERT_UPDATE',
    'INVALID_TYPE',
    'INVALID_TYPE_FOR_OPERATION',
    'CANNOT_UPDATE_CONVERTED_LEAD',
    'MALFORMED_QUERY',
  ],
  limit: [
    'REQUEST_LIMIT_EXCEEDED',
    'API_CURRENTLY_DISABLED',
    'API_DISABLED_FOR_ORG',
    'STORAGE_LIMIT_EXCEEDED',
  ],
};

const byCode = new Map(
  (Object.keys(classes) as ErrorClass[]).flatMap((kind) =>
    classes[kind].map((code): [string, ErrorClass] => [code, kind]),
  ),
);

/** Classifies an error of one record or of a whole call. Unknown codes are retried; whoever retries has a bound. */
export function classify(code: string, message: string): ErrorClass {
  // Triggers and flows wrap the lock that they ran into.
  if (message.includes('UNABLE_TO_LOCK_ROW')) return 'retry';
  // What an upsert answers when the parent that it names by external id does not exist.
  if (code === 'INVALID_FIELD' && /foreign key external id/i.test(message)) return 'reference';
  if (code.startsWith('CONCURRENT_')) return 'limit';
  if (code.startsWith('PORTAL_')) return 'setup';
  return byCode.get(code) ?? 'retry';
}
