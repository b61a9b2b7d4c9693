import { describe, expect, it } from 'vitest';
import { heldFor, heldMappings, placed } from '../../src/ports/held-mappings.ts';
import { MISTAKE, ownMapping } from '../support/own-mapping.ts';

/** Which mappings are held for each store. */
function heldWith(...configured: Parameters<typeof ownMapping>) {
  const { from, compiled } = ownMapping(...configured);
  const held = heldMappings(from, compiled);
  const names = (store: string) => heldFor({ held }, store).map(({ name }) => name);
  return { main: names('main'), outlet: names('outlet') };
}

describe('a held mapping for every store', () => {
  it('is not held for a store that has its own', () => {
    expect(heldWith(MISTAKE, 'Name')).toEqual({ main: ['Order'], outlet: [] });
  });

  it('is not held for a store whose own is held: that one is', () => {
    expect(heldWith(MISTAKE, MISTAKE)).toEqual({ main: ['Order'], outlet: ['Outlet_Order'] });
    expect(heldWith('Name', MISTAKE)).toEqual({ main: [], outlet: ['Outlet_Order'] });
  });

  it.each([
    ['is of another object', { object: 'Account' }],
    ['is off', { active: false }],
    ['only goes to the shop', { direction: 'to_woo', resource: 'product' }],
  ])('is held for a store whose own %s', (_, row) => {
    expect(heldWith(MISTAKE, 'Name', row).outlet).toContain('Order');
  });
});

it.each([
  ['Order_Name: it is empty.', 'Order_Name: it is empty.'],
  ['Order_Name has no field.', 'Order_Name has no field.'],
  ['Order_Name_2 has no field.', 'Order_Name: Order_Name_2 has no field.'],
  ['It has no field.', 'Order_Name: It has no field.'],
])('what is said of Order_Name names it once: %s', (message, said) => {
  expect(placed({ place: 'Order_Name', message })).toBe(said);
});
