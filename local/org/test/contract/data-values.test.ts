import { beforeAll, expect, it } from 'vitest';
import { codeOf, DataOrg, firstError } from './data-org.ts';
import { statement } from './statement.ts';

let org: DataOrg;

beforeAll(() => {
  org = new DataOrg();
});

const order = 'Woo_Order__c';
/** What the field holds after a record was made with the value. */
const kept = (name: string, given: unknown): unknown =>
  org.value(org.created(order, { [name]: given }), name);
const refused = (record: object, type = order): readonly [string, string] => {
  const error = firstError(org.create(type, record));
  return [error?.statusCode ?? 'none', error?.message ?? ''];
};
const expectRefusal = (record: object, code: string, message: string, type = order): void => {
  const [statusCode, text] = refused(record, type);
  expect(statusCode).toBe(code);
  expect(text).toContain(message);
};

statement('A field that the object does not have is refused: `INVALID_FIELD`.', () => {
  const message = "No such column 'Nope__c' on sobject of type Woo_Order__c";
  expect(refused({ Nope__c: 1 })).toEqual(['INVALID_FIELD', message]);
  expectRefusal({ Id: 'x' }, 'INVALID_FIELD', 'The Id field should not be specified');
  expect(org.value(org.created('woo_order__C', { NAME: 'x' }), 'Name')).toBe('x');
});

statement.group(
  "JSON of another type than the field's is refused: `JSON_PARSER_ERROR`; numbers as text and numbers in text fields are taken.",
  () => {
    it.each([
      [{ Total__c: 'abc' }, 'Cannot deserialize instance of double from VALUE_STRING value abc'],
      [{ Total__c: {} }, 'from START_OBJECT value {'],
      [{ Name: ['a'] }, 'instance of string from START_ARRAY'],
      [{ Total__c: '10,50' }, 'VALUE_STRING value 10,50'],
      [{ Deleted_In_Woo__c: 'yes' }, 'instance of boolean'],
      [{ Contact__r: 'main:1' }, 'Contact__r from VALUE_STRING'],
    ])('%j', (record, message) => {
      expectRefusal(record, 'JSON_PARSER_ERROR', message);
    });

    it.each([
      ['Total__c', '12.5', 12.5],
      ['Name', 12, '12'],
      ['Deleted_In_Woo__c', 'true', 1],
    ])('%s: %j is kept as %j', (name, given, value) => {
      expect(kept(name, given)).toBe(value);
    });
  },
);

statement.group(
  'Dates are `YYYY-MM-DD`, date-times carry a zone; both must be in the calendar and between the years 1700 and 4000.',
  () => {
    it.each([
      ['Day__c', '2026-02-30'],
      ['Day__c', '2026-02-03T00:00:00Z'],
      ['Day__c', '0001-01-01'],
      ['Day__c', '4001-01-01'],
      ['Created_In_Woo__c', '2026-01-31T23:30:00'],
      ['Created_In_Woo__c', '2026-01-31 23:30:00'],
      ['Created_In_Woo__c', '2026-13-31T23:30:00Z'],
    ])('%s refuses %s', (name, given) => {
      expectRefusal({ [name]: given }, 'JSON_PARSER_ERROR', `value ${given}`);
    });

    it.each([
      ['Day__c', '2028-02-29'],
      ['Day__c', '1700-01-01'],
      ['Day__c', '4000-12-31'],
    ])('%s takes %s', (name, given) => {
      expect(kept(name, given)).toBe(given);
    });
  },
);

statement.group('Date-times are kept in UTC, whole seconds.', () => {
  it.each([
    ['2026-01-31T23:30:00+01:00', '2026-01-31T22:30:00.000+0000'],
    ['2026-01-31T23:30:00.123Z', '2026-01-31T23:30:00.000+0000'],
    ['2026-01-31T23:30:00+0130', '2026-01-31T22:00:00.000+0000'],
  ])('%s as %s', (given, value) => {
    expect(kept('Created_In_Woo__c', given)).toBe(value);
  });
});

statement('Text is trimmed; empty text is null.', () => {
  expect(kept('Name', '  padded\t')).toBe('padded');
  expect(kept('Store__c', '   ')).toBeNull();
  expect(kept('Billing_Email__c', '')).toBeNull();
});

statement("Text beyond the field's length is refused: `STRING_TOO_LONG`.", () => {
  const tooLong = (record: object, message: string): void => {
    expectRefusal(record, 'STRING_TOO_LONG', message);
  };
  tooLong({ Name: 'x'.repeat(81) }, 'Name: data value too large: xxx');
  tooLong({ Customer_Note__c: 'x'.repeat(32_769) }, '(max length=32768)');
  expect(kept('Name', `${'x'.repeat(80)} `)).toHaveLength(80);
});

statement.group(
  "Numbers are rounded to the field's scale, half away from zero; more digits than fit are refused: `NUMBER_OUTSIDE_VALID_RANGE`.",
  () => {
    it.each([
      [1.005, 1.01],
      [-2.675, -2.68],
      [9_999_999_999_999_998, 9_999_999_999_999_998],
    ])('%d as %d', (given, value) => {
      expect(kept('Total__c', given)).toBe(value);
    });

    it('1e16 is refused', () => {
      const message = 'Total: value outside of valid range on numeric field';
      expectRefusal({ Total__c: 1e16 }, 'NUMBER_OUTSIDE_VALID_RANGE', message);
    });
  },
);

statement(
  'A value that a restricted picklist does not have is refused: `INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST`; an open picklist takes any value of up to 255 characters.',
  () => {
    const code = 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST';
    expectRefusal({ Tags__c: 'new;old' }, code, 'bad value for restricted picklist field: old');
    expect(kept('Tags__c', 'new;bulk')).toBe('new;bulk');
    expect(kept('Status__c', 'not in the list')).toBe('not in the list');
    expectRefusal({ Status__c: 'x'.repeat(256) }, 'STRING_TOO_LONG', '(max length=255)');
  },
);

statement.group('An e-mail address that is none is refused: `INVALID_EMAIL_ADDRESS`.', () => {
  it.each(['a@b', 'a b@example.com', 'a..b@example.com', 'ä@example.com', 'a@example.com.'])(
    '%s',
    (given) => {
      const message = `Billing Email: invalid email address: ${given}`;
      expectRefusal({ Billing_Email__c: given }, 'INVALID_EMAIL_ADDRESS', message);
    },
  );

  it("o'neil+x@sub.example.com is one", () => {
    const address = "o'neil+x@sub.example.com";
    expect(kept('Billing_Email__c', address)).toBe(address);
  });
});

statement(
  'A new record without a required field, or a change that empties one, is refused: `REQUIRED_FIELD_MISSING`.',
  () => {
    const missing = 'REQUIRED_FIELD_MISSING';
    const both = 'Required fields are missing: [Order__c, Amount__c]';
    expect(refused({}, 'Woo_Refund__c')).toEqual([missing, both]);
    expectRefusal({ FirstName: 'Ada' }, missing, '[LastName]', 'Contact');
    expectRefusal({ LastName: ' ' }, missing, '[LastName]', 'Contact');
    const id = org.created('Contact', { LastName: 'x' });
    expect(codeOf(org.update('Contact', id, { LastName: null }))).toBe(missing);
    expect(codeOf(org.update('Contact', id, { FirstName: 'y' }))).toBe('ok');
  },
);

statement('A checkbox is never null.', () => {
  expectRefusal({ Deleted_In_Woo__c: null }, 'JSON_PARSER_ERROR', 'from VALUE_NULL value null');
  expect(org.value(org.created(order, {}), 'Deleted_In_Woo__c')).toBe(0);
});

statement(
  'Fields without a value get their default in a new record, unless the record says null.',
  () => {
    expect(org.value(org.created(order, {}), 'Status__c')).toBe('pending');
    expect(kept('Status__c', null)).toBeNull();
  },
);

statement.group(
  'Formulas, auto numbers, compound names and addresses, and system fields cannot be written: `INVALID_FIELD_FOR_INSERT_UPDATE`.',
  () => {
    it.each([
      [order, { Admin_Link__c: 'x' }, 'Unable to create/update fields: Admin_Link__c.'],
      [order, { CreatedDate: '2026-01-01T00:00:00Z' }, 'CreatedDate'],
      ['Woo_Refund__c', { Name: 'mine' }, 'Name'],
      ['Contact', { LastName: 'x', Name: 'y' }, 'Name'],
      ['Contact', { LastName: 'x', MailingAddress: {} }, 'MailingAddress'],
    ])('%s %j', (type, record, message) => {
      expectRefusal(record, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, type);
    });
  },
);

statement('A new record of a custom object without a name is named by its id.', () => {
  const id = org.created(order, {});
  expect(org.value(id, 'Name')).toBe(id.slice(0, 15));
});

statement(
  'The name of a person is joined from first and last name, also when one of them changes; auto numbers count up.',
  () => {
    const id = org.created('Contact', { FirstName: 'Ada', LastName: 'King' });
    expect(org.value(id, 'Name')).toBe('Ada King');
    org.update('Contact', id, { LastName: 'Lovelace' });
    expect(org.value(id, 'Name')).toBe('Ada Lovelace');
    const parent = org.created(order, {});
    const number = (): string =>
      String(org.value(org.created('Woo_Refund__c', { Order__c: parent, Amount__c: 1 }), 'Name'));
    const [first, second] = [number(), number()];
    expect(first).toMatch(/^WR-\d{6}$/);
    expect(Number(second.slice(3))).toBe(Number(first.slice(3)) + 1);
  },
);

statement('All errors of a record are reported at once, each with its field.', () => {
  const { errors } = org.create(order, {
    Name: 'x'.repeat(81),
    Billing_Email__c: 'x',
    Code__c: 'y'.repeat(21),
  });
  expect(errors.map((one) => [one.statusCode, ...one.fields])).toEqual([
    ['STRING_TOO_LONG', 'Name'],
    ['INVALID_EMAIL_ADDRESS', 'Billing_Email__c'],
    ['STRING_TOO_LONG', 'Code__c'],
  ]);
});

statement(
  'Custom metadata records, profiles and permission sets cannot be written as data: `INVALID_TYPE_FOR_OPERATION`.',
  () => {
    for (const type of ['Woo_Mapping__mdt', 'Profile', 'PermissionSet']) {
      const message = `entity type ${type} does not support insert`;
      expect(refused({}, type)).toEqual(['INVALID_TYPE_FOR_OPERATION', message]);
    }
    const unknown = "sObject type 'Nope__c' is not supported";
    expectRefusal({}, 'INVALID_TYPE', unknown, 'Nope__c');
  },
);
