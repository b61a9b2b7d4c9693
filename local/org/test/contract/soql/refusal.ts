import { expect } from 'vitest';
import { ApiError } from '../../../model/errors.ts';
import { query } from './soql-org.ts';

/** A query is refused with that code, and with a message that has those words. */
export function expectRefusal(soql: string, code: string, message: string): void {
  let refusal: unknown;
  try {
    query(soql);
  } catch (error) {
    refusal = error;
  }
  expect(refusal).toBeInstanceOf(ApiError);
  expect(refusal).toMatchObject({ errorCode: code });
  expect((refusal as ApiError).message).toContain(message);
}
