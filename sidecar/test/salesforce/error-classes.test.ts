import { describe, expect, it } from 'vitest';
import { classify } from '../../src/salesforce/error-classes.ts';

describe('an error code', () => {
  it.each([
    ['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access', 'retry'],
    ['DUPLICATE_VALUE', 'duplicate value found: Woo_Key__c', 'retry'],
    ['CANNOT_EXECUTE_FLOW_TRIGGER', 'UNABLE_TO_LOCK_ROW, unable to obtain', 'retry'],
    ['CANNOT_EXECUTE_FLOW_TRIGGER', 'your flow failed', 'permanent'],
    ['STRING_TOO_LONG', 'data value too large', 'permanent'],
    ['ENTITY_IS_DELETED', 'entity is deleted', 'reference'],
    ['INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', 'reference'],
    [
      'INVALID_FIELD',
      'Foreign key external ID: main:9 not found for field Woo_Key__c',
      'reference',
    ],
    ['INVALID_FIELD', "No such column 'X__c' on sobject", 'setup'],
    ['INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access', 'setup'],
    ['PORTAL_USER_ALREADY_EXISTS_FOR_CONTACT', '', 'setup'],
    ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'limit'],
    ['STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded', 'limit'],
    ['CONCURRENT_API_LIMIT_EXCEEDED', '', 'limit'],
    ['SOMETHING_NEW', '', 'retry'],
  ])('%s "%s" means %s', (code, message, kind) => {
    expect(classify(code, message)).toBe(kind);
  });
});
