import { describe, expect, it } from 'vitest';
import {
  attentionRow,
  ATTENTION_LENGTHS,
} from '../../../../src/sync/report/attention/attention-row.ts';
import type { Attention, Matter } from '../../../../src/sync/report/attention/attention.ts';

const attention = (over: Partial<Attention>): Attention => ({
  key: 'main:mapping_held:Order',
  cause: 'mapping_held',
  store: 'main',
  title: 'A title',
  body: [],
  code: null,
  about: 'Order',
  records: null,
  ...over,
});
const titleOf = (title: string) => String(attentionRow(attention({ title }))['Title__c']);
const bodyOf = (...body: readonly Matter[]) => String(attentionRow(attention({ body }))['Body__c']);
const words = (count: number) => Array.from({ length: count }, (_, at) => `word${at}`).join(' ');

describe('the text that people are told', () => {
  it('has a title that is cut between words, and leaves room for that it is solved', () => {
    expect(titleOf('Main shop is late')).toBe('Main shop is late');
    const title = titleOf(`${words(40)}, and more`);
    expect(`Solved: ${title}`.length).toBeLessThanOrEqual(ATTENTION_LENGTHS.Title__c);
    expect(title).toMatch(/^word0 (word\d+ )*word\d+…$/);
    expect(title.length).toBeGreaterThan(230);
    expect(words(40)).toContain(`${title.slice(0, -1)} `);
  });

  it('is cut within a word where there is none other', () => {
    expect(titleOf('x'.repeat(300))).toBe(`${'x'.repeat(241)}…`);
    expect(titleOf(`Name: ${'\u{1F600}'.repeat(200)}`)).toMatch(/[^\uD800-\uDBFF]…$/);
  });

  it('keeps what to do whole at its end, and cuts the reason between words', () => {
    const cure = 'Delete one of the two rows (Setup › Custom Metadata Types › Woo Field Mapping).';
    expect(bodyOf({ why: 'Two rows.', cure })).toBe(`Two rows. ${cure}`);
    const body = bodyOf({ why: words(300), cure });
    expect(body.length).toBeLessThanOrEqual(ATTENTION_LENGTHS.Body__c);
    expect(body.length).toBeGreaterThan(730);
    expect(body).toMatch(/^word0 (word\d+ )*word\d+… Delete/);
    expect(body.endsWith(`… ${cure}`)).toBe(true);
  });

  it('keeps whole lines of many things that are wrong, and says how many more there are', () => {
    const cure = 'Delete one of the two.';
    const all = Array.from({ length: 40 }, (_, at) => ({ why: `Row ${at} is doubled.`, cure }));
    const lines = bodyOf(...all).split('\n');
    expect(lines.join('\n').length).toBeLessThanOrEqual(ATTENTION_LENGTHS.Body__c);
    expect(lines.at(-1)).toBe(`${40 - lines.length + 1} more: see the open issues.`);
    expect(lines.slice(0, -1)).toEqual(
      all.slice(0, lines.length - 1).map(({ why }) => `${why} ${cure}`),
    );
    expect(lines.length).toBeGreaterThan(10);
    const long = bodyOf({ why: words(300), cure }, { why: words(300), cure });
    expect(long).toMatch(/… Delete one of the two\.\n1 more: see the open issues\.$/);
    expect(long.length).toBeLessThanOrEqual(ATTENTION_LENGTHS.Body__c);
  });

  it('names no file and no address, which who reads it does not have or see', () => {
    const why = 'ada@example.com is refused.';
    const body = bodyOf({ why, cure: 'See docs/connect.md.' });
    expect(body).toMatch(/is refused\. See the guide “connect”\.$/);
    expect(body).not.toContain('ada@example.com');
  });
});
