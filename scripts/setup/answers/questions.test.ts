import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { askValid, wrongAnswers } from './ask-valid.ts';
import { customersIn, firstLoad, ORDERS, PUBLIC_ADDRESS, since } from './questions.ts';

const NOW = new Date('2026-03-01T12:00:00Z');

beforeEach(() => {
  vi.spyOn(process, 'stdin', 'get').mockReturnValue({ isTTY: false } as never);
});

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe('without a terminal', () => {
  it('each question has a default', async () => {
    for (const { variable } of [ORDERS, customersIn(true), since(NOW), PUBLIC_ADDRESS])
      vi.stubEnv(variable, undefined);
    expect(await askValid(ORDERS)).toBe('completed');
    expect(await askValid(customersIn(true))).toBe('accounts');
    expect(await askValid(since(NOW))).toBeNull();
    expect(await askValid(PUBLIC_ADDRESS)).toBeNull();
    expect(await askValid(firstLoad(false))).toBe(false);
  });

  it('a wrong answer names its variable', async () => {
    vi.stubEnv('WOO_ORDERS', 'some');
    await expect(askValid(ORDERS)).rejects.toThrow(
      'WOO_ORDERS: "some" is no answer: give a number from 1 to 3, or completed, processing, every.',
    );
  });

  it('all wrong answers are told at once', () => {
    vi.stubEnv('WOO_CUSTOMERS', 'persons');
    vi.stubEnv('WOO_SINCE', 'yesterday');
    vi.stubEnv('PUBLIC_URL', 'http://sync.example.com');
    expect(wrongAnswers([ORDERS, customersIn(false), since(NOW), PUBLIC_ADDRESS])).toEqual([
      expect.stringContaining('WOO_CUSTOMERS: The org has no Person Accounts'),
      expect.stringContaining('WOO_SINCE: "yesterday" is not how far back'),
      expect.stringContaining('PUBLIC_URL must begin with https'),
    ]);
  });
});

describe('answers', () => {
  it.each([
    ['2', 'processing'],
    ['Every', 'every'],
    ['completed', 'completed'],
  ])('when orders arrive: %s', (text, answer) => {
    expect(ORDERS.parse(text)).toBe(answer);
  });

  it.each(['0', '4', '1.5', '-1', 'processed'])('that are none: %s', (text) => {
    expect(() => ORDERS.parse(text)).toThrow(`"${text}" is no answer`);
  });

  it.each([
    ['all', null],
    ['0', '2026-03-01'],
    ['365', '2025-03-01'],
    ['2025-12-24', '2025-12-24'],
  ])('how far back: %s', (text, day) => {
    expect(since(NOW).parse(text)).toBe(day);
  });

  it.each(['2025-02-30', '24.12.2025', '-3', '999999'])('that are no day: %s', (text) => {
    expect(() => since(NOW).parse(text)).toThrow('give all, a number of days');
  });

  it.each([
    ['Y', true],
    ['no', false],
  ])('yes or no: %s', (text, answer) => {
    expect(firstLoad(true).parse(text)).toBe(answer);
  });
});
