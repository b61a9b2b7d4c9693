import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../../src/errors/coded-error.ts';
import { DATA_LENGTH } from '../../../../src/engine/commands/output/result-text.ts';
import { field } from '../../../mapping/support/mappings.ts';
import { FIELDS, ORDER, scene } from './editor-scene.ts';

describe('describe_mapping', () => {
  const asked = { object: 'Woo_Order__c', resource: 'order' };

  it('says what the integration user may do with fields, and what the latest record holds', async () => {
    const { answer } = scene();
    const { fields, attributes, ...head } = await answer('describe_mapping', asked);
    expect(head).toMatchObject({ object: { name: 'Woo_Order__c', createable: true }, parts: 1 });
    expect(fields).toContainEqual({
      name: 'Name',
      label: 'Name',
      type: 'string',
      length: 80,
      required: true,
      createable: true,
      updateable: true,
    });
    expect(fields).toContainEqual(
      expect.objectContaining({ name: 'Stage__c', restricted: true, values: ['Done', 'Lost'] }),
    );
    const examples = new Map(attributes.map((one) => [one['name'], one['example']]));
    expect(examples.get('billing.city')).toBe('Berlin');
    expect(examples.get('billing')).toBe('{"city":"Berlin","email":"a…@example.com"}');
    expect(examples.get('meta_data.vat_number')).toBe('DE1');
    expect(examples.get('customer')).toBe('guest:a…@example.com');
    expect(examples.get('store')).toBe('main');
    expect(examples.has('date_paid')).toBe(true);
    expect(attributes.filter(({ name }) => name === 'meta_data.vat_number')).toHaveLength(1);
  });

  it('comes in parts that the record takes, with nothing left out', async () => {
    const many = Array.from({ length: 900 }, (_, at) =>
      field(`F${at}__c`, 'picklist', { picklistValues: ['a value of some length', 'another one'] }),
    );
    const { answer } = scene(many);
    const names: unknown[] = [];
    let parts = 1;
    for (let part = 1; part <= parts; part += 1) {
      const found = await answer('describe_mapping', { ...asked, part });
      parts = Number(found['parts']);
      names.push(...found.fields.map(({ name }) => name));
      expect(JSON.stringify(found).length).toBeLessThanOrEqual(DATA_LENGTH);
    }
    expect(parts).toBeGreaterThan(1);
    expect(names).toEqual(['Woo_Key__c', ...many.map(({ name }) => name)]);
  });

  it('names the values that orders can have, and those that records really have', async () => {
    const order = (id: number, more: object) => ({ ...ORDER, id, ...more });
    const meta = (key: string, value: string) => ({ meta_data: [{ id: 1, key, value }] });
    const orders = [
      order(9, { status: 'odd', payment_method: 'stripe', ...meta('gift', 'yes') }),
      order(8, { status: 'packed', payment_method: 'bacs', ...meta('gift', 'no') }),
      order(7, { currency: 'EUR', payment_method: 'bacs', ...meta('gift', 'no') }),
      order(6, { currency: 'EUR', ...meta('gift', 'yes') }),
      order(5, meta('who', 'Ada Byron')),
      order(4, meta('who', 'Grace Hopper')),
    ];
    const { answer, store } = scene(FIELDS, orders);
    const { values, attributes } = await answer('describe_mapping', asked);
    expect(values).toEqual({
      status: [
        { value: 'processing', label: 'Processing' },
        { value: 'packed', label: 'Packed by us' },
        { value: 'odd' },
        { value: 'completed' },
      ],
      payment_method: [{ value: 'bacs' }, { value: 'stripe' }],
      currency: [{ value: 'EUR' }],
      'meta_data.gift': [{ value: 'no' }, { value: 'yes' }],
    });
    // Custom fields of all of them, each with the value of the latest that has one.
    const examples = new Map(attributes.map((one) => [one['name'], one['example']]));
    expect(examples.get('meta_data.gift')).toBe('yes');
    expect(examples.get('meta_data.who')).toBe('Ada Byron');
    expect(store.asked).toEqual(['orders ', 'statuses']);
  });

  it('names custom fields of one key by their numbers, and the parts of what they hold', async () => {
    const meta_data = [
      '{"to":"Ada","a.b":1}',
      'plain',
      '{"to":',
      'a:1:{s:4:"kind";s:3:"box";}',
    ].map((value) => ({ key: 'gift', value }));
    const { attributes } = await scene(FIELDS, [{ ...ORDER, meta_data }]).answer(
      'describe_mapping',
      asked,
    );
    const examples = attributes.map((one) => [one['name'], one['example']] as const);
    expect(examples.filter(([name]) => String(name).startsWith('meta_data.'))).toEqual([
      ['meta_data.gift', '{"to":"Ada","a.b":1}'],
      ['meta_data.gift.to', 'Ada'],
      ['meta_data.gift#2', 'plain'],
      ['meta_data.gift#3', '{"to":'],
      ['meta_data.gift#4', 'a:1:{s:4:"kind";s:3:"box";}'],
      ['meta_data.gift#4.kind', 'box'],
    ]);
  });

  it('names the fields of ACF that records of some content have, groups with their parts', async () => {
    const event = (id: number, acf: unknown) => ({
      id,
      type: 'event',
      status: 'publish',
      slug: `e${id}`,
      acf,
      _links: {},
    });
    const events = [
      event(3, []),
      event(2, { venue: 'Hall', poster: 7, address: { city: '', country: 'DE' } }),
      event(1, { venue: 'Hall', poster: null, address: { city: 'Kiel' }, 'odd.key': 'x' }),
    ];
    const { answer } = scene(FIELDS, [], { lists: { 'content/event': events } });
    const { attributes, values } = await answer('describe_mapping', {
      object: 'Woo_Order__c',
      resource: 'content',
      contentType: 'event',
    });
    const examples = attributes.map((one) => [one['name'], one['example']] as const);
    expect(examples.filter(([name]) => String(name).startsWith('acf'))).toEqual([
      ['acf', expect.stringContaining('"venue":"Hall"')],
      ['acf.venue', 'Hall'],
      ['acf.poster', 7],
      ['acf.address', '{"city":"","country":"DE"}'],
      ['acf.address.city', 'Kiel'],
      ['acf.address.country', 'DE'],
    ]);
    expect(examples.map(([name]) => name)).not.toContain('_links');
    expect(values).toMatchObject({ 'acf.venue': [{ value: 'Hall' }] });
    expect(attributes.find(({ name }) => name === 'acf')).toMatchObject({ kind: 'object' });
  });

  it('names twenty parts of one field', async () => {
    const parts = Object.fromEntries(Array.from({ length: 25 }, (_, at) => [`p${at}`, at]));
    const event = { id: 1, type: 'event', acf: { many: parts } };
    const meta_data = [{ key: 'many', value: parts }];
    const { answer } = scene(FIELDS, [{ ...ORDER, meta_data }], {
      lists: { 'content/event': [event] },
    });
    for (const [given, path] of [
      [asked, 'meta_data.many'],
      [{ ...asked, resource: 'content', contentType: 'event' }, 'acf.many'],
    ] as const) {
      const { attributes } = await answer('describe_mapping', given);
      const names = attributes.map(({ name }) => String(name));
      const of = names.filter((name) => name.startsWith(`${path}.`));
      expect([of.length, of.at(-1)]).toEqual([20, `${path}.p19`]);
    }
  });

  it('names the values of records where the shop does not tell its statuses', async () => {
    const { answer, store } = scene();
    store.statusesOut = new CodedError('WOO_KEY_REFUSED', 'The key may not.', 'Another key.');
    const { values, problem } = await answer('describe_mapping', asked);
    expect(values).toMatchObject({ status: [{ value: 'completed' }] });
    expect(problem).toBeNull();
  });

  it('says of attributes what they hold, whose id they are, and what WordPress calls them', async () => {
    const { attributes } = await scene().answer('describe_mapping', asked);
    const known = new Map(attributes.map((one) => [one['name'], one]));
    expect(known.get('status')).toMatchObject({ kind: 'word', refersTo: null });
    expect(known.get('status')?.['also']).toEqual(['post_status', 'order_status']);
    expect(known.get('customer_id')).toMatchObject({ kind: 'number', refersTo: 'customer' });
    expect(known.get('billing.city')?.['also']).toEqual(['_billing_city']);
    expect(known.get('meta_data.vat_number')).toMatchObject({ kind: null, refersTo: null });
  });

  it('has fields and names alone where the shop does not answer, and says why', async () => {
    const { answer, store } = scene();
    store.list = () =>
      Promise.reject(new CodedError('WOO_UNREACHABLE', 'The shop is out.', 'Start it.'));
    const { fields, attributes, problem } = await answer('describe_mapping', asked);
    expect(fields.map(({ name }) => name)).toContain('Stage__c');
    expect(attributes.map(({ name }) => name)).toContain('status');
    expect(problem).toEqual({
      code: 'WOO_UNREACHABLE',
      message: 'The shop is out.',
      cure: 'Start it.',
    });
  });

  it('has names alone of a shop without records', async () => {
    const { attributes } = await scene(FIELDS, []).answer('describe_mapping', asked);
    expect(attributes).toContainEqual({
      name: 'status',
      kind: 'word',
      refersTo: null,
      also: ['post_status', 'order_status'],
    });
  });

  it.each([
    [{ ...asked, object: 'Nowhere__c' }, 'OBJECT_NOT_VISIBLE: '],
    [{ ...asked, resource: 'voucher' }, 'COMMAND_ARGUMENTS_INVALID: .*resource'],
  ])('of %j fails with %s', async (given, says) => {
    const { state, text } = await scene().give('describe_mapping', given);
    expect(state).toBe('failed');
    expect(text).toMatch(new RegExp(`^${says}`));
  });
});
