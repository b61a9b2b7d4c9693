import { describe, expect, it } from 'vitest';
import type { MappingSource } from '../../../src/mapping/model/config-rows.ts';
import { fieldRow, recorded } from '../../mapping/support/mappings.ts';
import { config, explained } from './explained.ts';

describe('a customer who was there before', () => {
  const customer = recorded('customers', 12);
  const email = String(customer['email']);
  const matching = (): MappingSource => {
    const found = config();
    const mappings = found.mappings.map((row) =>
      row.name === 'Contact' ? { ...row, matchFields: 'Email' } : row,
    );
    return {
      ...found,
      mappings,
      fields: [...found.fields, fieldRow('Email', 'email', { mapping: 'Contact' })],
    };
  };
  const contact = (id: string, key: string | null = null) => ({
    Id: id,
    Email: email,
    Woo_Key__c: key,
  });
  const of = async (...contacts: ReturnType<typeof contact>[]) => decided([], contacts);
  const decided = async (
    choices: readonly Readonly<Record<string, unknown>>[],
    contacts: readonly ReturnType<typeof contact>[],
  ) => {
    const inOrg = { Contact: contacts, Woo_Match__c: choices };
    const scene = { records: { customers: [customer] }, inOrg, links: {}, config: matching() };
    const { parts } = await explained(scene, 'customer', '12');
    return parts[0]?.mappings[0];
  };

  it('is found by the match fields, and shown beside what would be written', async () => {
    const found = await of({ ...contact('003A'), LastName: 'Typed' } as ReturnType<typeof contact>);
    expect(found).toMatchObject({ action: 'adopt', recordId: '003A' });
    expect(found?.why).toContain('003A');
    expect(found?.beside).toContainEqual({ field: 'LastName', now: 'Typed', same: false });
    expect(found?.beside).toContainEqual({ field: 'Email', now: email, same: true });
  });

  it('keeps the key of another store', async () => {
    expect((await of(contact('003A', 'two:5')))?.why).toContain('carries another key');
  });

  it('is for a person to decide where several may be meant', async () => {
    const found = await of(contact('003A'), contact('003B'));
    expect(found).toMatchObject({ action: 'ambiguous', recordId: null });
    expect(found?.why).toContain('003A, 003B');
  });

  it('is created where none matches', async () => {
    expect((await of())?.action).toBe('create');
  });

  it.each([
    ['create', null, 'create', /a person wants one made/],
    ['leave_out', null, 'none', /A person has left it out/],
    ['use', '003000000000001AAA', 'refused', /cannot be done: Contact has no record 0030/],
  ])('is what a person has decided: %s', async (Decision__c, Record_Id__c, action, why) => {
    const choice = { Id: 'a001', Match_Key__c: 'Contact main:12', Decision__c, Record_Id__c };
    const found = await decided([choice], [contact('003A'), contact('003B')]);
    expect(found).toMatchObject({ action, recordId: null });
    expect(found?.why).toMatch(why);
  });

  it('is the one that a person has chosen, whatever matches', async () => {
    const chosen = { ...contact('003000000000001AAA'), Email: 'other@example.com' };
    const choice = { Decision__c: 'use', Record_Id__c: chosen.Id };
    const row = { Id: 'a001', Match_Key__c: 'Contact main:12', ...choice };
    const found = await decided([row], [contact('003A'), chosen]);
    expect(found).toMatchObject({ action: 'adopt', recordId: chosen.Id });
    expect(found?.why).toContain(`A person has chosen ${chosen.Id}`);
  });
});
