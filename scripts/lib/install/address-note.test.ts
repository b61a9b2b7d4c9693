import { describe, expect, it } from 'vitest';
import { addressNote } from './address-note.ts';

const SHOPS: Readonly<Record<string, string>> = {
  main: 'https://shop.example.com',
  outlet: 'https://outlet.example.com/sub',
};

/** An org with two stores, that answers as Salesforce does. */
const org = {
  request: (_method: string, path: string) => {
    const q = new URL(path, 'https://org.example').searchParams.get('q') ?? '';
    const [, key = ''] = /WHERE Key__c = '(\w+)'$/.exec(q) ?? [];
    const url = SHOPS[key];
    const records = url === undefined ? [] : [{ URL__c: url }];
    const body = { totalSize: records.length, records };
    return Promise.resolve({ status: 200, headers: new Headers(), body });
  },
};

describe('setup-org, run again with an address', () => {
  it.each([
    ['main', undefined],
    ['main', ' '],
    ['main', 'https://shop.example.com/'],
    ['outlet', 'https://outlet.example.com/sub/'],
    ['nowhere', 'https://shop.example.com'],
  ])('says nothing where the store %s keeps it: %s', async (store, given) => {
    expect(await addressNote(org, store, given)).toBeNull();
  });

  it('tells whoever gives another one which one stays, and how to change it', async () => {
    const note = await addressNote(org, 'main', 'https://new.example.com/');
    expect(note).toContain('WOO_STORE_URL is https://new.example.com, and the org keeps');
    expect(note).toContain('keeps https://shop.example.com for the store main.');
    expect(note).toContain('config/org/main/store');
  });

  it('does not send the admin of another store to the files of the first one', async () => {
    const note = await addressNote(org, 'outlet', 'https://shop.example.com');
    expect(note).toContain('keeps https://outlet.example.com/sub for the store outlet.');
    expect(note).toContain('docs/stores.md');
    expect(note).not.toContain('config/org');
  });

  it('refuses what is no address without repeating a password', async () => {
    const given = 'https://jane:pa55word@shop.example.com';
    await expect(addressNote(org, 'main', given)).rejects.toThrow(/^(?!.*pa55word).*password/);
  });
});
