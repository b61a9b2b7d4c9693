import { describe, expect, it } from 'vitest';
import { CodedError } from '../../../src/errors/coded-error.ts';
import type { StoreRow } from '../../../src/mapping/model/config-rows.ts';
import type { ContentUser } from '../../../src/ports/store.ts';
import { mappingRow } from '../../mapping/support/mappings.ts';
import { Asked, checked, short } from './ground.ts';

describe('content that WordPress does not show', () => {
  it('is said of each mapping of it by name, and of no other', async () => {
    const content = (name: string, contentType: string, store: string | null = null) =>
      mappingRow({ name, resource: 'content', contentType, object: 'Woo_Order__c', store });
    const rows = [
      mappingRow({ name: 'Order' }),
      content('Books', 'book'),
      content('More', 'book'),
      content('Films', 'film'),
      content('Elsewhere', 'book', 'outlet'),
    ];
    const asked = new Asked({});
    const refused = new CodedError('CONTENT_REFUSED', 'WordPress does not show it.', 'Correct it.');
    const openStore = (row: StoreRow) =>
      Object.assign(asked.openStore(row), {
        list: () => Promise.reject(refused),
        contentUser: () => Promise.reject(refused),
      });
    const { stores, mappings } = await checked({ source: { mappings: rows }, openStore });
    expect(stores[0]?.findings).toEqual([]);
    const said = mappings.map(({ findings }) =>
      findings.map(short).filter((one) => one.includes('CONTENT_REFUSED')),
    );
    const names = ['Books', 'More', 'Films'].map((name) => [`error CONTENT_REFUSED ${name}`]);
    expect(said).toEqual([[], ...names, []]);
  });
});

describe('the application password for content', () => {
  const content = mappingRow({
    name: 'Book',
    resource: 'content',
    contentType: 'book',
    object: 'Woo_Order__c',
  });
  const saidOf = async (user: ContentUser | null, mappings = [content]) => {
    const openStore = (row: StoreRow) =>
      Object.assign(new Asked({}).openStore(row), {
        list: () => Promise.resolve({ records: [] }),
        contentUser: () => Promise.resolve(user),
      });
    const { stores } = await checked({ source: { mappings }, openStore });
    return stores.flatMap(({ findings }) => findings.map(short));
  };

  it.each([
    ['administrator', ['warning CONTENT_ADMINISTRATOR main']],
    ['visitor', ['warning CONTENT_VISITOR main']],
    ['user', []],
    [null, []],
  ] as const)('of a user that is %s says %j', async (user, said) => {
    expect(await saidOf(user)).toEqual(said);
  });

  it('is looked at only where content is mapped', async () => {
    expect(await saidOf('administrator', [mappingRow({ name: 'Order' })])).toEqual([]);
  });
});
