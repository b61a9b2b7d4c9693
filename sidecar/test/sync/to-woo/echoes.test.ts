import { expect, it } from 'vitest';
import { TwoSides } from '../merge/two-sides.ts';

it('an edit that takes the shop back to what it answered us is no echo once another was brought', async () => {
  const sides = new TwoSides('woo_wins');
  await sides.begin(1);
  sides.tellsLater = true;
  sides.editSalesforce(1, { Name: 'Cup' });
  await sides.tell(1);
  await sides.run();
  expect(sides.deliver()).toBe(0);
  // A sweep finds this one, before the shop tells of it.
  sides.editWoo(1, { name: 'Mug' });
  sides.change(1);
  await sides.run();
  expect(sides.record(1)).toMatchObject({ Name: 'Mug' });
  sides.shop.change(1, { name: 'Cup' });
  expect(sides.deliver()).toBe(1);
  await sides.settle();
  expect(sides.record(1)).toMatchObject({ Name: 'Cup' });
});
