import { expect, it } from 'vitest';
import { CodedError } from '../../src/errors/coded-error.ts';
import { describeFailure } from '../../src/http/failure-log.ts';

it('fault 49: the log of the server holds no address of a customer, whatever an error quotes', () => {
  const quoted = 'invalid input "main:guest:ada.lovelace@example.com" for "Ada <ada@example.com>"';
  const errors = [
    new Error(quoted),
    new CodedError('STATE_FAILED', quoted, 'Look into the log of the database.'),
    quoted,
  ];
  for (const error of errors) {
    const line = JSON.stringify(describeFailure(error));
    expect(line).not.toMatch(/ada\.lovelace|ada@/);
    expect(line).toContain('main:guest:a…@example.com');
  }
});
