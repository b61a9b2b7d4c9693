import { describe, expect, it } from 'vitest';

import { CodedError } from '../../../src/errors/coded-error.ts';
import { field, fieldRow, lookup, mappingRow, STORE_ROW } from '../../mapping/support/mappings.ts';
import { checked, described, short, type Scene } from './ground.ts';

/** What customers ordered is another matter. */
const STORES = [{ ...STORE_ROW, paidStatuses: 'none' }];
const OWNER = lookup('OwnerId', 'User');
const ACCOUNT = lookup('AccountId', 'Account');
const CONTACT = mappingRow({ name: 'People', resource: 'customer', object: 'Contact' });
const NAME = fieldRow('Name', 'last_name', { mapping: 'People' });
const OWNED = fieldRow('OwnerId', '', {
  mapping: 'People',
  kind: 'static',
  staticValue: '005000000000001AAA',
});

/** A scene whose org answers what is asked of `Contact`. */
function scene(answers: NonNullable<Scene['queries']>, over: Partial<Scene> = {}): Scene {
  return {
    source: { stores: STORES, mappings: [CONTACT], fields: [NAME] },
    objects: [described('Contact', [field('Name', 'string'), OWNER, ACCOUNT])],
    queries: answers,
    ...over,
  };
}

const model = (InternalSharingModel: string) => (soql: string) =>
  soql.includes('EntityDefinition') ? [{ QualifiedApiName: 'Contact', InternalSharingModel }] : [];

async function found(what: Scene): Promise<string[]> {
  return (await checked(what)).mappings.flatMap(({ findings }) => findings.map(short));
}

describe('who owns what a mapping makes', () => {
  it('matters where the org-wide default is Private and no owner is mapped', async () => {
    expect(await found(scene(model('Private')))).toEqual(['warning CHECK_OWNER_PRIVATE People']);
  });

  it.each([
    ['it is not Private', scene(model('Read'))],
    ['it follows the parent', scene(model('ControlledByParent'))],
    [
      'an owner is mapped',
      scene(model('Private'), {
        source: { stores: STORES, mappings: [CONTACT], fields: [NAME, OWNED] },
      }),
    ],
    [
      'nothing is made',
      scene(model('Private'), {
        source: { stores: STORES, mappings: [{ ...CONTACT, onCreate: false }], fields: [NAME] },
      }),
    ],
  ])('does not where %s', async (_what, given) => {
    expect(await found(given)).not.toContain('warning CHECK_OWNER_PRIVATE People');
  });

  it('is said of owners and accounts that have too many, with their numbers', async () => {
    const { mappings, asked } = await checked(
      scene((soql) => {
        if (soql.includes('GROUP BY OwnerId')) return [{ OwnerId: '0051', records: 12_345 }];
        if (soql.includes('GROUP BY AccountId')) return [{ AccountId: '0011', records: 10_001 }];
        return [];
      }),
    );
    const [owner, account, ...more] = mappings[0]?.findings ?? [];
    expect(owner).toMatchObject({ severity: 'warning', code: 'CHECK_OWNER_CROWDED' });
    expect(owner?.message).toContain('The owner 0051 has 12,345 contacts, more than 10,000');
    expect(account).toMatchObject({ severity: 'warning', code: 'CHECK_ACCOUNT_CROWDED' });
    expect(account?.message).toContain('The account 0011 has 10,001 contacts');
    expect(more).toEqual([]);
    expect(asked.soql.every((soql) => /GROUP BY|EntityDefinition/.test(soql))).toBe(true);
    expect(asked.calls).toBe(3);
  });

  it('is not known where the org does not tell, and not asked for in a quick look', async () => {
    const refused = () => {
      throw new CodedError('SF_REFUSED', 'No.', 'Ask.');
    };
    expect(await found(scene(refused))).toEqual([]);
    const quick = await checked(scene(model('Private'), { quick: true }));
    expect(quick.asked.calls).toBe(2);
  });

  it('may be named by user name, as the service takes it', async () => {
    const answers = (soql: string) =>
      soql.includes('FROM User')
        ? [{ Id: '005000000000001AAA', Username: 'anna@shop.example', IsActive: true }]
        : [];
    const owned = (staticValue: string) => ({ ...OWNED, staticValue });
    const source = (name: string) => ({
      stores: STORES,
      mappings: [CONTACT],
      fields: [NAME, owned(name)],
    });
    expect(await found(scene(answers, { source: source('anna@shop.example') }))).toEqual([]);
    expect(await found(scene(answers, { source: source('left@shop.example') }))).not.toEqual([]);
  });
});
