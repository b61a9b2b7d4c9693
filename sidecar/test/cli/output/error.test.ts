import { describe, expect, it } from 'vitest';

import { describeError } from '../../../src/cli/output/error.ts';
import { CodedError } from '../../../src/errors/coded-error.ts';

describe('describeError', () => {
  it('says code, sentence and cure of an error that was foreseen', () => {
    const error = new CodedError('STATE_LOCKED', 'It is in use.', 'Stop the other one.');
    expect(describeError(error)).toBe('STATE_LOCKED: It is in use.\nStop the other one.');
  });

  it('shows where an unforeseen error comes from, and none of the data that it carries', () => {
    const error = Object.assign(new Error('duplicate key main:guest:ada@shop.example'), {
      params: ['main:guest:ada@shop.example', 'Lovelace'],
    });
    const text = describeError(error);
    expect(text).toContain('error.test.ts');
    expect(text).toContain('a bug');
    expect(text).not.toContain('ada@');
    expect(text).not.toContain('Lovelace');
  });

  it('says that nothing is known of what is no error', () => {
    expect(describeError('boom')).toContain('boom');
  });
});
