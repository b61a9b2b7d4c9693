import { describe, expect, it } from 'vitest';
import { ADA, World } from './kept-world.ts';

describe('two customers whose contacts were merged in Salesforce', () => {
  const BOB = { ...ADA, id: 4, email: 'bob@shop.example', first_name: 'Bob' };

  /** Bob's contact was merged into Ada's. */
  async function merged() {
    const world = new World();
    await world.load(ADA, BOB);
    const [first, second] = world.org.of('Contact');
    world.org.merged.set(String(second?.Id), String(first?.Id));
    world.org.objects.set(
      'Contact',
      [first].flatMap((one) => one ?? []),
    );
    const moved = { ...BOB, email: 'bob@new.example', billing: { phone: '2' } };
    await world.load(ADA, moved);
    return { world, moved, recordId: String(first?.Id) };
  }

  it('are named by one issue of the one whose values are not written', async () => {
    const { world, moved, recordId } = await merged();
    expect(world.looked).toEqual(['main:4']);
    for (const time of ['first', 'second']) {
      await world.load(ADA, moved);
      expect(world.failures, time).toMatchObject([
        { code: 'CUSTOMERS_MERGED', recordKey: 'main:4', recordId, field: 'Woo_Key__c' },
      ]);
      expect(world.failures[0]?.message).toContain('main:3 and main:4. It carries main:3');
    }
    expect(world.contact).toMatchObject({ Email: ADA.email, FirstName: 'Ada' });
    expect(world.org.queried, 'one query for all of them').toHaveLength(1);
    await world.load({ ...ADA, first_name: 'Augusta' });
    expect(world.failures).toEqual([]);
    expect(world.org.queried.join(), 'only what Ada has changed is asked for').not.toContain(
      'main:4',
    );
  });

  it('are two again where a person gives the other one a contact with its key', async () => {
    const { world, moved } = await merged();
    const own = world.org.add('Contact', { LastName: 'Byron', Woo_Key__c: 'main:4' });
    await world.load(ADA, moved);
    expect(world.failures).toEqual([]);
    expect(world.looked).toEqual(['main:4']);
    await world.load(ADA, moved);
    expect(world.org.get('Contact', own)).toMatchObject({ Email: 'bob@new.example' });
    expect(world.contact).toMatchObject({ Email: ADA.email });
    expect(world.failures).toEqual([]);
  });

  it('are told apart by a dry run too, which moves no link and has nothing looked at', async () => {
    const { world, moved } = await merged();
    world.org.add('Contact', { LastName: 'Byron', Woo_Key__c: 'main:4' });
    const known = () => JSON.stringify([[...world.state.saved], [...world.state.twoWay.kept]]);
    const before = known();
    await world.loadDry(ADA, moved);
    expect(known()).toBe(before);
    expect([world.looked, world.org.written, world.failures]).toEqual([[], [], []]);
    await world.load(ADA, moved);
    expect(known()).not.toBe(before);
    expect(world.looked).toEqual(['main:4']);
  });
});
