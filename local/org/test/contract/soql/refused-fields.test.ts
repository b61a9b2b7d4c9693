import { beforeAll, it } from 'vitest';
import { fillOrg } from './soql-org.ts';
import { statement } from '../statement.ts';
import { expectRefusal } from './refusal.ts';

beforeAll(fillOrg);

statement.group(
  'An unknown field or relationship is refused with `INVALID_FIELD`, an unknown object with `INVALID_TYPE`, each with the place in the query.',
  () => {
    it.each([
      [
        'SELECT Nope__c FROM Woo_Order__c',
        'INVALID_FIELD',
        "ERROR at Row:1:Column:8\nNo such column 'Nope__c' on entity 'Woo_Order__c'.",
      ],
      [
        'SELECT Id FROM Contact WHERE Nope = 1',
        'INVALID_FIELD',
        "No such column 'Nope' on entity 'Contact'.",
      ],
      [
        'SELECT Nope__r.Name FROM Contact',
        'INVALID_FIELD',
        "Didn't understand relationship 'Nope__r' in field path.",
      ],
      [
        'SELECT (SELECT Id FROM Nope__r) FROM Contact',
        'INVALID_FIELD',
        "Didn't understand relationship 'Nope__r'",
      ],
      ['SELECT Id FROM Nope__c', 'INVALID_TYPE', "sObject type 'Nope__c' is not supported."],
    ])('%s: %s', (soql, code, message) => {
      expectRefusal(soql, code, message);
    });
  },
);

statement.group('Long text cannot be filtered, sorted or grouped: `INVALID_FIELD`.', () => {
  it.each([
    [
      "SELECT Id FROM Woo_Order__c WHERE Customer_Note__c = 'call'",
      'INVALID_FIELD',
      "field 'Customer_Note__c' can not be filtered in a query call",
    ],
    [
      'SELECT Id FROM Woo_Order__c ORDER BY Customer_Note__c',
      'INVALID_FIELD',
      "field 'Customer_Note__c' can not be sorted in a query call",
    ],
    [
      'SELECT Customer_Note__c FROM Woo_Order__c GROUP BY Customer_Note__c',
      'INVALID_FIELD',
      "field 'Customer_Note__c' can not be grouped in a query call",
    ],
  ])('%s: %s', (soql, code, message) => {
    expectRefusal(soql, code, message);
  });
});

statement.group("A literal of another type than the field's is refused: `INVALID_FIELD`.", () => {
  it.each([
    [
      "SELECT Id FROM Woo_Order__c WHERE Total__c = '5'",
      'INVALID_FIELD',
      'must be of type double and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Woo_Order__c WHERE Name = 5',
      'INVALID_FIELD',
      'must be of type string and should be enclosed in quotes',
    ],
    [
      "SELECT Id FROM Woo_Order__c WHERE Day__c = '2026-01-01'",
      'INVALID_FIELD',
      'must be of type date and should not be enclosed in quotes',
    ],
    [
      'SELECT Id FROM Woo_Order__c WHERE Day__c = 2026-01-01T00:00:00Z',
      'INVALID_FIELD',
      'must be of type date',
    ],
    [
      'SELECT Id FROM Woo_Order__c WHERE Deleted_In_Woo__c = 1',
      'INVALID_FIELD',
      'must be of type boolean',
    ],
  ])('%s: %s', (soql, code, message) => {
    expectRefusal(soql, code, message);
  });
});
