import { describe, expect, it } from 'vitest';
import type { FieldMappingRow, TransitionRow } from '../../../src/mapping/model/config-rows.ts';
import { compileRows, field, fieldRow, mappingRow, object, schemas } from '../support/mappings.ts';

const ORG = schemas(
  object('Woo_Order__c', field('F__c', 'string', { length: 20_000 }), field('Total__c', 'double')),
);

const TRANSITIONS = [
  ['processing', 'completed'],
  ['wc-on-hold', ' Processing '],
];

function transition([from = '', to = '']: readonly string[]): TransitionRow {
  return { name: `${from}_${to}`, mapping: 'order', from, to };
}

function compile(
  attribute: string,
  more: Partial<FieldMappingRow> = {},
  transitions = TRANSITIONS.map(transition),
) {
  const fields = [fieldRow('F__c', attribute, { direction: 'both', ...more })];
  const mappings = [mappingRow({ name: 'Order', direction: 'both' })];
  const {
    mappings: [mapping],
    problems,
  } = compileRows({ mappings, fields, transitions }, ORG);
  return { one: mapping?.outgoing[0], problems };
}

function given(attribute: string, held: unknown, record = {}, more: Partial<FieldMappingRow> = {}) {
  const { one, problems } = compile(attribute, more);
  if (one === undefined) throw new Error(problems.map(({ message }) => message).join(' '));
  const made = one.toWoo(held, record);
  return 'patch' in made ? made.patch : made.problem;
}

describe('what is sent of an order', () => {
  it.each([
    ['completed', 'processing', { status: 'completed' }],
    ['Completed', 'processing', { status: 'completed' }],
    ['wc-completed', 'processing', { status: 'completed' }],
    ['processing', 'on-hold', { status: 'processing' }],
    ['completed', 'on-hold', 'TO_WOO_TRANSITION'],
    ['refunded', 'completed', 'TO_WOO_TRANSITION'],
    ['pending', undefined, 'TO_WOO_TRANSITION'],
    ['In work', 'processing', 'TO_WOO_FORM'],
    ['an-endless-status-name', 'processing', 'TO_WOO_FORM'],
    [null, 'processing', 'TO_WOO_EMPTY'],
  ])('is its status, where the list leads to it: %s from %s', (held, status, expected) => {
    const made = given('status', held, { status });
    expect('code' in made ? made['code'] : made).toEqual(expected);
  });

  it('says what else may be made of the order', () => {
    expect(given('status', 'completed', { status: 'on-hold' })['message']).toBe(
      'Order: F__c for status is "completed", but the order is on-hold in the shop, and by the active Woo Order Transitions from Salesforce on-hold may become processing.',
    );
    expect(given('status', 'completed', { status: 'packed' })['message']).toContain(
      'nothing may be made of packed from Salesforce',
    );
  });

  it('is a custom field, or a note, of which nothing is read back', () => {
    expect(given('meta_data.tracking_number', 'T1', { meta_data: [] })).toEqual({
      meta_data: [{ key: 'tracking_number', value: 'T1' }],
    });
    const note = { direction: 'to_woo' };
    expect(given('note_to_customer', ' Hello ', {}, note)).toEqual({ note_to_customer: 'Hello' });
    expect(given('note_private', 'x'.repeat(10_001), {}, note)['code']).toBe('TO_WOO_TOO_LONG');
    expect(compile('note_private', note).one?.fromWoo({ note_private: 'x' })).toBeNull();
  });

  it.each([
    ['total', {}],
    ['billing.email', {}],
    ['line_items.0.quantity', {}],
    ['meta_data._order_total', {}],
    // A status that the shop refuses could not go back.
    ['status', { direction: 'to_woo' }],
  ])('is nothing else, and holds the mapping: %s', (attribute, more) => {
    const { problems } = compile(attribute, more);
    expect(problems).toMatchObject([{ fatal: true, place: 'Map_F__c' }]);
  });
});

describe('a transition', () => {
  it.each([
    ['processing', 'trash', 'the shop alone'],
    ['processing', 'checkout-draft', 'the shop alone'],
    ['processing', 'processing', 'changes nothing'],
    ['', 'completed', 'no status'],
    ['on hold!', 'completed', 'no status'],
  ])('that is none is left out with a warning: %s to %s', (from, to, why) => {
    const { one, problems } = compile('status', {}, [transition([from, to])]);
    expect(problems).toMatchObject([{ code: 'MAPPING_TRANSITION', fatal: false }]);
    expect(problems[0]?.message).toContain(why);
    expect(one?.toWoo(to, { status: from })).toHaveProperty('problem');
  });
});
