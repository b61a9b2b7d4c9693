import { describe, expect, it } from 'vitest';
import { DATA_LENGTH } from '../../../../src/engine/commands/output/result-text.ts';
import { field } from '../../../mapping/support/mappings.ts';
import { FIELDS, scene } from './editor-scene.ts';

describe('describe_mapping', () => {
  const asked = { object: 'Woo_Order__c', resource: 'order' };

  it('says what the integration user may do with fields, and what the latest record holds', async () => {
    const { answer } = scene();
    const { fields, attributes, ...head } = await answer('describe_mapping', asked);
    expect(head).toMatchObject({ object: { name: 'Woo_Order__c', createable: true }, parts: 1 });
    expect(fields).toContainEqual({
      ...{ name: 'Name', label: 'Name', type: 'string', length: 80, required: true },
      ...{ createable: true, updateable: true },
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

  it('has names alone of a shop without records', async () => {
    const { attributes } = await scene(FIELDS, []).answer('describe_mapping', asked);
    expect(attributes).toContainEqual({ name: 'status' });
  });

  it.each([
    [{ ...asked, object: 'Nowhere__c' }, 'OBJECT_NOT_VISIBLE: '],
    [{ ...asked, resource: 'coupon' }, 'COMMAND_ARGUMENTS_INVALID: .*resource'],
  ])('of %j fails with %s', async (given, says) => {
    const { state, text } = await scene().give('describe_mapping', given);
    expect(state).toBe('failed');
    expect(text).toMatch(new RegExp(`^${says}`));
  });
});
